/**
 * Pairs of schemas: the same place in the old and the new document. A pair has its own differences and its inner pairs.
 * Each pair is created once, however often it is used, so that recursion ends and large documents stay fast.
 */
import type { Json } from "../model/api.js";
import type { Node } from "../spec/node.js";
import type { Who } from "./finding.js";
import type { RuleId } from "./rules/all.js";
import { ownDifferences } from "./schema-differences.js";
import { innerPairs } from "./schema-inner.js";
import { type Direction, type Place, type View, viewOf } from "./schema-view.js";

/** One difference between two schemas. */
export interface Difference {
  readonly rule: RuleId;
  readonly was: Json;
  readonly now: Json;
  /** The place in the new document, or the nearest place that still exists there. */
  readonly at: Node;
  /** The keyword, property or value. It distinguishes differences of one rule at one place. */
  readonly about: string;
  /** The consumers that break, if the rule alone does not determine them. */
  readonly who?: { readonly [K in Direction]?: readonly Who[] };
}

/** The step from the value of a pair to the value of an inner pair. */
export type Step =
  | { readonly kind: "property"; readonly name: string }
  | { readonly kind: "other-property" }
  | { readonly kind: "pattern-property"; readonly pattern: string }
  | { readonly kind: "item" }
  | { readonly kind: "position"; readonly index: number }
  | { readonly kind: "branch"; readonly index: number };

/** The same place in both documents, in one direction. */
export interface SchemaPair {
  readonly old: View;
  readonly new: View;
  readonly direction: Direction;
  /** Whether this is a branch of a union on one side, and the whole of what is no union on the other. */
  readonly isBranch: boolean;
  readonly differences: readonly Difference[];
  readonly inner: readonly { readonly step: Step; readonly pair: SchemaPair }[];
}

/** Creates pairs, each once. */
export class SchemaPairs {
  readonly #known = new Map<string, Pair>();

  /** The pair of two places. */
  of(before: Place, after: Place, direction: Direction, isBranch = false): SchemaPair {
    const key = `${direction} ${isBranch} ${keyOf(before)} ${keyOf(after)}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const views = [viewOf(before, direction), viewOf(after, direction)] as const;
    const pair = new Pair(this, ...views, direction, isBranch);
    this.#known.set(key, pair);
    return pair;
  }
}

/** Computes its parts lazily and once, because schemas may be recursive. */
class Pair implements SchemaPair {
  readonly old: View;
  readonly new: View;
  readonly direction: Direction;
  readonly isBranch: boolean;
  readonly #pairs: SchemaPairs;
  #differences: readonly Difference[] | undefined;
  #inner: SchemaPair["inner"] | undefined;

  constructor(
    pairs: SchemaPairs,
    before: View,
    after: View,
    direction: Direction,
    isBranch: boolean,
  ) {
    this.#pairs = pairs;
    this.isBranch = isBranch;
    this.old = before;
    this.new = after;
    this.direction = direction;
  }

  get differences(): readonly Difference[] {
    if (this.#differences === undefined) {
      // A recursive schema that is being compared adds no further differences.
      this.#differences = [];
      this.#differences = ownDifferences(this.#pairs, this);
    }
    return this.#differences;
  }

  get inner(): SchemaPair["inner"] {
    if (this.#inner === undefined) {
      this.#inner = [];
      this.#inner = innerPairs(this.#pairs, this);
    }
    return this.#inner;
  }
}

/** Whether two places restrict values in the same way, with everything inside. Descriptions do not count. */
export function isAlike(pair: SchemaPair, seen: Set<SchemaPair> = new Set()): boolean {
  if (seen.has(pair)) return true;
  seen.add(pair);
  return (
    pair.differences.every(({ rule }) => rule === "prose-changed" || rule === "note-changed") &&
    pair.inner.every(({ pair: inner }) => isAlike(inner, seen))
  );
}

/** A key for a place. Plain references are resolved, so that all uses of a schema have the same key. */
function keyOf(place: Place): string {
  return place
    .map((node) => {
      const isBare = node.text("$ref") !== undefined && node.entries().length === 1;
      return ((isBare ? node.resolve() : undefined) ?? node).at.join("\0");
    })
    .join("\0\0");
}

import type { Json } from "../model/api.js";
import type { Node } from "../spec/node.js";
import type { Who } from "./finding.js";
import type { RuleId } from "./rules/all.js";
import type { SchemaPair, Step } from "./schema-pair.js";
import type { Direction } from "./schema-view.js";

/** A change that a rule has found, before proof. */
export interface Draft {
  readonly rule: RuleId;
  readonly direction: Direction;
  readonly operation: string | null;
  readonly was: Json;
  readonly now: Json;
  /** The place in the new document, or the nearest place that still exists there. */
  readonly at: Node;
  /** The place in the terms of callers. */
  readonly where: string;
  /** Distinguishes changes of one rule at one place. */
  readonly about: string;
  /** The consumers that break, if the rule alone does not determine them. */
  readonly who?: readonly Who[];
  /** The values that the change affects; absent if no single value can prove it. */
  readonly value?: ValueChange;
}

/** The values that a change affects, and the place in them. */
export interface ValueChange {
  /** The whole parameter or body. */
  readonly root: SchemaPair;
  /** The path from the root to the schema that changed. */
  readonly path: readonly { readonly step: Step; readonly pair: SchemaPair }[];
  /** The part of the request or response that contains it. */
  readonly part: Part;
}

/** The part of a request or response that contains a value. */
export type Part =
  | { readonly kind: "parameter"; readonly place: string; readonly name: string }
  | { readonly kind: "body"; readonly mediaType: string }
  | { readonly kind: "response"; readonly status: string; readonly mediaType: string }
  | { readonly kind: "header"; readonly status: string; readonly name: string };

/** The name of a part in the terms of callers. */
export function partName(part: Part): string {
  switch (part.kind) {
    case "parameter":
      return `${part.place} ${part.name}`;
    case "body":
      return "body";
    case "response":
      return part.status;
    case "header":
      return `${part.status} header ${part.name}`;
  }
}

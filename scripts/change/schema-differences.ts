import type { Json } from "../model/api.js";
import type { Node } from "../spec/node.js";
import { factDifferences } from "./fact-differences.js";
import { isEqual, oneOrAll, without } from "./json.js";
import { limitDifferences } from "./limit-differences.js";
import { objectDifferences } from "./object-differences.js";
import { matchBranches } from "./schema-branches.js";
import type { Difference, SchemaPair, SchemaPairs } from "./schema-pair.js";
import type { View } from "./schema-view.js";
import { tagDifferences } from "./tag-differences.js";
import { unionDifferences } from "./union-differences.js";

/** All differences between the two sides of a pair, without those of inner pairs. */
export function ownDifferences(pairs: SchemaPairs, pair: SchemaPair): readonly Difference[] {
  const branches = matchBranches(pairs, pair);
  const at = placeOf(pair.new);
  const unions = unionDifferences(pair, branches, at);
  const facts = [...factDifferences(pair, at), ...tagDifferences(pair, at)];
  if (!branches.whole) return [...nullDifferences(pair, at), ...unions, ...facts];
  const types = typeDifferences(pair, at);
  // If the type changed, all its limits changed too. Reporting them would hide the main change.
  if (types.some(({ rule }) => rule === "type-changed")) return [...types, ...facts];
  return [
    ...types,
    ...nullDifferences(pair, at),
    ...valueDifferences(pair, at),
    ...limitDifferences(pair, at),
    ...textDifferences(pair, at),
    ...objectDifferences(pair, at),
    ...unions,
    ...facts,
    ...restDifferences(pair, at),
  ];
}

/** The first node of a view that is not a reference. */
export function placeOf(view: View): Node {
  const [first] = view.place;
  const own = view.place.find((node) => node.text("$ref") === undefined);
  const found = own ?? first;
  if (found === undefined) throw new Error("a schema has no place");
  return found;
}

function typeDifferences({ old: before, new: after }: SchemaPair, at: Node): Difference[] {
  const [left, right] = [before.types, after.types];
  // The types of a union are those of its branches.
  if (before.unions.length > 0 || after.unions.length > 0) return [];
  if (left === undefined && right === undefined) return [];
  if (left === undefined || right === undefined) {
    const rule = left === undefined ? "type-removed" : "type-added";
    return [{ rule, was: namesOf(left), now: namesOf(right), at, about: "type" }];
  }
  const takes = (types: ReadonlySet<string>, type: string): boolean =>
    types.has(type) || (type === "integer" && types.has("number"));
  const lost = [...left].filter((type) => !takes(right, type));
  const gained = [...right].filter((type) => !takes(left, type));
  const was = namesOf(left);
  const now = namesOf(right);
  if (lost.length === 0 && gained.length === 0) return [];
  if (lost.join() === "number" && right.has("integer") && gained.length === 0) {
    return [{ rule: "integer-required", was, now, at, about: "type" }];
  }
  if (gained.join() === "number" && left.has("integer") && lost.length === 0) {
    return [{ rule: "fraction-allowed", was, now, at, about: "type" }];
  }
  const rule =
    lost.length === 0 ? "type-added" : gained.length === 0 ? "type-removed" : "type-changed";
  return [{ rule, was, now, at, about: "type" }];
}

function namesOf(types: ReadonlySet<string> | undefined): Json {
  return types === undefined ? "any" : oneOrAll([...types].sort());
}

function nullDifferences(
  { old: before, new: after, isBranch }: SchemaPair,
  at: Node,
): Difference[] {
  // Null beside a branch is reported at the union.
  if (isBranch || before.nullable === after.nullable) return [];
  const isOpen = (view: View): boolean => view.types === undefined && view.unions.length === 0;
  // If any type is allowed, null is one of them.
  if (isOpen(before) || isOpen(after)) return [];
  const rule = after.nullable ? "null-allowed" : "null-refused";
  return [{ rule, was: before.nullable, now: after.nullable, at, about: "null" }];
}

function valueDifferences({ old: before, new: after }: SchemaPair, at: Node): Difference[] {
  const found: Difference[] = [];
  const refused = without(after.refused, before.refused);
  const freed = without(before.refused, after.refused);
  if (refused.length > 0) {
    found.push({ rule: "value-refused", was: null, now: oneOrAll(refused), at, about: "not" });
  }
  if (freed.length > 0) {
    const rule = "value-no-longer-refused";
    found.push({ rule, was: oneOrAll(freed), now: null, at, about: "not" });
  }
  const [left, right] = [before.values, after.values];
  if (left === undefined && right === undefined) return found;
  if (left === undefined || right === undefined) {
    const rule = left === undefined ? "enum-added" : "enum-removed";
    found.push({ rule, was: left ?? null, now: right ?? null, at, about: "enum" });
    return found;
  }
  const [lost, gained] = [without(left, right), without(right, left)];
  if (lost.length > 0) {
    const rule = "enum-value-removed";
    found.push({ rule, was: oneOrAll(lost), now: null, at, about: "enum" });
  }
  if (gained.length > 0) {
    const rule = "enum-value-added";
    found.push({ rule, was: null, now: oneOrAll(gained), at, about: "enum" });
  }
  return found;
}

function textDifferences({ old: before, new: after }: SchemaPair, at: Node): Difference[] {
  return [
    ...patternDifferences(before, after, at),
    ...formatDifferences(before, after, at),
    ...(before.unique === after.unique
      ? []
      : [
          {
            rule: after.unique ? "unique-required" : "repetition-allowed",
            was: before.unique,
            now: after.unique,
            at,
            about: "uniqueItems",
          } as const,
        ]),
  ];
}

function patternDifferences(before: View, after: View, at: Node): Difference[] {
  const was = oneOrAll(without(before.patterns, after.patterns));
  const now = oneOrAll(without(after.patterns, before.patterns));
  if (was === null && now === null) return [];
  const rule =
    was === null ? "pattern-added" : now === null ? "pattern-removed" : "pattern-changed";
  return [{ rule, was, now, at, about: "pattern" }];
}

/** Formats that change the type in the client. Other formats only restrict values. */
const typedFormats: ReadonlySet<Json> = new Set(["date-time"]);

function formatDifferences(before: View, after: View, at: Node): Difference[] {
  const was = oneOrAll(without(before.formats, after.formats));
  const now = oneOrAll(without(after.formats, before.formats));
  if (was === null && now === null) return [];
  const isTyped = typedFormats.has(was) || typedFormats.has(now);
  const rule = was === null ? "format-added" : now === null ? "format-removed" : "format-changed";
  const refuses = rule === "format-removed" ? [] : (["sender"] as const);
  const surprises =
    rule === "format-added" ? [] : ([typedFormats.has(was) ? "reader" : "strict-reader"] as const);
  const types = isTyped ? (["types"] as const) : [];
  const who = { request: [...refuses, ...types], response: [...surprises, ...types] };
  return [{ rule, was, now, at, about: "format", who }];
}

function restDifferences({ old: before, new: after }: SchemaPair, at: Node): Difference[] {
  const keywords = new Set([...before.rest.keys(), ...after.rest.keys()]);
  const [left, right] = [before, after].map(({ matching }) => [...matching.keys()].sort());
  const about = "patternProperties";
  const patterns: Difference[] = isEqual(left, right)
    ? []
    : [{ rule: "condition-changed", was: left ?? [], now: right ?? [], at, about }];
  const conditions = [...keywords].flatMap((keyword): Difference[] => {
    const [was, now] = [before.rest.get(keyword), after.rest.get(keyword)];
    if (isEqual(was, now)) return [];
    const of = (rule: Difference["rule"]): Difference[] => [
      { rule, was: was ?? null, now: now ?? null, at, about: keyword },
    ];
    if (was === undefined) return of("condition-added");
    return of(now === undefined ? "condition-removed" : "condition-changed");
  });
  return [...patterns, ...conditions];
}

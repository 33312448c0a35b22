/** Finds witnesses: values that one document allows and the other rejects. */
import type { Json } from "../model/api.js";
import { isObject } from "../spec/canonical.js";
import { conditioned } from "./conditions.js";
import type { Draft, ValueChange } from "./draft.js";
import { textOf } from "./json.js";
import { type Complaints, type Judge, judgeOf } from "./judge.js";
import type { SchemaPair, Step } from "./schema-pair.js";
import type { View } from "./schema-view.js";
import { shrink } from "./shrink.js";
import { completed, edges, embed, keyOf, maps } from "./values.js";

/** The result of a search for a witness. */
export type Search =
  | { readonly outcome: "found"; readonly value: Json }
  /** Values were tried, but both documents treat all of them alike. */
  | { readonly outcome: "none" }
  /** No value was found that conforms to the document that it should conform to. */
  | { readonly outcome: "unknown" };

/**
 * Known witnesses by schema and change. A large contract uses a schema in hundreds of operations, and a witness for one
 * of them probably works for the next.
 */
type Shown = Map<SchemaPair, Map<string, Json>>;

/** Maximum number of values to try for one change. */
const mostValues = 4_000;

/**
 * Looks for a value that shows a change.
 *
 * @param isReversed - whether the value should be one that the change sets free: where there is one, and none that it
 * takes away, the change is known to be safe
 */
export type WitnessSearch = (draft: Draft, isReversed?: boolean) => Search;

/** Makes the search for two documents. */
export function witnessSearch(before: Json, after: Json): WitnessSearch {
  const [old, now] = [judgeOf(before), judgeOf(after)];
  const shown: Shown = new Map();
  return (draft, isReversed = false) => {
    const { value: change } = draft;
    if (change === undefined) return { outcome: "unknown" };
    try {
      return search(draft, change, old, now, shown, isReversed);
    } catch (error) {
      // Ajv cannot compile the schema, so the change is undecided. It is still reported.
      if (error instanceof Error) return { outcome: "unknown" };
      throw error;
    }
  };
}

function search(
  draft: Draft,
  change: ValueChange,
  old: Judge,
  now: Judge,
  shown: Shown,
  isReversed: boolean,
): Search {
  const { root, path } = change;
  const { direction } = root;
  const isFromOld = (direction === "request") !== isReversed;
  // The old document says which values senders send, the new one which values readers get.
  const sideOf = (pair: SchemaPair): View => (isFromOld ? pair.old : pair.new);
  const otherOf = (pair: SchemaPair): View => (isFromOld ? pair.new : pair.old);
  const fits = (value: Json): boolean =>
    (isFromOld ? old : now)(sideOf(root), direction, value).length === 0;
  const complaints = (value: Json): Complaints => {
    const isText = change.part.kind === "parameter" || change.part.kind === "header";
    const spelled = isText ? spellings(value) : [value];
    const all = spelled.map((one) => (isFromOld ? now : old)(otherOf(root), direction, one));
    return all.some((one) => one.length === 0) ? [] : (all[0] ?? []);
  };
  const local = path.at(-1)?.pair ?? root;
  const places = path.map(({ step, pair }) => ({ step, place: sideOf(pair).place }));
  const keyword = keywordOf(draft);
  const place = path.map(({ step }) => instanceStep(step)).join("");
  const hasBranch = path.some(({ step }) => step.kind === "branch");
  const isAboutIt = (value: Json, words: boolean, alone: boolean): boolean => {
    if (!fits(value)) return false;
    const isIt = (one: Complaints[number]): boolean =>
      one.instancePath.startsWith(place) && (!words || keyword.includes(one.keyword));
    const all = complaints(value);
    const others = all.filter((one) => !isIt(one) && !isOfUnion(one, place, hasBranch));
    return all.some(isIt) && (!alone || others.length === 0);
  };
  const about = textOf([isReversed, draft.rule, draft.about, draft.was, draft.now]);
  const before = shown.get(local)?.get(about);
  const again =
    before === undefined ? undefined : embed(sideOf(root).place, places, direction, before);
  // No shrinking needed: everything around the value is minimal already.
  if (again !== undefined && isAboutIt(again, true, true))
    return { outcome: "found", value: again };
  const own = [
    ...edges(sideOf(local).place, direction),
    ...maps(sideOf(local), otherOf(local), direction),
    ...conditioned(sideOf(local), otherOf(local), direction),
  ];
  // Also try values that the other side mentions, such as one that it rejects.
  const other = edges(otherOf(local).place, direction).filter((value) => !isObject(value));
  const tried = new Map<string, Json>();
  const inner = new Map<Json, Json>();
  for (const value of [...own, ...other]) {
    const whole = embed(sideOf(root).place, places, direction, value);
    if (whole === undefined || tried.size >= mostValues) continue;
    const text = textOf(whole);
    if (tried.has(text)) continue;
    tried.set(text, whole);
    inner.set(whole, value);
  }
  // If a body has several changes, a value that violates only one of them proves that one.
  const plain = [...tried.values()];
  const values = [
    ...plain,
    ...plain.map((value) => completed(value, otherOf(root).place, direction)),
  ];
  const ways = [
    [true, true],
    [true, false],
    ...(isSaidExactly(draft) ? [] : [[false, false] as const]),
  ] as const;
  for (const [words, alone] of ways) {
    const found = values.find((value) => isAboutIt(value, words, alone));
    if (found === undefined) continue;
    const core = inner.get(found);
    if (words && alone && core !== undefined) {
      const known = shown.get(local) ?? new Map<string, Json>();
      shown.set(local, known.set(about, core));
    }
    return { outcome: "found", value: shrink(found, (one) => isAboutIt(one, words, alone)) };
  }
  return { outcome: values.some(fits) ? "none" : "unknown" };
}

/** What a value of a parameter may be read as: it travels as text, where 20 and "20" are one. */
function spellings(value: Json): readonly Json[] {
  return [value, respelled(value, String), respelled(value, read)];
}

/** A value with each string, number and boolean inside of it written in another way. */
function respelled(value: Json, write: (one: string | number | boolean) => Json): Json {
  if (value === null) return value;
  if (Array.isArray(value)) return value.map((item) => respelled(item, write));
  if (!isObject(value)) return write(value as string | number | boolean);
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, respelled(member, write)]),
  );
}

/** A string as the number or boolean that it spells. */
function read(value: string | number | boolean): Json {
  if (typeof value !== "string" || value.trim() === "") return value;
  if (value === "true" || value === "false") return value === "true";
  const number = Number(value);
  return Number.isNaN(number) ? value : number;
}

/** Whether an error only follows from an inner one: Ajv reports a union's error for each branch and for the union. */
function isOfUnion(one: Complaints[number], place: string, hasBranch: boolean): boolean {
  if (!place.startsWith(one.instancePath)) return false;
  if (["oneOf", "anyOf", "type"].includes(one.keyword)) return true;
  return hasBranch && one.instancePath !== "";
}

/** A step as part of an Ajv instance path. */
function instanceStep(step: Step): string {
  switch (step.kind) {
    case "property":
      return pointerOf(step.name);
    case "other-property":
    case "pattern-property":
      return pointerOf(keyOf(step));
    case "item":
      return "/0";
    case "position":
      return `/${step.index}`;
    case "branch":
      return "";
  }
}

function pointerOf(key: string): string {
  return `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** Whether Ajv names the very keyword that changed, so that a complaint about another one proves nothing. */
function isSaidExactly({ rule }: Draft): boolean {
  return /^(limit|pattern|format|enum|value)-/.test(rule);
}

/** A bound of a number, whichever keyword sets it. */
const boundOf: Readonly<Record<string, readonly string[]>> = {
  minimum: ["exclusiveMinimum"],
  maximum: ["exclusiveMaximum"],
  exclusiveMinimum: ["minimum"],
  exclusiveMaximum: ["maximum"],
};

/** The keywords in Ajv's errors for a change. */
function keywordOf({ rule, about }: Draft): readonly string[] {
  if (rule.startsWith("limit-")) return [about, ...(boundOf[about] ?? [])];
  if (rule.startsWith("pattern")) return ["pattern"];
  if (rule.startsWith("format")) return ["format", "type"];
  if (rule.startsWith("enum")) return ["enum", "const"];
  if (rule.startsWith("null") || rule.startsWith("type")) return ["type", "enum", "oneOf", "anyOf"];
  if (rule === "integer-required" || rule === "fraction-allowed") return ["type"];
  if (rule.startsWith("union")) return ["oneOf", "anyOf"];
  if (rule.startsWith("value")) return ["not"];
  if (/^(items|tuple|list)-/.test(rule))
    return ["items", "type", "enum", "required", "oneOf", "anyOf"];
  if (/required|made|property-removed/.test(rule)) return ["required", "additionalProperties"];
  return ["additionalProperties", "unevaluatedProperties", "uniqueItems"];
}

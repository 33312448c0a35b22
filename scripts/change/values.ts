/** Values for witnesses: the smallest one of a schema, and those at and beyond its limits. */
import type { Json } from "../model/api.js";
import { isObject } from "../spec/canonical.js";
import type { Step } from "./schema-pair.js";
import { type Direction, isAnything, type Place, type View, viewOf } from "./schema-view.js";
import { edgeTexts, namesLike, textWithin } from "./texts.js";

/** Maximum depth of a value. Deeper parts of a recursive schema stay empty. */
const deepest = 12;

/** The smallest value that conforms to a place, as far as it is easy to tell. A validator must check it. */
export function smallest(place: Place, direction: Direction, depth = 0): Json {
  const view = viewOf(place, direction);
  const [first] = view.values ?? [];
  if (first !== undefined) return first;
  const [union] = view.unions;
  if (union !== undefined && depth < deepest) {
    const [branch] = [...union.branches].sort((left, right) => left.length - right.length);
    const inner = branch === undefined ? null : smallest(branch, direction, depth + 1);
    const own = view.types?.has("object") === true || view.properties.size > 0;
    return own && isObject(inner) ? { ...objectOf(view, direction, depth), ...inner } : inner;
  }
  const [type] = view.types ?? [];
  switch (type ?? guessedType(view)) {
    case "string":
      return textWithin(view);
    case "integer":
    case "number":
      return numberWithin(view);
    case "boolean":
      return true;
    case "array":
      return listOf(view, direction, depth, view.limits.get("minItems") ?? 0);
    case "object":
      return depth > deepest ? {} : objectOf(view, direction, depth);
    default:
      return view.nullable && !isAnything(view) ? null : "a";
  }
}

/** Adds required properties that a value lacks, so that it violates the place in fewer ways. */
export function completed(value: Json, place: Place, direction: Direction, depth = 0): Json {
  if (depth > deepest) return value;
  const view = viewOf(place, direction);
  if (Array.isArray(value)) {
    const { items } = view;
    if (typeof items === "string") return value;
    return value.map((item) => completed(item, items, direction, depth + 1));
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([name, member]): [string, Json] => {
    const inner = view.properties.get(name);
    return [name, inner === undefined ? member : completed(member, inner, direction, depth + 1)];
  });
  return { ...objectOf(view, direction, depth), ...Object.fromEntries(members) };
}

/** Values at the limits of a place and just beyond, and one of each other type. */
export function edges(place: Place, direction: Direction): readonly Json[] {
  const view = viewOf(place, direction);
  const branches = view.unions.flatMap(({ branches }) => branches);
  const samples = branches.map((branch) => smallest(branch, direction));
  return [
    smallest(place, direction),
    ...(view.values ?? []),
    ...view.refused,
    ...samples,
    ...(samples.every(isObject) ? [Object.assign({}, ...samples) as Json] : []),
    ...edgeTexts(view),
    ...edgeNumbers(view),
    ...edgeLists(view, direction),
    ...edgeObjects(view, direction),
    ...[null, true, 0, 1, -1, 1.5, "", "a", [], {}],
  ];
}

/** Objects with as many keys as the limits of either side mention, and with names that its patterns match. */
export function maps(own: View, other: View, direction: Direction): readonly Json[] {
  const { additional } = own;
  const inner = typeof additional === "string" ? "a" : smallest(additional, direction);
  const least = leastObject(own, direction);
  const sizes = [own, other].flatMap(({ limits }) =>
    ["minProperties", "maxProperties"].flatMap((key) => limits.get(key) ?? []),
  );
  const counts = new Set(sizes.flatMap((size) => [size - 1, size, size + 1]));
  const patterns = [own, other].flatMap(({ matching }) => [...matching.keys()]);
  return [
    ...[...counts]
      .filter((count) => count >= 0 && count <= 1000)
      .map((count) => ({
        ...least,
        ...Object.fromEntries(Array.from({ length: count }, (_, at) => [`key_${at}`, inner])),
      })),
    ...namesLike(patterns).flatMap((name) =>
      [inner, "a", 1, null, true, {}, []].map((value) => ({ ...least, [name]: value })),
    ),
  ];
}

/** The name of a property that a step leads to. */
export function keyOf(
  step: Extract<Step, { kind: "property" | "other-property" | "pattern-property" }>,
): string {
  if (step.kind === "property") return step.name;
  return step.kind === "other-property" ? "a_key" : (namesLike([step.pattern])[0] ?? "a_key");
}

/** A value of the root that contains `inner` at the end of a path; `undefined` if that is impossible. */
export function embed(
  root: Place,
  path: readonly { readonly step: Step; readonly place: Place }[],
  direction: Direction,
  value: Json | undefined,
): Json | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  const inner = embed(first.place, rest, direction, value);
  if (inner === undefined) return undefined;
  const { step } = first;
  switch (step.kind) {
    case "branch":
      return inner;
    case "item": {
      const least = viewOf(root, direction).limits.get("minItems") ?? 1;
      const unit = smallest(first.place, direction);
      return [inner, ...new Array<Json>(Math.max(0, least - 1)).fill(unit)];
    }
    case "position": {
      const before = listOf(viewOf(root, direction), direction, 0, step.index);
      return [...(Array.isArray(before) ? before : []).slice(0, step.index), inner];
    }
    case "property":
    case "other-property":
    case "pattern-property": {
      const name = keyOf(step);
      const known = smallest(root, direction);
      const view = viewOf(root, direction);
      return view.unions.length > 0
        ? { ...(isObject(known) ? known : {}), [name]: inner }
        : leastObject(view, direction, [name], { [name]: inner });
    }
  }
}

/** The type of a schema without `type`, derived from its keywords. */
function guessedType(view: View): string {
  if (view.properties.size > 0 || view.required.size > 0) return "object";
  if (view.items !== "open" || view.tuple.length > 0) return "array";
  if (view.patterns.length > 0 || view.formats.length > 0) return "string";
  return [...view.limits.keys()].some((key) => /Length|Bytes/.test(key)) ? "string" : "any";
}

function numberWithin({ limits, types }: View): number {
  const step = limits.get("multipleOf") ?? (types?.has("integer") === true ? 1 : 0);
  const low = limits.get("minimum") ?? limits.get("exclusiveMinimum");
  const high = limits.get("maximum") ?? limits.get("exclusiveMaximum");
  const start = low ?? Math.min(0, high ?? 0);
  const moved =
    limits.has("exclusiveMinimum") ||
    (low === undefined && limits.has("exclusiveMaximum") && start === high);
  const by = (low === undefined ? -1 : 1) * (step === 0 ? 0.5 : step);
  const found = moved ? start + by : start;
  return step === 0 ? found : Math.ceil(found / step) * step;
}

function listOf(view: View, direction: Direction, depth: number, length: number): Json {
  const firsts = view.tuple.map((one) => smallest(one, direction, depth + 1));
  const rest = Math.max(0, length - firsts.length);
  if (rest === 0 || depth > deepest || view.items === "closed") return firsts;
  const item = view.items === "open" ? "a" : smallest(view.items, direction, depth + 1);
  const more = Array.from({ length: rest }, (_, index) => (view.unique ? vary(item, index) : item));
  return [...firsts, ...more];
}

function vary(item: Json, index: number): Json {
  if (index === 0) return item;
  return typeof item === "number"
    ? item + index
    : typeof item === "string"
      ? `${item}${index}`
      : index;
}

/** What is required, and as many more as have to be there. */
function objectOf(view: View, direction: Direction, depth: number): Readonly<Record<string, Json>> {
  return leastObject(view, direction, [], {}, depth);
}

/**
 * The smallest object with some properties and all that they need beside them.
 *
 * @param values - of properties that are known already
 */
export function leastObject(
  view: View,
  direction: Direction,
  names: readonly string[] = [],
  values: Readonly<Record<string, Json>> = {},
  depth = 0,
): Readonly<Record<string, Json>> {
  const known = new Map<string, Json>();
  const needed = view.rest.get("dependentRequired");
  const add = (name: string): void => {
    if (known.has(name)) return;
    const place = view.properties.get(name);
    const value = place === undefined ? "a" : smallest(place, direction, depth + 1);
    known.set(name, Object.hasOwn(values, name) ? (values[name] ?? null) : value);
    const others = isObject(needed) ? needed[name] : undefined;
    for (const other of Array.isArray(others) ? others : []) add(String(other));
  };
  for (const name of [...view.required, ...names]) add(name);
  const least = view.limits.get("minProperties") ?? 0;
  for (const name of view.properties.keys()) {
    if (known.size < least) add(name);
  }
  const inner = (): Json =>
    typeof view.additional === "string" ? "a" : smallest(view.additional, direction, depth + 1);
  for (let count = 0; known.size < least && view.additional !== "closed"; count += 1) {
    known.set(`key_${count}`, inner());
  }
  return Object.fromEntries(known);
}

function edgeNumbers({ limits, types, formats }: View): readonly Json[] {
  if (types !== undefined && !types.has("integer") && !types.has("number")) return [];
  const keys = "minimum maximum exclusiveMinimum exclusiveMaximum multipleOf".split(" ");
  const found = keys.flatMap((key) => limits.get(key) ?? []);
  const step = limits.get("multipleOf");
  // The first multiples: some of them are no multiple of another step.
  const steps = step === undefined ? [] : [1, 2, 3, 5, 7, 11, 100, 101].map((by) => by * step);
  const wide = formats.length > 0 ? [2 ** 31 - 1, 2 ** 31, -(2 ** 31) - 1] : [];
  const around = [...found, ...wide].flatMap((edge) => [
    edge,
    edge + 1,
    edge - 1,
    edge + 0.5,
    edge * 2,
    -edge,
  ]);
  return [...around, ...steps];
}

function edgeLists(view: View, direction: Direction): readonly Json[] {
  if (view.types !== undefined && !view.types.has("array")) return [];
  const lengths = ["minItems", "maxItems"].flatMap((key) => view.limits.get(key) ?? []);
  const around = new Set([...lengths.flatMap((edge) => [edge - 1, edge, edge + 1]), 1, 2]);
  const lists = [...around]
    .filter((length) => length >= 0 && length <= 20_000)
    .map((length) => listOf(view, direction, 0, length));
  const item = typeof view.items === "string" ? "a" : smallest(view.items, direction);
  const firsts = view.tuple.map((one) => smallest(one, direction));
  const others = view.items === "open" ? ["a", 1, null, {}, true] : [];
  return [...lists, [item, item], firsts, ...others.map((other) => [...firsts, other])];
}

function edgeObjects(view: View, direction: Direction): readonly Json[] {
  if (view.types !== undefined && !view.types.has("object")) return [];
  const least = leastObject(view, direction);
  const names = [...view.properties.keys()];
  const all = leastObject(view, direction, names);
  return [
    least,
    ...names.map((name) => leastObject(view, direction, [name])),
    ...names.map((name) => Object.fromEntries(Object.entries(all).filter(([key]) => key !== name))),
    all,
    { ...least, a_key: "a" },
    { ...least, a_key: [null] },
  ];
}

import { isObject } from "../spec/canonical.js";
import type { Node } from "../spec/node.js";
import type { Branch, Json, Shape } from "./api.js";
import { type Candidate, describe } from "./candidate.js";
import { inferredType, isStructural } from "./keywords.js";
import { merged, withValue } from "./merge.js";
import { propertyName } from "./names/properties.js";
import { nullable, type ShapeReader } from "./reader.js";
import { byTag } from "./tags.js";

/** Reads the shape of `oneOf` or `anyOf`. Keywords beside it apply to each branch. */
export function readUnion(reader: ShapeReader, node: Node, key: string): Shape {
  const { [key]: _, ...beside } = isObject(node.value) ? node.value : {};
  const rest = withValue(node, beside);
  const all = node.items(key);
  const branches = all.filter((branch) => !isNull(branch));
  const type = beside["type"];
  const hasNull = branches.length < all.length || (Array.isArray(type) && type.includes("null"));
  const shape = ofBranches(reader, rest, branches, key === "oneOf");
  return hasNull ? nullable(shape) : shape;
}

function ofBranches(
  reader: ShapeReader,
  rest: Node,
  branches: readonly Node[],
  exclusive: boolean,
): Shape {
  // The client ignores branches that only have `required`. The server checks them.
  if (branches.every(onlyConstrains)) {
    return branches.length === 0 ? { kind: "null" } : reader.shape(rest);
  }
  const candidates = branches.map((branch): Candidate => {
    const whole = distribute(rest, branch);
    return { node: whole, target: merged(whole) };
  });
  return unionOf(reader, rest, candidates, exclusive);
}

function isNull(branch: Node): boolean {
  const { value } = branch.get("type") ?? branch.get("const") ?? branch;
  if (value === "null" || value === null) return true;
  const values = branch.items("enum");
  return values.length > 0 && values.every((one) => one.value === null);
}

function onlyConstrains(branch: Node): boolean {
  const keys = Object.keys(Object(branch.value)).filter(isStructural);
  return isObject(branch.value) && keys.length > 0 && keys.every((key) => key === "required");
}

/** Adds the keywords beside a union to a branch. A branch that already has them stays unchanged, with its name. */
function distribute(rest: Node, branch: Node): Node {
  if (!isObject(rest.value) || !isObject(branch.value)) return branch;
  const target = merged(branch);
  const isTyped = target.get("type") !== undefined || inferredType(target) !== undefined;
  const added = Object.entries(rest.value).filter(([key, value]) => {
    if (key === "type") return !isTyped && !Object.hasOwn(Object(branch.value), "$ref");
    if (key === "required")
      return list(value).some((one) => !target.texts("required").includes(String(one)));
    if (key === "properties" && isObject(value)) {
      return Object.keys(value).some((name) => target.get("properties")?.get(name) === undefined);
    }
    if (key === "additionalProperties") return isObject(value) && target.get(key) === undefined;
    return isStructural(key) && key !== "format";
  });
  if (added.length === 0) return branch;
  return withValue(branch, { allOf: [branch.value, Object.fromEntries(added)] });
}

/** Reads a union. Codecs choose a branch by JSON type, by the value of a property or by a property, or else try them all. */
function unionOf(
  reader: ShapeReader,
  node: Node,
  candidates: readonly Candidate[],
  exclusive: boolean,
): Shape {
  const [first, ...more] = candidates;
  if (first !== undefined && more.length === 0) return reader.shape(first.node);
  const types = candidates.map(({ target }) => typesOf(target));
  const groups = new Map<ValueType, Candidate[]>();
  for (const [index, candidate] of candidates.entries()) {
    const [type, ...others] = types[index] ?? [];
    if (type === undefined || others.length > 0) return byTrial(reader, node, candidates);
    groups.set(type, [...(groups.get(type) ?? []), candidate]);
  }
  const [only, ...otherGroups] = groups;
  if (only !== undefined && otherGroups.length === 0) {
    return ofOneType(reader, node, only[0], candidates, exclusive);
  }
  return {
    kind: "union",
    branches: [...groups].map(([type, group]) => ({
      shape: unionOf(reader, node, group, exclusive),
      description: group.length === 1 ? describe(group[0]) : "",
      when: { by: "type", type },
    })),
  };
}

function ofOneType(
  reader: ShapeReader,
  node: Node,
  type: ValueType,
  candidates: readonly Candidate[],
  exclusive: boolean,
): Shape {
  switch (type) {
    case "boolean":
      return { kind: "boolean" };
    case "string":
    case "number":
      return (
        ofScalars(candidates.map(({ target }) => reader.shape(target))) ??
        byTrial(reader, node, candidates)
      );
    case "array":
      return byTrial(reader, node, candidates);
    case "object":
      return (
        byTag(reader, node, candidates) ??
        (exclusive ? byKey(reader, candidates) : undefined) ??
        byTrial(reader, node, candidates)
      );
  }
}

type ValueType = (Branch["when"] & { by: "type" })["type"];

/** The JSON types of a schema's values; empty if they are unknown. Integers count as numbers. */
function typesOf(target: Node): readonly ValueType[] {
  const branches = [...target.items("oneOf"), ...target.items("anyOf")];
  if (branches.length > 0) {
    const inner = branches.filter((one) => !isNull(one)).map(typesOfBranch);
    return inner.some((one) => one.length === 0) ? [] : [...new Set(inner.flat())];
  }
  const given = target.get("type")?.value;
  const constant = target.get("const");
  const values = constant === undefined ? target.items("enum") : [constant];
  const names =
    given !== undefined
      ? list(given)
      : values.length > 0
        ? values.map(({ value }) => jsonType(value))
        : [inferredType(target) ?? ""];
  const types = names.filter((name) => name !== "null").map((name) => valueTypes[String(name)]);
  const named = types.filter((one) => one !== undefined);
  return named.length === types.length ? [...new Set(named)] : [];
}

/** What is known of branches, by their objects: unions that lead to one another twice are walked once. */
const known = new WeakMap<object, readonly ValueType[]>();

function typesOfBranch(branch: Node): readonly ValueType[] {
  const { value } = branch;
  if (!isObject(value)) return [];
  const before = known.get(value);
  if (before !== undefined) return before;
  // A branch that leads back to itself adds no type that can be told.
  known.set(value, []);
  const types = typesOf(merged(branch));
  known.set(value, types);
  return types;
}

const valueTypes: Readonly<Record<string, ValueType | undefined>> = {
  string: "string",
  number: "number",
  integer: "number",
  boolean: "boolean",
  array: "array",
  object: "object",
};

function jsonType(value: Json): string {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}

/** Merges strings with strings, or numbers with numbers. `undefined` for other shapes, such as dates. */
function ofScalars(shapes: readonly Shape[]): Shape | undefined {
  const values = shapes.flatMap((shape) =>
    shape.kind === "enum" || shape.kind === "literal" ? shape.values : [],
  );
  const listed = [...new Set(values)].filter((value) => typeof value !== "boolean");
  const free = shapes.filter((shape) => shape.kind !== "enum" && shape.kind !== "literal");
  const isOpen = shapes.some((shape) => shape.kind === "enum" && shape.open === true);
  if (free.every((shape) => shape.kind === "string")) {
    const open = free.length > 0 || isOpen;
    if (listed.length > 0) return { kind: "enum", values: listed, ...(open && { open }) };
    return { kind: "string", limits: {} };
  }
  if (!free.every((shape) => shape.kind === "number")) return undefined;
  const integer =
    free.every((shape) => shape.integer) && listed.every((value) => Number.isInteger(value));
  return { kind: "number", integer, limits: {} };
}

/** Reads a union in which each branch requires a property that no other branch has. */
function byKey(reader: ShapeReader, candidates: readonly Candidate[]): Shape | undefined {
  const branches = candidates.map((candidate): Branch | undefined => {
    const { node, target } = candidate;
    const others = candidates.filter((other) => other !== candidate);
    const wireName = target
      .texts("required")
      .find((name) =>
        others.every((other) => other.target.get("properties")?.get(name) === undefined),
      );
    const isPlain = target.items("oneOf").length + target.items("anyOf").length === 0;
    if (wireName === undefined || !isPlain) return undefined;
    const member = target.get("properties")?.get(wireName);
    const name = propertyName(wireName, member, reader.problems);
    const when = { by: "key", wireName, name } as const;
    return { shape: reader.shape(node), description: describe(candidate), when };
  });
  const found = branches.filter((branch) => branch !== undefined);
  return found.length === branches.length ? { kind: "union", branches: found } : undefined;
}

function byTrial(reader: ShapeReader, node: Node, candidates: readonly Candidate[]): Shape {
  reader.problems.warn(
    node.at,
    "a union whose branches cannot be distinguished",
    "branches of different JSON types; objects with a common required property that has another fixed value in each; " +
      "oneOf of objects that each require a property that no other branch has",
  );
  const branches = candidates.map(
    (candidate): Branch => ({
      shape: reader.shape(candidate.node),
      description: describe(candidate),
      when: { by: "trial" },
    }),
  );
  // A union with `unknown` is `unknown`.
  const isOpen = branches.some(({ shape }) => shape.kind === "unknown");
  return isOpen ? { kind: "unknown" } : { kind: "union", branches };
}

function list(value: Json): Json[] {
  return Array.isArray(value) ? [...value] : [value];
}

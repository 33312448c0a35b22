import { isObject } from "../spec/canonical.js";
import { Node, type Origins } from "../spec/node.js";
import type { Json } from "./api.js";
import { isStructural } from "./keywords.js";

type Schema = { readonly [key: string]: Json };

/** Merges a schema with the targets of its `$ref` and `allOf` to one schema without them. */
export function merged(node: Node): Node {
  const parts = partsOf(node, new Set(), true);
  const value = mergeAll(parts.map((part) => part.schema));
  return new Node(node.root().value, value, node.at, originsOf(parts, value));
}

/** A schema to merge, and its place. */
interface Part {
  readonly schema: Schema;
  readonly at: readonly string[];
}

/** The places of the keywords and properties of a merged schema in the document. */
function originsOf(parts: readonly Part[], whole: Schema): Origins {
  const objects: Origins["objects"] = new WeakMap();
  const merged: Origins["merged"] = new WeakMap();
  const scalars = new Map<string, readonly string[]>();
  for (const { schema, at } of parts) {
    for (const [key, value] of Object.entries(schema)) {
      if (typeof value === "object" && value !== null) objects.set(value, [...at, key]);
      else if (!scalars.has(key)) scalars.set(key, [...at, key]);
    }
  }
  for (const key of ["properties", "patternProperties"]) {
    for (const [name, member] of membersOf(whole[key])) {
      const own = parts.flatMap(({ schema, at }): Part[] => {
        const inner = new Map(membersOf(schema[key])).get(name);
        return isObject(inner) ? [{ schema: inner, at: [...at, key, name] }] : [];
      });
      for (const { schema, at } of own) objects.set(schema, at);
      const [first] = own;
      if (first === undefined || !isObject(member) || objects.has(member)) continue;
      merged.set(member, { at: first.at, origins: originsOf(own, member) });
    }
  }
  return { objects, merged, scalars };
}

function membersOf(value: Json | undefined): [string, Json][] {
  return isObject(value) ? Object.entries(value) : [];
}

/** A node with another value at the same place of the document. */
export function withValue(node: Node, value: Json): Node {
  return new Node(node.root().value, value, node.at);
}

/**
 * The schemas to merge, the schema's own keywords first.
 *
 * @param seen - references that are merged already. Merging one twice changes nothing, and schemas that refer to each
 *   other twice would multiply.
 */
function partsOf(node: Node, seen: Set<string>, isOwn: boolean): Part[] {
  if (!isObject(node.value)) return [];
  const { $ref, allOf, ...own } = node.value;
  // A base class has a discriminator for its subtypes. A subtype that extends it must not inherit that.
  const isBase = !isOwn && own["oneOf"] === undefined && own["anyOf"] === undefined;
  const { discriminator, ...rest } = own;
  const parts: Part[] = [{ schema: isBase ? rest : own, at: node.at }];
  if (typeof $ref === "string" && !seen.has($ref)) {
    seen.add($ref);
    const target = node.resolve();
    if (target !== undefined) parts.push(...partsOf(target, seen, false));
  }
  if (allOf !== undefined) {
    for (const member of node.items("allOf")) parts.push(...partsOf(member, seen, false));
  }
  return parts;
}

function mergeAll(parts: readonly Schema[]): Schema {
  return parts.reduce((left, right) => merge(left, right), {});
}

/** Merges two schemas that both apply. If they contradict each other, the first one wins. */
function merge(left: Schema, right: Schema): Schema {
  const both: { [key: string]: Json } = { ...right, ...left };
  for (const key of Object.keys(right)) {
    const [a, b] = [left[key], right[key]];
    if (a !== undefined && b !== undefined) Object.assign(both, mergeKeyword(key, a, b, both));
  }
  const hasMembers = (one: Schema): boolean => one["properties"] !== undefined;
  const isClosed = [left, right].some((one) => one["additionalProperties"] === false);
  // Strictly, `false` forbids the properties that the other schema declares. No document means that.
  if (isClosed && hasMembers(left) && hasMembers(right)) delete both["additionalProperties"];
  return both;
}

function mergeKeyword(key: string, a: Json, b: Json, both: Schema): Schema {
  switch (key) {
    case "properties":
    case "patternProperties":
      return { [key]: mergeMembers(a, b) };
    case "required":
      return { required: [...new Set([...list(a), ...list(b)])] };
    case "type":
      return { type: mergeTypes(a, b) };
    case "enum": {
      const common = list(a).filter((one) => list(b).includes(one));
      return { enum: common.length > 0 ? common : a };
    }
    case "items":
    case "additionalProperties":
      return { [key]: isObject(a) && isObject(b) ? mergeMember(a, b) : isObject(b) ? b : a };
    case "oneOf":
    case "anyOf":
      // Both unions stay: each branch of one combines with each branch of the other.
      return { allOf: [...list(both["allOf"] ?? []), { [key]: b }] };
    case "readOnly":
    case "writeOnly":
    case "nullable":
    case "deprecated":
      return { [key]: a === true || b === true };
    default:
      return { [key]: a };
  }
}

function mergeMembers(a: Json, b: Json): Json {
  if (!isObject(a) || !isObject(b)) return a;
  const members: [string, Json][] = Object.entries(b).map(([name, schema]) => {
    const own = Object.hasOwn(a, name) ? a[name] : undefined;
    return [name, own === undefined ? schema : mergeMember(own, schema)];
  });
  return Object.fromEntries([...Object.entries(a), ...members]);
}

/** Merges two schemas of one property. A schema without structural keywords adds only annotations. */
function mergeMember(a: Json, b: Json): Json {
  if (!saysSomething(b) || JSON.stringify(a) === JSON.stringify(b)) return a;
  if (!saysSomething(a)) return isObject(a) && isObject(b) ? { ...b, ...a } : b;
  return { allOf: [a, b] };
}

function saysSomething(schema: Json): boolean {
  return isObject(schema) && Object.keys(schema).some(isStructural);
}

function mergeTypes(a: Json, b: Json): Json {
  const [left, right] = [list(a), list(b)];
  const common = left.filter(
    (one) => right.includes(one) || (one === "integer" && right.includes("number")),
  );
  if (left.includes("number") && right.includes("integer")) common.push("integer");
  const [only] = common;
  if (only === undefined) return a;
  return common.length === 1 ? only : common;
}

function list(value: Json): Json[] {
  return Array.isArray(value) ? [...value] : [value];
}

/** The `$ref`s that {@link merged} follows in a schema. Each node has the reference only. */
export function inlinedRefs(node: Node): Node[] {
  const found: Node[] = [];
  const walk = (one: Node): void => {
    for (const member of one.items("allOf")) walk(member);
    const ref = one.text("$ref");
    if (ref === undefined || found.some((other) => other.text("$ref") === ref)) return;
    found.push(withValue(one, { $ref: ref }));
    const target = one.resolve();
    if (target !== undefined) walk(target);
  };
  walk(node);
  return found;
}

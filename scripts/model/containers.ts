import { compareText } from "../spec/canonical.js";
import type { Node } from "../spec/node.js";
import type { Property, Shape } from "./api.js";
import { withValue } from "./merge.js";
import { distinctNames } from "./names/properties.js";
import { pick } from "./pick.js";
import type { ShapeReader } from "./reader.js";
import { readRules } from "./rules.js";

/** Reads the shape of an array or a tuple. */
export function readArray(reader: ShapeReader, node: Node): Shape {
  const prefix = node.items("prefixItems");
  const items = node.get("items") ?? node.get("unevaluatedItems");
  if (prefix.length === 0) {
    return {
      kind: "array",
      items: items === undefined ? { kind: "unknown" } : reader.shape(items),
      ...pick(node, "minItems"),
      ...pick(node, "maxItems"),
    };
  }
  return {
    kind: "tuple",
    items: prefix.map((item) => reader.shape(item)),
    required: Math.min(node.number("minItems") ?? 0, prefix.length),
    ...(items?.value !== false && {
      rest: items === undefined ? { kind: "unknown" } : reader.shape(items),
    }),
  };
}

/** Reads the shape of an object or a map. An object without declared properties is a map. */
export function readObject(reader: ShapeReader, node: Node): Shape {
  const more = additional(reader, node);
  const hasMembers = node.entries("properties").length > 0 || node.texts("required").length > 0;
  const isClosed = closer(node)?.value === false && node.get("patternProperties") === undefined;
  if (!hasMembers && !isClosed) return { kind: "record", values: more ?? { kind: "unknown" } };
  const properties = readProperties(reader, node);
  const rules = readRules(reader, node, properties);
  return {
    kind: "object",
    properties,
    ...(more !== undefined && { additional: more }),
    ...(rules.length > 0 && { rules }),
  };
}

function closer(node: Node): Node | undefined {
  return node.get("additionalProperties") ?? node.get("unevaluatedProperties");
}

/** The shape of additional properties; `undefined` if the schema does not describe them. */
function additional(reader: ShapeReader, node: Node): Shape | undefined {
  const more = closer(node);
  const patterns = node.entries("patternProperties");
  const [pattern] = patterns;
  if (pattern === undefined) {
    return more === undefined || more.value === false ? undefined : reader.shape(more);
  }
  // TypeScript has no types for patterns of names. Only a single pattern, with nothing else allowed, has a useful type.
  return patterns.length === 1 && more?.value === false
    ? reader.shape(pattern[1])
    : { kind: "unknown" };
}

/** The properties of an object: required ones in the order of `required`, then the others by name. */
function readProperties(reader: ShapeReader, node: Node): Property[] {
  const { problems } = reader;
  const required = [...new Set(node.texts("required"))];
  const order = ([name]: readonly [string, Node]): number =>
    required.includes(name) ? required.indexOf(name) : required.length;
  const declared = node.entries("properties");
  const undeclared = required.filter((name) => !declared.some(([member]) => member === name));
  for (const name of undeclared) {
    const at = [...node.at, "required"];
    problems.warn(at, `${name}, which is not a declared property`, "names of properties");
  }
  const members = [
    ...declared,
    ...undeclared.map((name): [string, Node] => [name, withValue(node, {})]),
  ].sort((left, right) => order(left) - order(right) || compareText(left[0], right[0]));
  const named = members.map(([wireName, member]) =>
    reader.property(wireName, member, required.includes(wireName)),
  );
  return distinctNames(named, [...node.at, "properties"], problems);
}

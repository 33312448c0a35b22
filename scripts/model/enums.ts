import type { Node } from "../spec/node.js";
import type { Problems } from "../spec/problem.js";
import type { Json, Shape } from "./api.js";
import { jsonTypes, noteOtherKeywords } from "./keywords.js";
import { nullable } from "./reader.js";

/**
 * Reads the shape of an `enum` or a `const`. A list of strings or of numbers becomes an `enum`, which is open in
 * responses, because the service may add values. A constant, booleans and lists of several types become a `literal`:
 * TypeScript cannot express an open list of several types.
 */
export function readEnum(node: Node, problems: Problems): Shape {
  const constant = node.get("const");
  const all: readonly Json[] =
    constant === undefined ? node.items("enum").map(({ value }) => value) : [constant.value];
  const limits = ["format", "minLength", "maxLength", "pattern", "minimum", "maximum"];
  noteOtherKeywords(node, ["enum", "const", "type", ...limits], problems);
  const values = [...new Set(all)].filter((value) => value !== null);
  const scalars = values.filter(
    (value) => typeof value === "string" || typeof value === "number" || typeof value === "boolean",
  );
  // TypeScript has no type for an object or an array of a given value, so these pass through unchanged.
  if (scalars.length < values.length) return { kind: "unknown" };
  const hasNull = all.includes(null) || listsNull(node, all, problems);
  if (scalars.length === 0) return { kind: "null" };
  noteOtherTypes(node, values, problems);
  const shape = ofValues(scalars, constant !== undefined);
  return hasNull ? nullable(shape) : shape;
}

function ofValues(values: readonly (string | number | boolean)[], isConstant: boolean): Shape {
  if (values.includes(true) && values.includes(false) && values.length === 2) {
    return { kind: "boolean" };
  }
  const texts = values.filter((value) => typeof value === "string");
  const numbers = values.filter((value) => typeof value === "number");
  if (isConstant || Math.max(texts.length, numbers.length) < values.length) {
    return { kind: "literal", values };
  }
  return { kind: "enum", values: texts.length > 0 ? texts : numbers };
}

/** Whether `type` contains null. Strictly, an enum without null forbids it, but documents that do this mean to allow it. */
function listsNull(node: Node, values: readonly Json[], problems: Problems): boolean {
  const type = node.get("type")?.value;
  const isListed = Array.isArray(type) && type.includes("null");
  if (isListed && !values.includes(null)) {
    problems.warn(node.at, "a type with null and an enum without it", "null in both or in neither");
  }
  return isListed;
}

/** Warns of values that `type` excludes, such as `type: string, enum: [1]`. The values decide: they are what is sent. */
function noteOtherTypes(node: Node, values: readonly Json[], problems: Problems): void {
  const given = node.get("type")?.value;
  const types: readonly Json[] = Array.isArray(given) ? given : [given ?? ""];
  const isNamed = types.every((type) => typeof type === "string" && jsonTypes.includes(type));
  if (!isNamed) return;
  const others = values.filter((value) => !types.some((type) => isOfType(value, String(type))));
  if (others.length === 0) return;
  const found = `the type ${JSON.stringify(given)} beside the value ${JSON.stringify(others[0])}`;
  problems.warn(node.at, found, "values of this type; the client takes the values as they are");
}

function isOfType(value: Json, type: string): boolean {
  if (type === "integer") return Number.isInteger(value);
  if (type === "array") return Array.isArray(value);
  return typeof value === type && !Array.isArray(value);
}

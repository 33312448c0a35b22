import type { Json } from "../../model/api.js";
import { type JsonObject, only, without } from "./grammar.js";
import type { Origins } from "./origins.js";

const nullSchema: Json = { type: "null" };

/** Keywords that describe a value without restricting it. They stay outside of the `anyOf` with null. */
const annotations = [
  "title",
  "description",
  "default",
  "example",
  "examples",
  "deprecated",
  "readOnly",
  "writeOnly",
  "externalDocs",
  "xml",
];

/** Whether a keyword is an annotation. */
export function isAnnotation(key: string): boolean {
  return annotations.includes(key) || key.startsWith("x-");
}

/**
 * Converts `nullable: true` to JSON Schema. In OpenAPI 3.0 it has an effect next to `type` only. Published documents
 * also use it next to `$ref`, `allOf`, `oneOf` and `enum`, and their services do return null.
 */
export function withNull(schema: JsonObject, origins: Origins, at: readonly string[]): JsonObject {
  if (schema["$ref"] !== undefined || schema["allOf"] !== undefined) {
    const outside = only(schema, Object.keys(schema).filter(isAnnotation));
    const inside = without(schema, ...Object.keys(outside));
    const alone = onlyBranch(inside);
    origins.moved([...at, "anyOf", "0"], alone === undefined ? at : [...at, "allOf", "0"]);
    return { ...outside, anyOf: [alone ?? inside, nullSchema] };
  }
  const result: Record<string, Json> = { ...schema };
  for (const key of ["oneOf", "anyOf"]) {
    const branches = schema[key];
    if (Array.isArray(branches) && !branches.some(isNull)) result[key] = [...branches, nullSchema];
  }
  const { type, enum: values, const: value } = schema;
  if (Array.isArray(values) && !values.includes(null)) result["enum"] = [...values, null];
  if (value !== undefined && value !== null) {
    delete result["const"];
    result["enum"] = [value, null];
  }
  if (typeof type === "string" && type !== "null") result["type"] = [type, "null"];
  if (Array.isArray(type) && !type.includes("null")) result["type"] = [...type, "null"];
  return result;
}

/** The only branch of an `allOf` without other keywords. Documents wrap a `$ref` this way to add `nullable`. */
function onlyBranch({ allOf, ...rest }: JsonObject): Json | undefined {
  return Array.isArray(allOf) && allOf.length === 1 && Object.keys(rest).length === 0
    ? allOf[0]
    : undefined;
}

function isNull(schema: Json): boolean {
  return JSON.stringify(schema) === JSON.stringify(nullSchema);
}

import type { Json } from "../model/api.js";

/** Keys of OpenAPI and JSON Schema in their usual order in hand-written documents. */
const known = [
  "openapi",
  "jsonSchemaDialect",
  "info",
  "title",
  "summary",
  "version",
  "$ref",
  "name",
  "in",
  "url",
  "operationId",
  "tags",
  "type",
  "format",
  "required",
  "description",
  "deprecated",
  "servers",
  "variables",
  "security",
  "parameters",
  "requestBody",
  "headers",
  "content",
  "schema",
  "get",
  "put",
  "post",
  "patch",
  "delete",
  "responses",
  "paths",
  "components",
  "schemas",
  "properties",
  "items",
  "examples",
  "value",
] as const;

const rank: ReadonlyMap<string, number> = new Map(known.map((key, index) => [key, index]));

/**
 * Sorts the keys of every object, so that the output does not depend on the order of keys in the sources. Arrays keep
 * their order, which has a meaning.
 */
export function canonical(value: Json): Json {
  if (Array.isArray(value)) return value.map(canonical);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, member]): [string, Json] => [
    key,
    canonical(member),
  ]);
  return Object.fromEntries(entries.sort(([left], [right]) => compareKeys(left, right)));
}

/** Compares strings by UTF-16 code units, independent of the locale. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** Whether a JSON value is an object. */
export function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function compareKeys(left: string, right: string): number {
  const byRank = (rank.get(left) ?? known.length) - (rank.get(right) ?? known.length);
  return byRank === 0 ? compareText(left, right) : byRank;
}

import type { Json } from "../model/api.js";

/** Keys that OpenAPI and JSON Schema define, in the order in which a person would write them. */
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
 * The same data with the keys of every object in one total order, so that the order of keys in the sources never
 * shows in the output. Arrays keep theirs: there, order has a meaning.
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

/** Order by UTF-16 code units: the same everywhere, whatever the locale. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** Whether JSON data is an object. */
export function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function compareKeys(left: string, right: string): number {
  const byRank = (rank.get(left) ?? known.length) - (rank.get(right) ?? known.length);
  return byRank === 0 ? compareText(left, right) : byRank;
}

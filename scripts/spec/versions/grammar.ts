import type { Json } from "../../model/api.js";
import { isObject } from "../canonical.js";

/** The kinds of objects that a conversion visits. */
export type Kind =
  | "root"
  | "components"
  | "pathItem"
  | "operation"
  | "parameter"
  | "requestBody"
  | "response"
  | "callback"
  | "mediaType"
  | "encoding"
  | "example"
  | "schema";

/** The content of a key: one object, an array of objects, or a map from names to objects. */
type Child = { readonly one: Kind } | { readonly list: Kind } | { readonly map: Kind };

const methods = ["get", "put", "post", "patch", "delete", "head", "options", "trace", "query"];
const operation: Child = { one: "operation" };
const schema: Child = { one: "schema" };
const schemas: Child = { map: "schema" };
const schemaList: Child = { list: "schema" };

/** For each kind, the keys that contain objects. All other keys contain data, which conversions keep unchanged. */
const grammar: Readonly<Record<Kind, Readonly<Record<string, Child>>>> = {
  root: {
    paths: { map: "pathItem" },
    webhooks: { map: "pathItem" },
    components: { one: "components" },
  },
  components: {
    schemas,
    responses: { map: "response" },
    parameters: { map: "parameter" },
    examples: { map: "example" },
    requestBodies: { map: "requestBody" },
    headers: { map: "parameter" },
    callbacks: { map: "callback" },
    pathItems: { map: "pathItem" },
    mediaTypes: { map: "mediaType" },
  },
  pathItem: {
    parameters: { list: "parameter" },
    additionalOperations: { map: "operation" },
    ...Object.fromEntries(methods.map((method) => [method, operation])),
  },
  operation: {
    parameters: { list: "parameter" },
    requestBody: { one: "requestBody" },
    responses: { map: "response" },
    callbacks: { map: "callback" },
  },
  // Headers use this kind too: a header is a parameter without `name` and `in`.
  parameter: { schema, content: { map: "mediaType" }, examples: { map: "example" } },
  requestBody: { content: { map: "mediaType" } },
  response: { headers: { map: "parameter" }, content: { map: "mediaType" } },
  callback: {},
  mediaType: {
    schema,
    itemSchema: schema,
    encoding: { map: "encoding" },
    examples: { map: "example" },
  },
  encoding: { headers: { map: "parameter" } },
  example: {},
  schema: {
    properties: schemas,
    patternProperties: schemas,
    dependentSchemas: schemas,
    $defs: schemas,
    definitions: schemas,
    items: schema,
    additionalItems: schema,
    additionalProperties: schema,
    unevaluatedItems: schema,
    unevaluatedProperties: schema,
    propertyNames: schema,
    contains: schema,
    contentSchema: schema,
    not: schema,
    // Not a literal, because Biome's rule against objects with `then` would report this keyword.
    ...Object.fromEntries(["if", "then", "else"].map((key) => [key, schema])),
    allOf: schemaList,
    anyOf: schemaList,
    oneOf: schemaList,
    prefixItems: schemaList,
  },
};

/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json };

/** Converts an object whose properties are converted already. `at` are the keys that lead to it. */
export type Rule = (value: JsonObject, at: readonly string[]) => JsonObject;

/** Applies rules to every object of their kinds, inner ones first. Data, such as examples, stays unchanged. */
export function convert(
  value: Json,
  kind: Kind,
  rules: Readonly<Partial<Record<Kind, Rule>>>,
  at: readonly string[] = [],
): Json {
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([key, member]): [string, Json] => {
    const place = [...at, key];
    // The keys of a callback are runtime expressions. Each contains a path item.
    const child = kind === "callback" && key !== "$ref" ? pathItem : childOf(kind, key);
    return [key, child === undefined ? member : convertChild(member, child, rules, place)];
  });
  const converted = Object.fromEntries(members);
  return rules[kind]?.(converted, at) ?? converted;
}

const pathItem: Child = { one: "pathItem" };

function childOf(kind: Kind, key: string): Child | undefined {
  const keys = grammar[kind];
  return Object.hasOwn(keys, key) ? keys[key] : undefined;
}

function convertChild(
  value: Json,
  child: Child,
  rules: Readonly<Partial<Record<Kind, Rule>>>,
  at: readonly string[],
): Json {
  if ("one" in child) {
    // Before JSON Schema 2020-12, `items` could be an array.
    return Array.isArray(value)
      ? value.map((item: Json, index) => convert(item, child.one, rules, [...at, String(index)]))
      : convert(value, child.one, rules, at);
  }
  if ("list" in child) {
    if (!Array.isArray(value)) return value;
    return value.map((item: Json, index) =>
      convert(item, child.list, rules, [...at, String(index)]),
    );
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      convert(member, child.map, rules, [...at, name]),
    ]),
  );
}

/** A copy of an object without some keys. */
export function without(value: JsonObject, ...keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

/** A copy of an object with only these of its keys. */
export function only(value: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => keys.includes(key)));
}

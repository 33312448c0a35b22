import { isJsonObject, type JsonObject } from "./json.js";

/**
 * The most items of an array in sample values. Prism would generate the maximum, such as a thousand, and take seconds.
 */
const fewItems = 5;

/** Keywords whose value is a schema, or an array of schemas. */
const single = ["items", "additionalProperties", "not"] as const;
const several = ["allOf", "anyOf", "oneOf", "prefixItems"] as const;

/** Copies a document, and limits its arrays to a few items, for sample values. */
export function withShortLists(document: JsonObject): JsonObject {
  const { components } = document;
  const { schemas, responses }: JsonObject = isJsonObject(components) ? components : {};
  return {
    ...document,
    paths: inResponses(document["paths"]),
    ...(isJsonObject(components) && {
      components: {
        ...components,
        ...(isJsonObject(schemas) && { schemas: each(schemas, short) }),
        ...(responses !== undefined && { responses: inResponses(responses) }),
      },
    }),
  };
}

/** Shortens arrays in the schemas of media types, wherever these are below paths or responses. */
function inResponses(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inResponses);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      // Examples are data, and may have such keys as well.
      if (name === "example" || name === "examples") return [name, inner];
      if (name === "content" && isJsonObject(inner)) return [name, each(inner, inMedia)];
      return [name, inResponses(inner)];
    }),
  );
}

function inMedia(media: unknown): unknown {
  return isJsonObject(media) ? { ...media, schema: short(media["schema"]) } : media;
}

function short(schema: unknown): unknown {
  if (!isJsonObject(schema)) return schema;
  const { items, minItems = 0, maxItems = Number.POSITIVE_INFINITY, properties } = schema;
  const inner: Record<string, unknown> = {};
  for (const name of single) if (name in schema) inner[name] = short(schema[name]);
  for (const name of several) {
    const list = schema[name];
    if (Array.isArray(list)) inner[name] = list.map(short);
  }
  return {
    ...schema,
    ...inner,
    ...(isJsonObject(properties) && { properties: each(properties, short) }),
    ...(items !== undefined && {
      maxItems: Math.max(Number(minItems), Math.min(Number(maxItems), fewItems)),
    }),
  };
}

function each(object: JsonObject, work: (value: unknown) => unknown): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, work(value)]));
}

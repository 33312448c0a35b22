import type { Json } from "../../model/api.js";
import { isObject } from "../canonical.js";
import { fromPointer } from "../problem.js";
import { convert, type JsonObject, only, without } from "./grammar.js";
import { isAnnotation, withNull } from "./nullable.js";
import type { Origins } from "./origins.js";

/** Reports something that a conversion ignores, or accepts although the specification does not allow it. */
export type Note = (at: readonly string[], found: string, instead: string) => void;

/** Keys next to `$ref` that are kept. OpenAPI 3.0 ignores them, but they usefully describe the reference. */
const besideRef = [
  "$ref",
  "title",
  "description",
  "deprecated",
  "default",
  "readOnly",
  "writeOnly",
];

/**
 * Converts a document of OpenAPI 3.0, 3.1 or 3.2 to 3.1. Schemas of 3.0 change: `nullable`, boolean
 * `exclusiveMinimum` and `exclusiveMaximum`, and siblings of `$ref`. The formats `binary` and `byte` stay, because
 * documents of every version use them.
 */
export function fromOpenApi3(document: JsonObject, origins: Origins, note: Note): JsonObject {
  const version = String(document["openapi"]);
  const is30 = version.startsWith("3.0");
  const converted = convert(document, "root", {
    schema: (schema, at) => {
      const changed = toSchema31(schema, at, is30, origins, note);
      return withBranchNull(changed, document, at, origins);
    },
    mediaType: (media) => toMediaType31(media, document),
    example: toExample31,
  });
  const result = isObject(converted) ? converted : document;
  return version.startsWith("3.1") ? result : { ...result, openapi: "3.1.1" };
}

function toSchema31(
  schema: JsonObject,
  at: readonly string[],
  is30: boolean,
  origins: Origins,
  note: Note,
): JsonObject {
  const { nullable, ...rest } = schema;
  let result: JsonObject = nullable === undefined ? schema : rest;
  if (nullable !== undefined && !is30) {
    note([...at, "nullable"], "nullable, which OpenAPI 3.1 does not have", 'type: [..., "null"]');
  }
  if (is30 && result["$ref"] !== undefined) {
    const kept = (key: string): boolean => besideRef.includes(key) || key.startsWith("x-");
    const ignored = Object.keys(result).filter((key) => !kept(key));
    if (ignored.length > 0) {
      note(
        at,
        `${ignored.join(", ")} beside $ref, which OpenAPI 3.0 ignores`,
        "allOf around the $ref",
      );
    }
    result = without(result, ...ignored);
  }
  result = withoutFlag(result, "exclusiveMinimum", "minimum");
  result = withoutFlag(result, "exclusiveMaximum", "maximum");
  result = withPrefixItems(result, at, origins);
  if (result["type"] === "file") result = { ...result, type: "string", format: "binary" };
  return nullable === true ? withNull(result, origins, at) : result;
}

/**
 * Makes a schema nullable if a branch of its `allOf` is only `nullable: true`: `allOf: [{ $ref }, { nullable: true }]`.
 *
 * @param document - the document before conversion, which still has `nullable`
 */
function withBranchNull(
  schema: JsonObject,
  document: Json,
  at: readonly string[],
  origins: Origins,
): JsonObject {
  const { allOf } = schema;
  if (!Array.isArray(allOf)) return schema;
  let given: Json | undefined = document;
  for (const key of [...at, "allOf"]) {
    given = Array.isArray(given)
      ? given[Number(key)]
      : isObject(given) && Object.hasOwn(given, key)
        ? given[key]
        : undefined;
  }
  const isNullAlone = (branch: Json): boolean =>
    isObject(branch) &&
    branch["nullable"] === true &&
    Object.keys(branch).every((key) => key === "nullable" || isAnnotation(key));
  const branches = Array.isArray(given) ? given : [];
  return branches.some(isNullAlone) ? withNull(schema, origins, at) : schema;
}

/** Converts an array of `items` to `prefixItems`: older versions of JSON Schema describe tuples this way. */
function withPrefixItems(schema: JsonObject, at: readonly string[], origins: Origins): JsonObject {
  const { items, additionalItems, ...rest } = schema;
  if (!Array.isArray(items)) return schema;
  origins.moved([...at, "prefixItems"], [...at, "items"]);
  return {
    ...rest,
    prefixItems: items,
    ...(additionalItems !== undefined && { items: additionalItems }),
  };
}

/** Converts `minimum: 1, exclusiveMinimum: true` of 3.0 to `exclusiveMinimum: 1`. */
function withoutFlag(schema: JsonObject, flag: string, limit: string): JsonObject {
  const value = schema[flag];
  const bound = schema[limit];
  if (typeof value !== "boolean") return schema;
  if (!value || bound === undefined) return without(schema, flag);
  return { ...without(schema, flag, limit), [flag]: bound };
}

/** Replaces a reference to a media type in the components, which only 3.2 has, by its target. */
function toMediaType31(media: JsonObject, document: JsonObject): JsonObject {
  const ref = media["$ref"];
  if (typeof ref !== "string" || !ref.startsWith("#/components/mediaTypes/")) return media;
  let target: Json | undefined = document;
  for (const key of fromPointer(ref)) {
    target = isObject(target) && Object.hasOwn(target, key) ? target[key] : undefined;
  }
  return isObject(target) ? target : media;
}

/** Renames `dataValue`, the value of an example in 3.2. */
function toExample31(example: JsonObject): JsonObject {
  const value = example["dataValue"];
  return value === undefined || example["value"] !== undefined
    ? example
    : { ...only(example, ["summary", "description"]), value };
}

import type { Json } from "../../model/api.js";
import { isObject } from "../canonical.js";
import { type JsonObject, only, without } from "./grammar.js";

/** Keys of a parameter or header in Swagger 2.0 that belong to its schema in OpenAPI 3. */
const ofSchema = [
  "type",
  "format",
  "items",
  "default",
  "maximum",
  "exclusiveMaximum",
  "minimum",
  "exclusiveMinimum",
  "maxLength",
  "minLength",
  "pattern",
  "maxItems",
  "minItems",
  "uniqueItems",
  "enum",
  "multipleOf",
  "x-nullable",
];

const multipart = "multipart/form-data";
const urlencoded = "application/x-www-form-urlencoded";

/** Whether a parameter is the body or a form field. */
export function isBodyPart(parameter: Json): boolean {
  return isObject(parameter) && (parameter["in"] === "body" || parameter["in"] === "formData");
}

/** Converts a path, query or header parameter, or a response header. */
export function convertParameter(parameter: Json): Json {
  if (!isObject(parameter) || parameter["$ref"] !== undefined) return parameter;
  return {
    ...without(parameter, "collectionFormat", ...ofSchema),
    ...styleOf(parameter),
    schema: schemaOf(parameter),
  };
}

/**
 * Converts body and form parameters to a request body.
 *
 * @param consumes - the media types that the operation or the document declares
 */
export function requestBodyOf(
  parts: readonly Json[],
  consumes: readonly string[] | undefined,
): JsonObject | undefined {
  const objects = parts.filter(isObject);
  const body = objects.find((one) => one["in"] === "body");
  if (body !== undefined) {
    const media = { schema: body["schema"] ?? {} };
    const types = consumes ?? ["application/json"];
    return {
      ...without(body, "name", "in", "schema"),
      content: Object.fromEntries(types.map((type) => [type, media])),
    };
  }
  if (objects.length === 0) return undefined;
  return formOf(objects, consumes ?? []);
}

function formOf(fields: readonly JsonObject[], consumes: readonly string[]): JsonObject {
  const hasFile = fields.some((field) => field["type"] === "file");
  const declared = consumes.filter(
    (type) => type === multipart || (type === urlencoded && !hasFile),
  );
  const types = declared.length > 0 ? declared : [hasFile ? multipart : urlencoded];
  const required = fields.filter((field) => field["required"] === true).map(nameOf);
  const styles = fields.flatMap((field): [string, Json][] =>
    field["type"] === "array" ? [[nameOf(field), styleOf({ ...field, in: "query" })]] : [],
  );
  const media: JsonObject = {
    schema: {
      type: "object",
      ...(required.length > 0 && { required }),
      properties: Object.fromEntries(fields.map((field) => [nameOf(field), fieldOf(field)])),
    },
    ...(styles.length > 0 && { encoding: Object.fromEntries(styles) }),
  };
  return {
    ...(required.length > 0 && { required: true }),
    content: Object.fromEntries(types.map((type) => [type, media])),
  };
}

function nameOf(field: JsonObject): string {
  return String(field["name"]);
}

function fieldOf(field: JsonObject): JsonObject {
  const description = field["description"];
  return { ...schemaOf(field), ...(description !== undefined && { description }) };
}

/** The schema of a parameter. Drops `collectionFormat` of array items, which OpenAPI 3 cannot express. */
function schemaOf(parameter: JsonObject): JsonObject {
  const { items, ...rest } = only(parameter, ofSchema);
  return {
    ...rest,
    ...(items !== undefined && { items: isObject(items) ? schemaOf(items) : items }),
  };
}

/** The style of an array. OpenAPI 3 has none for tabs: `tabDelimited` is a name that the model reports as unsupported. */
function styleOf(parameter: JsonObject): JsonObject {
  if (parameter["type"] !== "array") return {};
  const isQuery = parameter["in"] === "query";
  switch (parameter["collectionFormat"]) {
    case "ssv":
      return { style: "spaceDelimited", explode: false };
    case "pipes":
      return { style: "pipeDelimited", explode: false };
    case "tsv":
      return { style: "tabDelimited", explode: false };
    case "multi":
      return { style: "form", explode: true };
    default:
      return { style: isQuery ? "form" : "simple", explode: false };
  }
}

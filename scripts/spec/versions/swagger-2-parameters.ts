import type { Json } from "../../model/api.js";
import { isObject } from "../canonical.js";
import { type JsonObject, only, without } from "./grammar.js";

/** Keys of a parameter or header of Swagger 2.0 that are of its schema in OpenAPI 3. */
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

/** Whether a parameter is the body, or a part of it. */
export function isBodyPart(parameter: Json): boolean {
  return isObject(parameter) && (parameter["in"] === "body" || parameter["in"] === "formData");
}

/** A parameter of the path, the query or the headers, or a header of a response. */
export function convertParameter(parameter: Json): Json {
  if (!isObject(parameter) || parameter["$ref"] !== undefined) return parameter;
  return {
    ...without(parameter, "collectionFormat", ...ofSchema),
    ...styleOf(parameter),
    schema: schemaOf(parameter),
  };
}

/**
 * The request body that the parameters of a body or of a form are together.
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

/** The schema of a parameter. The items of an array have no style of their own in OpenAPI 3. */
function schemaOf(parameter: JsonObject): JsonObject {
  const { items, ...rest } = only(parameter, ofSchema);
  return {
    ...rest,
    ...(items !== undefined && { items: isObject(items) ? schemaOf(items) : items }),
  };
}

/** How an array is serialised. Tabs have no style in OpenAPI 3: they keep a name that no style has. */
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

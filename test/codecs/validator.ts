import { Ajv2020 } from "ajv/dist/2020.js";
import type { Json } from "../../scripts/model/api.js";
import { schemaName } from "../../scripts/model/base-class.js";
import { isObject } from "../../scripts/spec/canonical.js";
import { parseDateTime } from "../../src/runtime/dates.js";

interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/** A validator that knows a document as `document`, with what codecs understand by formats and extensions. */
export function validator(document: Json): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, validateSchema: false, logger: false });
  ajv.addFormat("date-time", (text: string) => parseDateTime(text) !== undefined);
  for (const format of ["date", "time", "uuid", "uri", "email", "binary", "byte"])
    ajv.addFormat(format, true);
  const byteLength = (
    { min = 0, max = Number.POSITIVE_INFINITY }: Bounds,
    text: string,
  ): boolean => {
    const bytes = Buffer.byteLength(text);
    return bytes >= min && bytes <= max;
  };
  ajv.addKeyword({ keyword: "x-contract-byte-length", type: "string", validate: byteLength });
  ajv.addSchema(Object(withoutExamples(withSubtypes(document))), "document");
  return ajv;
}

/**
 * A document without examples: they are data, and may hold what the validator takes for the name of a schema. Dynamic
 * references go too: their names may be those of several schemas, and codecs take anything there.
 */
function withoutExamples(value: Json, isMap = false): Json {
  if (Array.isArray(value)) return value.map((item: Json) => withoutExamples(item));
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(([key]) => isMap || !ignored.includes(key));
  // As documented, a schema with properties is that of an object, whether or not it says so.
  const isTyped = isMap || !isObject(value["properties"]) || value["type"] !== undefined;
  return Object.fromEntries([
    ...(isTyped ? [] : [["type", ["object"]]]),
    ...members.map(([key, one]) => [key, withoutExamples(one, key === "properties")]),
  ]);
}

const ignored = ["example", "examples", "default", "$id", "$dynamicAnchor", "$dynamicRef"];

/**
 * A document whose base classes ask for what their subtypes do: a value is one of the subtype that its tag names, as
 * OpenAPI has it, which no keyword of JSON Schema says.
 */
function withSubtypes(document: Json): Json {
  const components = isObject(document) ? document["components"] : undefined;
  const schemas = isObject(components ?? null) ? Object(components)["schemas"] : undefined;
  if (!isObject(document) || !isObject(schemas)) return document;
  const changed = Object.entries(schemas).map(([name, schema]) => {
    const tag = isObject(schema) ? schema["discriminator"] : undefined;
    if (!isObject(schema) || !isObject(tag ?? null) || schema["oneOf"] || schema["anyOf"])
      return [name, schema];
    const { propertyName, mapping = {} } = Object(tag);
    const cases = Object.entries(Object(mapping)).map(([value, target]) => {
      const isTagged = {
        required: [propertyName],
        properties: { [propertyName]: { const: value } },
      };
      const subtype = schemas[schemaName(String(target))] ?? true;
      return { anyOf: [{ not: isTagged }, withoutBase(subtype, name)] };
    });
    return [name, { ...schema, allOf: [...list(schema["allOf"]), ...cases] }];
  });
  const inner = { ...Object(components), schemas: Object.fromEntries(changed) };
  return { ...document, components: inner };
}

/** What a subtype asks for beyond its base, which would ask for the subtype again. */
function withoutBase(subtype: Json, base: string): Json {
  if (!isObject(subtype)) return subtype;
  const isBase = (one: Json): boolean =>
    isObject(one) && schemaName(String(one["$ref"] ?? "")) === base;
  return { ...subtype, allOf: [true, ...list(subtype["allOf"]).filter((one) => !isBase(one))] };
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

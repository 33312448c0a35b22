import type { Ajv2020 } from "ajv/dist/2020.js";
import { type Problem, problemsOf } from "./diagnostics.js";

const bytes = { type: "integer", minimum: 0 } as const;

/** Schema of the value of our own keyword, in bytes of UTF-8. */
const byteLength = {
  type: "object",
  properties: { min: bytes, max: bytes },
  additionalProperties: false,
  minProperties: 1,
} as const;

/** The keywords whose values are one schema, a list of schemas, or schemas by name. */
const holders = {
  one: "additionalProperties contains else if items not propertyNames then unevaluatedItems unevaluatedProperties",
  list: "allOf anyOf oneOf prefixItems",
  named: "$defs dependentSchemas patternProperties properties",
} as const;

/**
 * Checks the parts of schemas that Ajv ignores: it accepts a string in place of a schema, an unknown format, and any
 * value of our own keyword, and then checks nothing. It rejects other mistakes itself. The dialect's own schema checks
 * more, but takes as long to compile as the whole contract.
 *
 * @returns a function that lists what is wrong with a schema, at every depth, without following references
 */
export function schemaRules(ajv: Ajv2020): (schema: unknown) => readonly Problem[] {
  const schema = { $ref: "#" };
  const validate = ajv.compile({
    $id: "schema-rules.json",
    type: ["object", "boolean"],
    properties: {
      ...keywords(holders.one, schema),
      ...keywords(holders.list, { type: "array", items: schema }),
      ...keywords(holders.named, { type: "object", additionalProperties: schema }),
      format: { enum: Object.keys(ajv.formats) },
      "x-contract-byte-length": byteLength,
    },
  });
  return (value) => (validate(value) ? [] : problemsOf(validate.errors ?? []));
}

function keywords(names: string, rule: object): Readonly<Record<string, object>> {
  return Object.fromEntries(names.split(" ").map((name) => [name, rule]));
}

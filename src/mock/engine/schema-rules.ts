import type { Ajv2020 } from "ajv/dist/2020.js";
import { type Problem, problemsOf } from "./diagnostics.js";

const bytes = { type: "integer", minimum: 0 } as const;

/** The value of our own keyword, in bytes of UTF-8. */
const byteLength = {
  type: "object",
  properties: { min: bytes, max: bytes },
  additionalProperties: false,
  minProperties: 1,
} as const;

/** The keywords of the dialect that hold one schema, a list of them, or some by name. */
const holders = {
  one: "additionalProperties contains else if items not propertyNames then unevaluatedItems unevaluatedProperties",
  list: "allOf anyOf oneOf prefixItems",
  named: "$defs dependentSchemas patternProperties properties",
} as const;

/**
 * The rules of schemas that Ajv does not hold them to: it compiles a text in place of a schema, a format that it does not
 * know, and any value of our own keyword to a check of nothing. All else it refuses by itself. The dialect's own schema
 * says more than this, and takes as long to compile as all of the contract.
 *
 * @returns what is wrong with a schema, at every depth but behind its references
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

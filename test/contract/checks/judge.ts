import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";
import type { Json, JsonObject } from "../read-document.js";

/** What Ajv says against a value; empty where it says nothing. */
export type Verdict = readonly ErrorObject[];

/** Validates values against schemas of one document. */
export interface Judge {
  /** @param pointer - JSON pointer to the schema */
  readonly verdict: (pointer: string, value: Json | undefined) => Verdict;
}

/** Makes a judge of a document. A schema that does not compile is an error when it is first asked for. */
export function judgeOf(document: JsonObject): Judge {
  const ajv = contractAjv();
  // Ajv resolves references through the root, so the root's keys must be words that it knows.
  ajv.addVocabulary(Object.keys(document));
  ajv.addSchema(document, "contract.json");
  const compiled = new Map<string, ValidateFunction>();
  return {
    verdict: (pointer, value) => {
      const known = compiled.get(pointer);
      const validate = known ?? ajv.compile({ $ref: `contract.json#${encodeURI(pointer)}` });
      compiled.set(pointer, validate);
      validate(value);
      return validate.errors ?? [];
    },
  };
}

/** Ajv with the vocabulary of the contract, strict: a keyword that it does not know is an error. */
function contractAjv(): Ajv2020 {
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  ajvFormats.default(ajv);
  ajv.addKeyword({
    keyword: "x-contract-byte-length",
    type: "string",
    metaSchema: {
      type: "object",
      properties: { min: { type: "integer" }, max: { type: "integer" } },
      additionalProperties: false,
    },
    validate: (limits: { readonly min?: number; readonly max?: number }, text: string) => {
      const length = Buffer.byteLength(text);
      return length >= (limits.min ?? 0) && length <= (limits.max ?? Number.POSITIVE_INFINITY);
    },
  });
  ajv.addKeyword({ keyword: "x-contract-secret", metaSchema: { const: true } });
  ajv.addKeyword({ keyword: "x-contract-name", metaSchema: { type: "string" } });
  // The two rules of requests bind callers by type; a body that breaks them fits the schema, and is answered with 422.
  const names = { type: "array", items: { type: "string" }, minItems: 1 };
  ajv.addKeyword({ keyword: "x-contract-some-of", metaSchema: names });
  ajv.addKeyword({
    keyword: "x-contract-requires",
    metaSchema: { type: "object", additionalProperties: names },
  });
  ajv.addKeyword({
    keyword: "x-contract-error-body",
    metaSchema: {
      type: "object",
      properties: { code: { type: "string" }, message: { type: "string" } },
      required: ["code", "message"],
      additionalProperties: false,
    },
  });
  return ajv;
}

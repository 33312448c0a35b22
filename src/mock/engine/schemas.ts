import { Ajv2020 } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";
import { parseDateTime } from "../../runtime/dates.js";
import type { JsonObject } from "./json.js";
import { isWellFormed } from "./unicode.js";
import { type Problem, problemsOf } from "./words.js";

/** Says what is wrong with a value; nothing where it fits. */
export type Check = (value: unknown) => readonly Problem[];

/** The contract cannot be served: one of its parts would silently check nothing. */
export class ContractProblem extends Error {
  override readonly name: string = "ContractProblem";
  /** JSON pointer of the part. */
  readonly pointer: string;

  constructor(pointer: string, message: string) {
    super(`#${pointer}: ${message}`);
    this.pointer = pointer;
  }
}

/** The URI under which schemas find each other. */
const base = "contract.json";

/**
 * Compiles schemas of a document where they stand.
 *
 * @returns from the pointer of a schema to its check
 * @throws {ContractProblem} of a schema that does not compile; Prism would accept everything in its place.
 */
export function schemaCompiler(document: JsonObject): (pointer: string) => Check {
  const ajv = contractAjv();
  ajv.addSchema(document, base);
  const checks = new Map<string, Check>();
  return (pointer) => {
    const known = checks.get(pointer);
    if (known !== undefined) return known;
    const validate = compiled(ajv, pointer);
    const check: Check = (value) => (validate(value) ? [] : problemsOf(validate.errors ?? []));
    checks.set(pointer, check);
    return check;
  };
}

function compiled(ajv: Ajv2020, pointer: string): ReturnType<Ajv2020["compile"]> {
  try {
    return ajv.compile({ $ref: `${base}#${encodeURI(pointer)}` });
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new ContractProblem(pointer, `the schema does not compile: ${words}`);
  }
}

/** Ajv as Prism sets it up, with the byte limits of the contract, and with what words need. */
function contractAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    allowUnionTypes: true,
    allowMatchingProperties: true,
    strict: false,
    // Else a schema's own default would be written into what is checked.
    useDefaults: false,
    validateSchema: false,
    verbose: true,
  });
  ajvFormats.default(ajv);
  // Theirs takes a space for the T, and an offset without its colon or its minutes.
  ajv.addFormat("date-time", { validate: (text: string) => parseDateTime(text) !== undefined });
  ajv.addKeyword({
    keyword: "x-contract-byte-length",
    type: "string",
    validate: (
      { min = 0, max = Number.POSITIVE_INFINITY }: { min?: number; max?: number },
      text: string,
    ) => {
      const length = Buffer.byteLength(text);
      return isWellFormed(text) && length >= min && length <= max;
    },
  });
  return ajv;
}

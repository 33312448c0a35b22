import { Ajv2020 } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";
import { parseDateTime } from "../../runtime/dates.js";
import { type Problem, problemsOf } from "./diagnostics.js";
import { below, followed, isJsonObject, type JsonObject, type Place } from "./json.js";
import { schemaRules } from "./schema-rules.js";
import { isWellFormed } from "./unicode.js";

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
 * @returns from the place of a schema to its check
 * @throws {ContractProblem} of a schema that does not compile; Prism would accept everything in its place.
 */
export function schemaCompiler(document: JsonObject): (schema: Place) => Check {
  const ajv = contractAjv();
  ajv.addSchema(document, base);
  const checkRules = rulesChecker(document, ajv);
  const checks = new Map<string, Check>();
  return (schema) => {
    const { pointer } = schema;
    const known = checks.get(pointer);
    if (known !== undefined) return known;
    checkRules(schema);
    const validate = compiled(ajv, pointer);
    const check: Check = (value) => (validate(value) ? [] : problemsOf(validate.errors ?? []));
    checks.set(pointer, check);
    return check;
  };
}

/** Throws at a schema that breaks the rules of schemas, or that refers to one. */
function rulesChecker(document: JsonObject, ajv: Ajv2020): (schema: Place) => void {
  const rules = schemaRules(ajv);
  const checked = new Set<string>();
  const check = ({ pointer, value }: Place): void => {
    // What does not exist does not compile.
    if (value === undefined || checked.has(pointer)) return;
    checked.add(pointer);
    const [problem] = rules(value);
    if (problem !== undefined) throw doesNotCompile(below(pointer, ...problem.path), problem.words);
    for (const $ref of referencesIn(value)) check(followed(document, { pointer, value: { $ref } }));
  };
  return check;
}

function referencesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isJsonObject(value)) return [];
  const { $ref, ...others } = value;
  const inner = Object.values(others).flatMap(referencesIn);
  return typeof $ref === "string" && $ref.startsWith("#/") ? [$ref, ...inner] : inner;
}

function compiled(ajv: Ajv2020, pointer: string): ReturnType<Ajv2020["compile"]> {
  try {
    return ajv.compile({ $ref: `${base}#${encodeURI(pointer)}` });
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw doesNotCompile(pointer, words);
  }
}

function doesNotCompile(pointer: string, words: string): ContractProblem {
  return new ContractProblem(pointer, `the schema does not compile: ${words}`);
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
    // What it would warn of stops the start, or is allowed.
    logger: false,
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

import { Ajv2020 } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";
import { parseDateTime } from "../../runtime/dates.js";
import { type Problem, problemsOf } from "./diagnostics.js";
import { below, followed, isJsonObject, type JsonObject, type Place } from "./json.js";
import { isLarge } from "./large.js";
import { schemaRules } from "./schema-rules.js";
import { isWellFormed } from "./unicode.js";

/** Lists what is wrong with a value; empty if it is valid. */
export type Check = (value: unknown) => readonly Problem[];

/** Thrown for a document that cannot be served, because one of its parts would silently check nothing. */
export class ContractProblem extends Error {
  override readonly name: string = "ContractProblem";
  /** JSON pointer of the part. */
  readonly pointer: string;

  constructor(pointer: string, message: string) {
    super(`#${pointer}: ${message}`);
    this.pointer = pointer;
  }
}

/** The URI of the document, by which Ajv resolves references between schemas. */
const base = "contract.json";

/**
 * Creates a compiler for schemas of a document, by their places.
 *
 * @returns a function that compiles the schema at a place; it throws a {@link ContractProblem} if that does not
 * compile, because Prism would accept everything instead
 */
export function schemaCompiler(document: JsonObject): (schema: Place) => Check {
  const ajv = contractAjv(document, { allErrors: true });
  let first: Ajv2020 | undefined;
  const checkRules = rulesChecker(document, ajv);
  const checks = new Map<string, Check>();
  return (schema) => {
    const { pointer } = schema;
    const known = checks.get(pointer);
    if (known !== undefined) return known;
    checkRules(schema);
    const validate = compiled(ajv, pointer);
    const check: Check = (value) => {
      if (!isLarge(value)) return validate(value) ? [] : problemsOf(validate.errors ?? []);
      first ??= contractAjv(document, { allErrors: false });
      const validateFirst = compiled(first, pointer);
      return validateFirst(value) ? [] : problemsOf(validateFirst.errors ?? []);
    };
    checks.set(pointer, check);
    return check;
  };
}

/** Creates a function that throws if a schema, or one that it refers to, violates {@link schemaRules}. */
function rulesChecker(document: JsonObject, ajv: Ajv2020): (schema: Place) => void {
  const rules = schemaRules(ajv);
  const checked = new Set<string>();
  const check = ({ pointer, value }: Place): void => {
    // A missing schema fails when it is compiled.
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
    throw doesNotCompile(pointer, cause instanceof Error ? cause.message : String(cause));
  }
}

function doesNotCompile(pointer: string, problem: string): ContractProblem {
  return new ContractProblem(pointer, `the schema does not compile: ${problem}`);
}

/** Ajv as Prism sets it up, plus the byte limits of the contract, and the details that messages need. */
function contractAjv(
  document: JsonObject,
  { allErrors }: { readonly allErrors: boolean },
): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors,
    allowUnionTypes: true,
    allowMatchingProperties: true,
    strict: false,
    // Ajv would write defaults into the checked value.
    useDefaults: false,
    validateSchema: false,
    verbose: true,
    // What Ajv would warn about either stops the start already, or is allowed.
    logger: false,
  });
  ajvFormats.default(ajv);
  // The package's format also accepts a space instead of the `T`, and offsets without a colon or minutes.
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
  ajv.addSchema(document, base);
  return ajv;
}

import type { ErrorObject } from "ajv";
import { nulPattern } from "../../runtime/limits.js";
import { isJsonObject } from "./json.js";
import { illFormed, isWellFormed } from "./unicode.js";

/** A problem with a value. */
export interface Problem {
  /** Keys and indexes from the value to the problem. */
  readonly path: readonly string[];
  /** The message, without the path. */
  readonly words: string;
}

/** Turns Ajv's errors into problems, and drops errors that only follow from others. */
export function problemsOf(errors: readonly ErrorObject[]): readonly Problem[] {
  // Each error is compared with all others, and a hundred are enough for a reader.
  const some = errors.slice(0, 100);
  const telling = some.filter((error) => !isConsequence(error, some));
  const problems = telling.map((error) => ({ path: pathOf(error), words: wordsOf(error) }));
  const distinct = new Map(problems.map((problem) => [inOneLine(problem), problem]));
  return [...distinct.values()];
}

/** A problem in one line: its path, then its message. */
export function inOneLine({ path, words }: Problem): string {
  const place = path.reduce((text, step) => {
    if (/^\d+$/.test(step)) return `${text}[${step}]`;
    return text === "" ? step : `${text}.${step}`;
  }, "");
  return place === "" ? words : `${place}: ${words}`;
}

/** Shows a value in a message: short, and on one line. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") {
    const text = value.length > 40 ? `${value.slice(0, 40)}…` : value;
    return JSON.stringify(text);
  }
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

function pathOf({ instancePath }: ErrorObject): readonly string[] {
  const steps = instancePath.split("/").slice(1);
  return steps.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/**
 * Whether an error only follows from another one. For a nullable value, Ajv also reports that it is not null. If no
 * alternative fits, it reports that and the errors of each alternative. A string that is too long in bytes may also be
 * too long in characters.
 */
function isConsequence(error: ErrorObject, errors: readonly ErrorObject[]): boolean {
  const others = errors.filter((other) => other !== error);
  if (error.keyword === "type" && error.schema === "null") {
    return others.some((other) => other.instancePath.startsWith(error.instancePath));
  }
  if (error.keyword === "minLength" || error.keyword === "maxLength") {
    return others.some((other) => isOfBytes(other) && other.instancePath === error.instancePath);
  }
  if (error.keyword !== "oneOf" && error.keyword !== "anyOf") return isBranch(error, others);
  if (error.keyword === "oneOf" && error.params["passingSchemas"] !== null) return false;
  const isNull = (other: ErrorObject): boolean =>
    other.keyword === "type" && other.schema === "null";
  const hasKeys = keysOfBranches(error).length > 0;
  return others.some(
    (other) =>
      !isNull(other) &&
      (other.instancePath.startsWith(`${error.instancePath}/`) ||
        (other.instancePath === error.instancePath &&
          (other.keyword === "type" || (!hasKeys && keysOfBranches(other).length > 0)))),
  );
}

function isOfBytes({ keyword }: ErrorObject): boolean {
  return keyword === "x-contract-byte-length";
}

/**
 * Whether an error reports a missing property of one alternative, which the error of `oneOf` reports for all of them.
 */
function isBranch(error: ErrorObject, others: readonly ErrorObject[]): boolean {
  return (
    error.keyword === "required" &&
    others.some(
      (other) =>
        other.instancePath === error.instancePath &&
        other.keyword === "oneOf" &&
        keysOfBranches(other).includes(String(error.params["missingProperty"])),
    )
  );
}

function wordsOf(error: ErrorObject): string {
  const { keyword, params, schema, data } = error;
  switch (keyword) {
    case "required":
      return `the property ${params["missingProperty"]} is missing`;
    case "type":
      return `expected ${kinds(schema)}, found ${isFraction(error) ? data : kindOf(data)}`;
    case "enum":
      return `expected one of ${list(schema)}; found ${shown(data)}`;
    case "const":
      return `expected ${shown(schema)}, found ${shown(data)}`;
    case "oneOf":
      return alternatives(error);
    case "not":
      return isJsonObject(schema) && Array.isArray(schema["enum"])
        ? `must not be ${list(schema["enum"]).replaceAll(", ", " or ")}`
        : "has a value that is not allowed";
    case "format":
      return `expected a string of the format ${schema}, found ${shown(data)}`;
    case "pattern":
      if (schema === nulPattern) return "must not contain NUL";
      return `expected a string that matches ${schema}, found ${shown(data)}`;
    case "minLength":
    case "maxLength":
      return `expected at ${keyword === "minLength" ? "least" : "most"} ${count(schema, "character")}, found ${[...String(data)].length}`;
    case "minimum":
    case "maximum":
      return `expected at ${keyword === "minimum" ? "least" : "most"} ${schema}, found ${shown(data)}`;
    case "minProperties":
      return `expected at least ${count(schema, "property", "properties")}, found ${Object.keys(Object(data)).length}`;
    case "additionalProperties":
      return `unknown property ${shown(params["additionalProperty"])}`;
    case "x-contract-byte-length":
      if (!isWellFormed(String(data))) return illFormed;
      return `expected ${limits(schema)} of UTF-8, found ${Buffer.byteLength(String(data))}`;
    default:
      return error.message ?? `violates ${keyword}`;
  }
}

/** Whether a number was found where an integer was expected: then the message shows the number instead of its type. */
function isFraction({ schema, data }: ErrorObject): boolean {
  return typeof data === "number" && [schema].flat().includes("integer");
}

/** The message if several alternatives fit, or none does and no more precise error is known. */
function alternatives(error: ErrorObject): string {
  const keys = keysOfBranches(error);
  if (keys.length < 2 || !isJsonObject(error.data)) {
    return "expected one of the alternatives of the schema";
  }
  const found = keys.filter((key) => isJsonObject(error.data) && key in error.data);
  return `expected exactly one of ${keys.join(" and ")}, found ${found.join(" and ") || "neither"}`;
}

function keysOfBranches({ parentSchema }: ErrorObject): readonly string[] {
  const branches: unknown = parentSchema?.["oneOf"];
  if (!Array.isArray(branches)) return [];
  return branches.flatMap((branch: unknown) => {
    const required: unknown = isJsonObject(branch) ? branch["required"] : undefined;
    return Array.isArray(required) ? required.map(String) : [];
  });
}

function kinds(schema: unknown): string {
  const names = (Array.isArray(schema) ? schema : [schema]).map(String);
  return names.map((name) => (name === "null" ? name : `${article(name)} ${name}`)).join(" or ");
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "string") return `the string ${shown(value)}`;
  const name = Array.isArray(value) ? "array" : typeof value;
  return name === "undefined" ? "nothing" : `${article(name)} ${name}`;
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? "an" : "a";
}

function list(values: unknown): string {
  return (Array.isArray(values) ? values : [values]).map(shown).join(", ");
}

function limits(schema: unknown): string {
  const { min, max } = Object(schema);
  if (min === undefined) return `at most ${count(max, "byte")}`;
  if (max === undefined) return `at least ${count(min, "byte")}`;
  return `${min} to ${count(max, "byte")}`;
}

function count(number: unknown, noun: string, plural: string = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

import { InputError } from "./input-error.js";

/**
 * A value that violates the contract. It collects one key at each level on its way up, so that valid values pay nothing for
 * their place. The caller turns it into a `TypeError` (for input) or a `ContractError` (for a response).
 */
export class ValidationError extends Error {
  override readonly name = "ValidationError";
  /** Keys from the outermost to the innermost. */
  readonly keys: (string | number)[] = [];
  readonly expected: string;
  readonly found: string;

  constructor(
    expected: string,
    value: unknown,
    key?: string | number,
    found: string = describe(value),
  ) {
    super(`expected ${expected}`);
    this.expected = expected;
    this.found = found;
    if (key !== undefined) this.keys.push(key);
  }

  /** The place as a JSON pointer (RFC 6901). */
  get pointer(): string {
    return this.keys
      .map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`)
      .join("");
  }

  /** The place as it reads in code: `scope.ops[3]`. */
  get field(): string {
    return this.keys
      .map((key, level) => (typeof key === "number" ? `[${key}]` : level === 0 ? key : `.${key}`))
      .join("");
  }
}

/** The error of an invalid input, before anything is sent. */
export function toInputError({ field, expected, found }: ValidationError): InputError {
  return new InputError(`${field || "input"}: expected ${expected}, found ${found}`);
}

/** Adds the key of the surrounding level and throws again. */
export function rethrowUnder(error: unknown, key: string | number): never {
  if (error instanceof ValidationError) error.keys.unshift(key);
  throw error;
}

/** The kind of a value, never the value itself: it may be a secret. */
function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "number") return Number.isFinite(value) ? "a number" : String(value);
  // By its kind, because a date of another realm is an instance of another class.
  if (typeof value === "object")
    return Object.prototype.toString.call(value) === "[object Date]" ? "a Date" : "an object";
  return `a ${typeof value}`;
}

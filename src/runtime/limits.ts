import { ValidationError } from "./validation-error.js";

/** What the contract asks of a string beyond being one. */
export interface StringLimits {
  /** Inclusive, in UTF-8 bytes. */
  readonly minBytes?: number;
  /** Inclusive, in UTF-8 bytes. */
  readonly maxBytes?: number;
  /** Inclusive, in Unicode code points, as JSON Schema counts. */
  readonly minLength?: number;
  /** Inclusive, in Unicode code points, as JSON Schema counts. */
  readonly maxLength?: number;
  /** A regular expression that must match somewhere, with the `u` flag, as JSON Schema reads it. */
  readonly pattern?: string;
  /** Values that are refused. */
  readonly not?: readonly string[];
}

/** What the contract asks of a number beyond being one; `minimum` and `maximum` are inclusive. */
export interface NumberLimits {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
}

/** How many items the contract wants in an array; both inclusive. */
export interface ItemLimits {
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** The pattern by which a contract forbids the character NUL, which few readers of an error would recognise. */
export const withoutNul: string = "^[^\\u0000]*$";
const patterns: Map<string, RegExp> = new Map();

/** A string within its limits, checked before it is sent. A lone surrogate has no UTF-8 form and is refused. */
export function withinLimits(value: unknown, limits: StringLimits, key?: string): string {
  if (typeof value !== "string") throw new ValidationError("a string", value, key);
  if (/\p{Surrogate}/u.test(value)) {
    throw new ValidationError("well-formed Unicode", value, key, "a lone surrogate");
  }
  const { minBytes = 0, maxBytes = Number.POSITIVE_INFINITY } = limits;
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = limits;
  // Counted only where it may matter: a unit of UTF-16 is one to three bytes of UTF-8, and at least half a character.
  const units = value.length;
  if (units < minBytes || units * 3 > maxBytes) {
    // Without TextEncoder, which not every environment has. A lone surrogate was refused above.
    const bytes = encodeURIComponent(value).replace(/%../g, "x").length;
    if (bytes < minBytes || bytes > maxBytes) {
      throw new ValidationError(
        `${range(minBytes, maxBytes)} bytes of UTF-8`,
        value,
        key,
        `${bytes}`,
      );
    }
  }
  if (units < minLength * 2 || units > maxLength) {
    const length = [...value].length;
    if (length < minLength || length > maxLength) {
      throw new ValidationError(
        `${range(minLength, maxLength)} characters`,
        value,
        key,
        `${length}`,
      );
    }
  }
  if (limits.not?.includes(value)) {
    const refused = limits.not.map((one) => JSON.stringify(one)).join(" nor ");
    throw new ValidationError(`neither ${refused}`, value, key, JSON.stringify(value));
  }
  if (limits.pattern !== undefined && !compiled(limits.pattern).test(value)) {
    if (limits.pattern === withoutNul) {
      throw new ValidationError("a string without NUL", value, key, "one with it");
    }
    throw new ValidationError(
      `a string that matches ${limits.pattern}`,
      value,
      key,
      "one that does not",
    );
  }
  return value;
}

/** A number within its limits, checked before it is sent. */
export function withinRange(value: number, limits: NumberLimits, key?: string): number {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = limits;
  const { exclusiveMinimum: above = Number.NEGATIVE_INFINITY } = limits;
  const { exclusiveMaximum: below = Number.POSITIVE_INFINITY, multipleOf } = limits;
  const refuse = (expected: string): ValidationError =>
    new ValidationError(`a number ${expected}`, value, key, String(value));
  if (value < minimum || value > maximum) throw refuse(range(minimum, maximum));
  if (value <= above) throw refuse(`above ${above}`);
  if (value >= below) throw refuse(`below ${below}`);
  // 0.3 is a multiple of 0.1 to people and to JSON Schema; the remainder of doubles is not 0.
  if (multipleOf !== undefined && !Number.isInteger(Number((value / multipleOf).toPrecision(15)))) {
    throw refuse(`that is a multiple of ${multipleOf}`);
  }
  return value;
}

/** An array with as many items as the contract wants, checked before it is sent. */
export function withinItems<T>(items: T[], limits: ItemLimits, key?: string): T[] {
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = limits;
  if (items.length < minItems || items.length > maxItems) {
    throw new ValidationError(`${range(minItems, maxItems)} items`, items, key, `${items.length}`);
  }
  return items;
}

/**
 * A path parameter: one percent-encoded segment. The empty string, `.` and `..` are refused, because URLs are
 * normalised before they are sent and the request would reach another resource.
 */
export function asPathSegment(value: unknown, key: string): string | number | boolean {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
    throw new ValidationError("a string, a number or a boolean", value, key);
  }
  if (value === "" || value === "." || value === "..") {
    throw new ValidationError(
      'a path segment: not "", "." nor ".."',
      value,
      key,
      JSON.stringify(value),
    );
  }
  return value;
}

/** A text that HTTP can carry in a header; the error does not show it. */
export function asHeaderValue(value: string, key: string): string {
  try {
    new Headers([["x", value]]);
    return value;
  } catch {
    throw new ValidationError("a text that a header can carry", value, key, "one that it cannot");
  }
}

/**
 * A variable of a server URL, such as a host label. Only unreserved characters (RFC 3986 §2.3) are taken, so that no
 * value can lead the request, and the credential with it, to another host.
 */
export function asServerVariable(value: unknown, key: string): string {
  if (typeof value !== "string" || !/^[\w.~-]+$/.test(value)) {
    throw new ValidationError("a part of a host name: letters, digits, - . _ ~", value, key);
  }
  return value;
}

function range(min: number, max: number): string {
  if (max === Number.POSITIVE_INFINITY) return `at least ${min}`;
  return min === 0 || min === Number.NEGATIVE_INFINITY ? `at most ${max}` : `from ${min} to ${max}`;
}

function compiled(pattern: string): RegExp {
  let expression = patterns.get(pattern);
  if (expression === undefined) {
    expression = new RegExp(pattern, "u");
    patterns.set(pattern, expression);
  }
  return expression;
}

import { asString } from "./check.js";
import { ValidationError } from "./validation-error.js";

/**
 * A check of a constraint beyond a value's type.
 *
 * @returns what the contract expects and what was found; `undefined` for a valid value
 */
export type Limit<Value> = (value: Value) => readonly [expected: string, found: string] | undefined;

/** The pattern by which a contract forbids the character NUL, which few readers of an error would recognise. */
export const nulPattern: string = "^[^\\u0000]*$";

const patterns: Map<string, RegExp> = new Map();

/** A value within its limits, checked before it is sent. */
export function within<Value>(
  value: Value,
  limits: readonly Limit<NoInfer<Value>>[],
  key?: string,
): Value {
  for (const limit of limits) {
    const broken = limit(value);
    if (broken !== undefined) throw new ValidationError(broken[0], value, key, broken[1]);
  }
  return value;
}

/** A string that can be sent. A lone surrogate has no UTF-8 form and is refused. */
export function asText(value: unknown, key?: string): string {
  const text = asString(value, key);
  if (!/\p{Surrogate}/u.test(text)) return text;
  throw new ValidationError("well-formed Unicode", value, key, "a lone surrogate");
}

/** A string of this many bytes of UTF-8, both inclusive. */
export function byteCount(least: number, most: number = Number.POSITIVE_INFINITY): Limit<string> {
  return (text) => {
    // Counted only where it may matter: a unit of UTF-16 is one to three bytes of UTF-8.
    if (text.length >= least && text.length * 3 <= most) return undefined;
    // Without TextEncoder, which not every environment has. A lone surrogate was refused before.
    const bytes = encodeURIComponent(text).replace(/%../g, "x").length;
    return amount(bytes, least, most, "bytes of UTF-8");
  };
}

/** A string of this many Unicode code points, as JSON Schema counts, both inclusive. */
export function characterCount(
  least: number,
  most: number = Number.POSITIVE_INFINITY,
): Limit<string> {
  return (text) => {
    // Counted only where it may matter: a code point is one or two units of UTF-16.
    if (text.length >= least * 2 && text.length <= most) return undefined;
    return amount([...text].length, least, most, "characters");
  };
}

/** A string that is none of these. */
export function noneOf(...refused: readonly string[]): Limit<string> {
  return (text) =>
    refused.includes(text)
      ? [`neither ${refused.map((one) => JSON.stringify(one)).join(" nor ")}`, JSON.stringify(text)]
      : undefined;
}

/** A string without the character NUL. */
export function withoutNul(text: string): ReturnType<Limit<string>> {
  return text.includes("\0") ? ["a string without NUL", "one with it"] : undefined;
}

/** A string in which a regular expression matches somewhere, with the `u` flag, as JSON Schema reads it. */
export function matching(pattern: string): Limit<string> {
  return (text) => {
    let expression = patterns.get(pattern);
    if (expression === undefined) {
      expression = new RegExp(pattern, "u");
      patterns.set(pattern, expression);
    }
    return expression.test(text)
      ? undefined
      : [`a string that matches ${pattern}`, "one that does not"];
  };
}

/** A number of at least this. */
export function atLeast(least: number): Limit<number> {
  return (value) => (value < least ? [`a number of at least ${least}`, String(value)] : undefined);
}

/** A number of at most this. */
export function atMost(most: number): Limit<number> {
  return (value) => (value > most ? [`a number of at most ${most}`, String(value)] : undefined);
}

/** A number between these, both inclusive. */
export function between(least: number, most: number): Limit<number> {
  return (value) =>
    value < least || value > most
      ? [`a number from ${least} to ${most}`, String(value)]
      : undefined;
}

/** A number above this. */
export function above(bound: number): Limit<number> {
  return (value) => (value <= bound ? [`a number above ${bound}`, String(value)] : undefined);
}

/** A number below this. */
export function below(bound: number): Limit<number> {
  return (value) => (value >= bound ? [`a number below ${bound}`, String(value)] : undefined);
}

/** A multiple of a number. */
export function multipleOf(unit: number): Limit<number> {
  // 0.3 is a multiple of 0.1 to people and to JSON Schema; the remainder of doubles is not 0.
  return (value) =>
    Number.isInteger(Number((value / unit).toPrecision(15)))
      ? undefined
      : [`a number that is a multiple of ${unit}`, String(value)];
}

/** An array of this many items, both inclusive. */
export function itemCount(
  least: number,
  most: number = Number.POSITIVE_INFINITY,
): Limit<readonly unknown[]> {
  return ({ length }) => amount(length, least, most, "items");
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

/** A string that a header can carry; the error does not show it. */
export function asHeaderValue(value: string, key: string): string {
  try {
    new Headers([["x", value]]);
    return value;
  } catch {
    throw new ValidationError("a string that a header can carry", value, key, "another string");
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

function amount(
  found: number,
  least: number,
  most: number,
  of: string,
): readonly [string, string] | undefined {
  if (found >= least && found <= most) return undefined;
  const range =
    most === Number.POSITIVE_INFINITY
      ? `at least ${least}`
      : least === 0
        ? `at most ${most}`
        : `from ${least} to ${most}`;
  return [`${range} ${of}`, String(found)];
}

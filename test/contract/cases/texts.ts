/** Texts for the limits of a string schema: of a length, of a size, and such that a pattern or a format refuses. */
import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../read-document.js";

/** The limits of a string schema, inclusive; both counts where both are given. */
export interface TextLimits {
  readonly minLength: number;
  readonly maxLength: number;
  readonly minBytes: number;
  readonly maxBytes: number;
}

/** Reads the limits; what is not said is open. */
export function limitsOf(schema: JsonObject): TextLimits {
  const bytes = schema["x-contract-byte-length"];
  const { min, max } = isJsonObject(bytes) ? bytes : {};
  return {
    minLength: numberOr(schema["minLength"], 0),
    maxLength: numberOr(schema["maxLength"], Number.POSITIVE_INFINITY),
    minBytes: numberOr(min, 0),
    maxBytes: numberOr(max, Number.POSITIVE_INFINITY),
  };
}

/** A text of so many characters, which are bytes too. */
export function textOf(length: number): string {
  return "a".repeat(length);
}

/** A text of so many bytes in as few characters as its widest ones allow. */
export function wideTextOf(bytes: number): string {
  const wide = "\u{1f600}";
  const rest = bytes % 4;
  return `${wide.repeat(Math.floor(bytes / 4))}${textOf(rest)}`;
}

/** Dates that RFC 3339 allows, each for a reason. */
export const goodDates: readonly (readonly [what: string, text: string])[] = [
  ["in UTC", "2125-01-01T00:00:00Z"],
  ["with an offset", "2125-01-01T08:30:00+02:00"],
  ["with a negative offset", "2125-06-30T23:59:59-11:30"],
  ["with a fraction", "2125-01-01T00:00:00.123456789Z"],
  ["on a leap day", "2124-02-29T12:00:00Z"],
  ["on a leap second", "2125-06-30T23:59:60Z"],
  ["of the past", "1969-12-31T23:59:59Z"],
];

/** Texts that are close to a date-time of RFC 3339 and are none. */
export const badDates: readonly (readonly [what: string, text: string])[] = [
  ["a word", "tomorrow"],
  ["nothing", ""],
  ["a date alone", "2125-01-01"],
  ["a time without an offset", "2125-01-01T00:00:00"],
  ["a month too many", "2125-13-01T00:00:00Z"],
  ["a day that its month lacks", "2125-02-30T00:00:00Z"],
  ["an hour too many", "2125-01-01T24:00:00Z"],
  ["a minute too many", "2125-01-01T00:60:00Z"],
  ["an epoch", "4891363200"],
];

/** A text that the pattern refuses, one that the other limits allow. */
export function unmatched(pattern: string): string {
  const expression = new RegExp(pattern, "u");
  const found = ["a\u0000b", " ", "é", "!", "A", "0", "a", "_", "-"].find(
    (text) => !expression.test(text),
  );
  if (found === undefined) throw new Error(`teach texts.ts a text that ${pattern} refuses`);
  return found;
}

/** The texts that `not` refuses. */
export function refusedTexts(schema: JsonObject): readonly Json[] {
  const not = schema["not"];
  const values = isJsonObject(not) ? not["enum"] : undefined;
  return isJsonArray(values) ? values : [];
}

function numberOr(value: Json | undefined, open: number): number {
  return typeof value === "number" ? value : open;
}

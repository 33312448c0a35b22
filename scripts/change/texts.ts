/** Strings at the limits of lengths, bytes, patterns and formats. */
import fc from "fast-check";
import type { View } from "./schema-view.js";

/** A string of each format that validators know, for both sides of a format change. */
const formatted: Readonly<Record<string, string>> = {
  "date-time": "2100-01-01T00:00:00Z",
  date: "2100-01-01",
  time: "00:00:00Z",
  duration: "P1D",
  email: "a@example.com",
  hostname: "example.com",
  ipv4: "127.0.0.1",
  ipv6: "::1",
  uri: "https://example.com/",
  "uri-reference": "/a",
  url: "https://example.com/",
  uuid: "00000000-0000-4000-8000-000000000000",
  byte: "YQ==",
  regex: "a",
  "json-pointer": "/a",
};

/** Strings that patterns and encoders treat specially. */
const oddTexts = [
  "a",
  "A",
  "0",
  "_",
  "-",
  ".",
  "..",
  "/",
  " ",
  "é",
  "\u0000",
  "\u{1f600}",
  "aB-9_.z",
];

/** A string within the limits that also matches pattern and format, if one is found. */
export function textWithin(view: View): string {
  const known = view.formats.map((format) => formatted[format]).find((text) => text !== undefined);
  if (known !== undefined) return known;
  const least = Math.max(view.limits.get("minLength") ?? 0, view.limits.get("minBytes") ?? 0);
  const plain = "a".repeat(least);
  if (view.patterns.every((pattern) => matches(pattern, plain))) return plain;
  const found = matching(view).find((text) => isWithin(view, text));
  return found ?? plain;
}

/** Strings at and beyond the limits of a view. */
export function edgeTexts(view: View): readonly string[] {
  if (view.types !== undefined && !view.types.has("string")) return [];
  const lengths = ["minLength", "maxLength", "minBytes", "maxBytes"].flatMap(
    (key) => view.limits.get(key) ?? [],
  );
  const sized = [...new Set(lengths.flatMap((edge) => [edge - 1, edge, edge + 1]))]
    .filter((length) => length >= 0 && length <= 100_000)
    .flatMap((length) => ["a".repeat(length), wide(length)]);
  return [
    ...sized,
    ...Object.values(formatted),
    "tomorrow",
    ...(view.patterns.length > 0 || view.refused.length > 0 || view.values !== undefined
      ? oddTexts
      : []),
    ...matching(view),
  ];
}

/** A string of so many bytes with as few characters as possible. */
function wide(bytes: number): string {
  return "\u{1f600}".repeat(Math.floor(bytes / 4)) + "a".repeat(bytes % 4);
}

/** Short names that match patterns. */
export function namesLike(patterns: readonly string[]): readonly string[] {
  return patterns.flatMap((pattern) =>
    sampleOf(pattern)
      .toSorted((left, right) => left.length - right.length)
      .slice(0, 2),
  );
}

/** A fixed sample of strings that match the patterns of a view. */
function matching({ patterns }: View): readonly string[] {
  return patterns.flatMap(sampleOf);
}

const samples = new Map<string, readonly string[]>();

function sampleOf(pattern: string): readonly string[] {
  const known = samples.get(pattern);
  if (known !== undefined) return known;
  const found = sampled(pattern);
  samples.set(pattern, found);
  return found;
}

function sampled(pattern: string): readonly string[] {
  try {
    return fc.sample(fc.stringMatching(new RegExp(pattern, "u")), { numRuns: 60, seed: 1 });
  } catch {
    // fast-check cannot generate strings for some patterns, such as look-arounds. Other values are tried then.
    return [];
  }
}

function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    return false;
  }
}

function isWithin({ limits, patterns }: View, text: string): boolean {
  const length = [...text].length;
  const bytes = Buffer.byteLength(text);
  return (
    patterns.every((pattern) => matches(pattern, text)) &&
    length >= (limits.get("minLength") ?? 0) &&
    length <= (limits.get("maxLength") ?? Number.POSITIVE_INFINITY) &&
    bytes >= (limits.get("minBytes") ?? 0) &&
    bytes <= (limits.get("maxBytes") ?? Number.POSITIVE_INFINITY)
  );
}

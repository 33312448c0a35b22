/** Texts that all printers share: the verdict, whom a change breaks, a witness on one line. */
import type { Json } from "../../model/api.js";
import { isObject } from "../../spec/canonical.js";
import type { Bump, Finding, Who } from "../finding.js";
import { meaningOf } from "../meaning.js";
import type { Report } from "../report.js";

/** Descriptions of the consumers that break. */
const people: Readonly<Record<Who, string>> = {
  sender: "senders",
  reader: "readers",
  "strict-reader": "strict readers",
  types: "callers at compile time",
  switch: "exhaustive switches",
  behaviour: "callers, in what the same call means",
};

/** The verdict in one sentence. */
export function verdictLine({ change, release, version }: Report): string {
  const { bump, findings } = change;
  if (findings.length === 0) return "No change: both contracts are the same.";
  const broken = findings.filter((one) => one.bump === "major");
  const operations = new Set(broken.flatMap(({ operation }) => operation ?? []));
  const now = release === bump ? "" : ` (${release} before 1.0.0; the version is ${version})`;
  const needs = `needs a ${bump} release${now}`;
  if (broken.length === 0) return `Not breaking: ${counted(findings.length, "change")}; ${needs}.`;
  const where = operations.size === 0 ? "" : ` in ${counted(operations.size, "operation")}`;
  return `Breaking: ${counted(broken.length, "change")}${where}; ${needs}.`;
}

/** The consumers that a change breaks, as text. */
export function whoLine({ who }: Finding): string {
  return who.length === 0 ? "nobody" : who.map((one) => people[one]).join(", ");
}

/** The change on one line: the old and the new value, or what was added or removed. */
export function changeLine({ about, rule, was, now }: Finding): string {
  if (/property-made|header-made/.test(rule)) return `${about} ${String(was)} -> ${String(now)}`;
  const limit = limitWords[about];
  if (limit !== undefined) {
    return `${limit}${was === null ? "no limit" : short(was)} -> ${now === null ? "no limit" : short(now)}`;
  }
  if (/null-(allowed|refused)$/.test(rule))
    return rule.endsWith("allowed") ? "null allowed" : "null refused";
  const noun = kinds.find(([pattern]) => pattern.test(rule))?.[1] ?? "";
  const named = noun === "" ? "" : `${noun} `;
  if (was === null) return `added ${named}${short(now)}`;
  if (now === null) return `removed ${named}${short(was)}`;
  return `${named}${short(was)} -> ${short(now)}`;
}

/** Nouns for rules whose value alone would not be clear. */
const kinds: readonly (readonly [rule: RegExp, noun: string])[] = [
  [/value-(no-longer-)?refused/, "refused value"],
  [/tag-value/, "value of the tag"],
  [/enum/, "value"],
  [/property-(added|removed)/, "property"],
  [/pattern/, "pattern"],
  [/format/, "format"],
  [/default/, "default"],
  [/type-(added|removed|changed)$/, "type"],
  [/branch/, "branch"],
  [/error-code/, "error code"],
  [/status/, "status"],
  [/media-type/, "media type"],
  [/header/, "header"],
  [/parameter-(added|removed)/, "parameter"],
  [/some-of/, "x-contract-some-of"],
  [/requirement/, "x-contract-requires"],
  [/secret/, "x-contract-secret"],
  [/pagination|lookup/, "x-contract-pagination"],
  [/server-variable/, "variable"],
  [/server-(added|removed)/, "server"],
  [/-condition-/, "condition"],
  [/route|operation-(added|removed)/, ""],
];

/** Keywords that are printed before their numbers. */
const limitWords: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ..."minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum minItems maxItems".split(
      " ",
    ),
    ..."minProperties maxProperties multipleOf minBytes maxBytes".split(" "),
  ].map((keyword) => [keyword, `${keyword} `]),
);

/** Data on one line: long strings and lists are cut, and their size is said. */
export function short(value: Json, most = 200): string {
  const text = JSON.stringify(shortened(value));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

function shortened(value: Json): Json {
  if (typeof value === "string" && Buffer.byteLength(value) > 48) {
    // By characters, so that none is cut in two.
    return `${[...value].slice(0, 12).join("")}… (${Buffer.byteLength(value)} bytes)`;
  }
  if (Array.isArray(value)) {
    const items: readonly Json[] = value.map(shortened);
    return items.length > 4 ? [...items.slice(0, 3), `… (${items.length} items)`] : items;
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shortened(member)]));
}

/** Findings by operation: first those that need the largest bump. */
export function byOperation(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const finding of inOrder(findings)) {
    const key = finding.operation ?? "the whole contract";
    found.set(key, [...(found.get(key) ?? []), finding]);
  }
  return found;
}

/** Splits findings into breaking and safe ones. */
export function parted(
  findings: readonly Finding[],
): readonly [breaks: readonly Finding[], safe: readonly Finding[]] {
  return [
    findings.filter(({ who }) => who.length > 0),
    findings.filter(({ who }) => who.length === 0),
  ];
}

/** A number with its noun, in the singular or the plural. */
export function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

/** Sorts findings: the largest bump first, then the shortest witness. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const rank: readonly Bump[] = ["major", "minor", "patch", "none"];
  const size = ({ witness }: Finding): number =>
    witness === null ? Number.MAX_SAFE_INTEGER : JSON.stringify(witness).length;
  return findings.toSorted(
    (left, right) => rank.indexOf(left.bump) - rank.indexOf(right.bump) || size(left) - size(right),
  );
}

/** A draft for the changelog; `undefined` if callers notice no change. */
export function changelogLine({ change }: Report): string | undefined {
  const [worst, ...more] = inOrder(change.findings.filter(({ bump }) => bump !== "patch"));
  if (worst === undefined) return undefined;
  const { operation, where, rule, bump } = worst;
  const kind = bump === "major" ? "Breaking: " : "";
  const others = more.length === 0 ? "" : ` And ${counted(more.length, "more change")}.`;
  const place = operation === null ? where : `${operation}, ${where}`;
  return `${kind}${place}: ${changeLine(worst)}. ${meaningOf(rule)}${others}`;
}

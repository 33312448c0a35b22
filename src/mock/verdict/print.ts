import {
  type Item,
  invalidCount,
  type Kind,
  kinds,
  misses,
  share,
  type Thresholds,
  type UnknownNameSent,
  type Verdict,
} from "./verdict.js";

/** The formats of a verdict. */
export const verdictFormats: readonly ["text", "json", "junit"] = ["text", "json", "junit"];

/** One of {@link verdictFormats}. */
export type VerdictFormat = (typeof verdictFormats)[number];

/** Formats a verdict. */
export function printVerdict(
  verdict: Verdict,
  format: VerdictFormat,
  thresholds: Thresholds,
): string {
  switch (format) {
    case "text":
      return asText(verdict, thresholds);
    case "json":
      return JSON.stringify(asJson(verdict, thresholds), null, 2);
    case "junit":
      return asJunit(verdict, thresholds);
  }
}

/** A verdict as plain data, with its outcome. */
export function asJson(verdict: Verdict, thresholds: Thresholds): object {
  const shares = kinds.map((kind) => [kind, share(verdict, kind)]);
  const missed = misses(verdict, thresholds);
  return { passed: missed.length === 0, missed, shares: Object.fromEntries(shares), ...verdict };
}

function asText(verdict: Verdict, thresholds: Thresholds): string {
  const missed = misses(verdict, thresholds);
  const shares = kinds.map((kind) => {
    const { seen, all, percent } = share(verdict, kind);
    return `  ${kind.padEnd(10)} ${String(seen).padStart(4)} of ${all} (${percent.toFixed(0)} %)`;
  });
  const unseen = kinds.flatMap((kind) => {
    const lines = unseenOf(verdict, kind);
    return lines.length === 0 ? [] : [`Never exercised, ${kind}:`, ...lines];
  });
  const invalid = verdict.invalid.map(
    ({ request, code, explanation, times }) => `  ${times} x ${request}  ${code}: ${explanation}`,
  );
  const { moreInvalid } = verdict;
  const more = moreInvalid === 0 ? [] : [`  and ${moreInvalid} more`];
  const { moreUnknown } = verdict;
  const unknown = [
    ...verdict.unknown.map((one) =>
      `  ${one.times} x ${labelOfUnknown(one)}  ${hintOf(one)}`.trimEnd(),
    ),
    ...(moreUnknown === 0 ? [] : [`  and ${moreUnknown} more`]),
  ];
  return [
    "Exercised by this consumer:",
    ...shares,
    ...unseen,
    ...(invalid.length === 0
      ? ["No invalid request was sent."]
      : ["Invalid requests:", ...invalid, ...more]),
    ...(unknown.length === 0 ? [] : ["Unknown names sent, which the service ignores:", ...unknown]),
    outcome(missed),
  ].join("\n");
}

/** The last line of a verdict. */
export function outcome(missed: readonly string[]): string {
  return missed.length === 0 ? "Verdict: passed" : `Verdict: failed (${missed.join("; ")})`;
}

function labelOfUnknown({ operation, place, name }: UnknownNameSent): string {
  return `${operation}  ${place} ${name}`;
}

function hintOf({ meant }: UnknownNameSent): string {
  return meant === undefined ? "" : `did you mean ${meant}?`;
}

/** The names of unexercised items by operation, wrapped for a terminal. */
function unseenOf({ items }: Verdict, kind: Kind): readonly string[] {
  const names = new Map<string, string[]>();
  for (const { operation, name, times, kind: other } of items) {
    if (other === kind && times === 0)
      names.set(operation, [...(names.get(operation) ?? []), name]);
  }
  return [...names].flatMap(([operation, all]) =>
    kind === "operations" ? [`  ${operation}`] : [`  ${operation}`, ...wrapped(all)],
  );
}

/** Wraps names to lines of about 80 characters. */
function wrapped(names: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const [index, name] of names.entries()) {
    const item = index === names.length - 1 ? name : `${name},`;
    const line = `${lines.at(-1) ?? ""} ${item}`;
    if (lines.length > 0 && line.length <= 80) lines[lines.length - 1] = line;
    else lines.push(`    ${item}`);
  }
  return lines;
}

/** JUnit XML: each item is a test case, skipped if it was not exercised. Missed thresholds are failures. */
function asJunit(verdict: Verdict, thresholds: Thresholds): string {
  const items = verdict.items.map((item) => {
    const inner = item.times === 0 ? "<skipped/>" : "";
    return testcase(item.kind, labelOf(item), inner);
  });
  const missed = misses(verdict, thresholds).map((miss) =>
    testcase("thresholds", miss, failure(miss)),
  );
  // Invalid requests are failures only if a threshold forbids them; otherwise they are listed as output.
  const most = thresholds.invalid ?? Number.POSITIVE_INFINITY;
  const isForbidden = invalidCount(verdict) > most;
  const report = (request: string, text: string): string => {
    const content = isForbidden ? failure(text) : `<system-out>${escaped(text)}</system-out>`;
    return testcase("invalid requests", request, content);
  };
  const invalid = verdict.invalid.map(({ request, code, explanation, times }) =>
    report(request, `${times} x ${code}: ${explanation}`),
  );
  const { moreInvalid } = verdict;
  if (moreInvalid > 0) invalid.push(report(`and ${moreInvalid} more`, "these are not listed"));
  const unknown = verdict.unknown.map((one) =>
    testcase(
      "unknown names",
      labelOfUnknown(one),
      `<system-out>${escaped(`${one.times} x ${hintOf(one)}`.trim())}</system-out>`,
    ),
  );
  const cases = [...items, ...invalid, ...unknown, ...missed];
  const failures = (isForbidden ? invalid.length : 0) + missed.length;
  const skipped = verdict.items.filter(({ times }) => times === 0).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites><testsuite name="contract" tests="${cases.length}" failures="${failures}" skipped="${skipped}">`,
    ...cases,
    "</testsuite></testsuites>",
  ].join("\n");
}

function testcase(classname: string, name: string, inner: string): string {
  return `  <testcase classname="${escaped(classname)}" name="${escaped(name)}">${inner}</testcase>`;
}

function failure(message: string): string {
  return `<failure message="${escaped(message)}"/>`;
}

function labelOf({ kind, operation, name }: Item): string {
  return kind === "operations" ? operation : `${operation} ${name}`;
}

/** Characters that XML 1.0 does not allow, not even escaped. */
const notXml = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Escapes a string for XML, in text or in a double-quoted attribute. */
function escaped(text: string): string {
  const named: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(notXml, "?").replace(/[&<>"]/g, (char) => named[char] ?? char);
}

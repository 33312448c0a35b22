import { markdownTable } from "../bench/table.js";
import { isDone, type Measured, type Reason } from "./measure.js";
import type { Comparison } from "./others.js";

/** The table of a run: one row for each document, then the sums. */
export function documentTable(all: readonly Measured[]): string {
  const sum = (count: (one: Measured) => number): number =>
    all.reduce((total, one) => total + count(one), 0);
  const rows = all.map((one) => [
    one.document,
    one.version,
    String(one.operations),
    String(one.generated),
    String(one.leftOut.length),
    one.seconds.generate.toFixed(1),
    one.seconds.check.toFixed(1),
    resultOf(one),
  ]);
  const head = [
    "document",
    "version",
    "operations",
    "generated",
    "left out",
    "s",
    "check s",
    "result",
  ];
  const done = all.filter(isDone).length;
  const total = [
    `${all.length} documents`,
    "",
    String(sum((one) => one.operations)),
    String(sum((one) => one.generated)),
    String(sum((one) => one.leftOut.length)),
    sum((one) => one.seconds.generate).toFixed(0),
    sum((one) => one.seconds.check).toFixed(0),
    `${done} of ${all.length} right`,
  ];
  return markdownTable(head, [...rows, total]);
}

function resultOf(one: Measured): string {
  if (isDone(one)) return "right";
  const { crash, refused, compiler, linter, suppressions, generated } = one;
  return [
    crash === undefined ? "" : "crashed",
    refused.length === 0 ? "" : `refused: ${refused.length} problems`,
    compiler.length === 0 ? "" : `tsc: ${compiler.length}`,
    linter.length === 0 ? "" : `biome: ${linter.length}`,
    suppressions.length === 0 ? "" : `suppressions: ${suppressions.length}`,
    generated === 0 && refused.length === 0 && crash === undefined ? "nothing generated" : "",
  ]
    .filter((text) => text !== "")
    .join(", ");
}

/** Everything that went wrong or was left out, grouped by kind: how often, in how many documents, one place. */
export function reasonTable(all: readonly Measured[]): string {
  const kinds = new Map<string, { count: number; documents: Set<string>; first: string }>();
  const note = (what: string, document: string, reason: Reason): void => {
    const kind = `${what}: ${kindOf(reason.words)}`;
    const known = kinds.get(kind) ?? {
      count: 0,
      documents: new Set<string>(),
      first: `${document} ${reason.operation ?? ""} ${reason.at} ${reason.words}`.slice(0, 260),
    };
    known.count += 1;
    known.documents.add(document);
    kinds.set(kind, known);
  };
  const plain = (words: string): Reason => ({ at: "", words });
  for (const one of all) {
    for (const reason of one.refused) note("refused", one.document, reason);
    for (const reason of one.leftOut) note("left out", one.document, reason);
    for (const words of one.compiler) note("tsc", one.document, plain(words));
    for (const words of one.linter) note("biome", one.document, plain(words));
    for (const words of one.suppressions) note("suppression", one.document, plain(words));
    if (one.crash !== undefined) note("crash", one.document, plain(one.crash.slice(0, 400)));
  }
  if (kinds.size === 0) return "Nothing was refused or left out.";
  const rows = [...kinds]
    .sort(([, left], [, right]) => right.count - left.count)
    .map(([kind, { count, documents, first }]) => [
      kind.slice(0, 150),
      String(count),
      String(documents.size),
      `    ${first.replaceAll(/\s+/g, " ")}`,
    ]);
  return rows
    .map(([kind, count, documents, first]) => `${count} in ${documents}: ${kind}\n${first}`)
    .join("\n");
}

/** The words of a reason without what is only of its place: names in quotes, numbers, files. */
function kindOf(words: string): string {
  return words
    .replace(/^\S+:\d+:\d+ /, "")
    .replace(/^\S+:\d+ (?=lint|assist|format|suppress)/, "")
    .replaceAll(/"[^"]*"|'[^']*'|`[^`]*`/g, "…")
    .replaceAll(/#\/\S+/g, "#/…")
    .replaceAll(/\d+/g, "0")
    .replaceAll(/\s+/g, " ");
}

/** Documents that another generator takes and ours does not, and how many each takes. */
export function comparisonTable(all: readonly Measured[], others: Comparison): string {
  const names = Object.keys(others);
  const takes = (generator: string, document: string): boolean =>
    others[generator]?.[document]?.taken === true;
  const rows = all
    .filter((one) => !isDone(one) || names.some((name) => !takes(name, one.document)))
    .map((one) => [
      one.document,
      resultOf(one),
      ...names.map((name) => (takes(name, one.document) ? "takes it" : "refuses it")),
    ]);
  const total = [
    `of ${all.length} documents`,
    `${all.filter(isDone).length} right`,
    ...names.map((name) => `${all.filter((one) => takes(name, one.document)).length} taken`),
  ];
  return markdownTable(["document", "ours", ...names], [...rows, total]);
}

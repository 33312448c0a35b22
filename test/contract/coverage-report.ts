import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Check, suites } from "./checks/check.js";
import type { Judge } from "./checks/judge.js";
import { byKind, type Elements, elementsOf, type Kind, kinds, touchedOf } from "./coverage.js";
import type { Contract } from "./read-document.js";

/** What one suite exercises, or all of them together. */
export interface Row {
  readonly suite: string;
  readonly counts: Readonly<Record<Kind, number>>;
  /** Names of what it does not exercise. */
  readonly missing: Readonly<Record<Kind, readonly string[]>>;
}

/** The coverage of a contract by suite; the last row is all suites together. */
export interface Coverage {
  readonly of: Readonly<Record<Kind, number>>;
  readonly rows: readonly Row[];
}

/** Counts what checks exercise; give those that have passed. */
export function coverageOf(contract: Contract, judge: Judge, checks: readonly Check[]): Coverage {
  const all = elementsOf(contract);
  const row = (suite: string, some: readonly Check[]): Row => {
    const touched = touchedOf(
      contract,
      judge,
      some.flatMap(({ touches }) => touches),
    );
    return {
      suite,
      counts: byKind((kind) => [...all[kind]].filter((name) => touched[kind].has(name)).length),
      missing: byKind((kind) => [...all[kind]].filter((name) => !touched[kind].has(name))),
    };
  };
  return {
    of: sizes(all),
    rows: [
      ...suites.map((suite) =>
        row(
          suite,
          checks.filter((check) => check.suite === suite),
        ),
      ),
      row("all", checks),
    ],
  };
}

/** The coverage as a table for a terminal. */
export function coverageTable({ of, rows }: Coverage): string {
  const head = ["suite", ...kinds.map((kind) => `${kind} (${of[kind]})`)];
  const body = rows.map(({ suite, counts }) => [
    suite,
    ...kinds.map((kind) => (counts[kind] === 0 ? "-" : percent(counts[kind], of[kind]))),
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...body.map((cells) => cells[column]?.length ?? 0)),
  );
  return [head, ...body]
    .map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "))
    .map((line) => line.trimEnd())
    .join("\n");
}

/** Writes the coverage as JSON, with the names of what is missing. */
export function writeCoverage(coverage: Coverage): string {
  const folder = fileURLToPath(new URL("../../coverage/", import.meta.url));
  mkdirSync(folder, { recursive: true });
  const file = `${folder}contract.json`;
  writeFileSync(file, `${JSON.stringify(coverage, undefined, 2)}\n`);
  return file;
}

function percent(part: number, whole: number): string {
  return `${Math.floor((100 * part) / whole)} %`;
}

function sizes(elements: Elements): Readonly<Record<Kind, number>> {
  return byKind((kind) => elements[kind].size);
}

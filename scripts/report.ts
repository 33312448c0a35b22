import path from "node:path";
import { createTwoFilesPatch } from "diff";
import type { Options } from "./options.js";
import type { Stage } from "./pipeline.js";
import { shownPath } from "./project.js";
import type { Omitted } from "./spec/problem.js";
import { type Changes, existing } from "./write.js";

/** Where progress goes: standard error, so that standard output stays free for results. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Runs a stage and prints a line with its name, its time and what came of it. */
export const timedStage: Stage = async (name, work, says) => {
  const start = performance.now();
  const result = await work();
  const took = `${Math.round(performance.now() - start)} ms`;
  say(`  ${name.padEnd(8)}${took.padStart(8)}  ${says(result)}`);
  return result;
};

/** Prints what a run changed. */
export function sayChanges(changes: Changes): void {
  const { added, changed, removed, unchanged, foreign } = changes;
  for (const { path } of added) say(`  added     ${path}`);
  for (const { path } of changed) say(`  changed   ${path}`);
  for (const path of removed) say(`  removed   ${path}`);
  for (const path of foreign) say(`  left      ${path} (not generated)`);
  say(
    `  ${added.length} added, ${changed.length} changed, ${removed.length} removed, ${unchanged.length} unchanged`,
  );
}

/** Prints which operations are left out, each with its reason. */
export function sayOmitted(omitted: readonly Omitted[]): void {
  if (omitted.length === 0) return;
  say(
    `  ${omitted.length === 1 ? "1 operation is" : `${omitted.length} operations are`} left out:`,
  );
  for (const { operation, reason, source, pointer } of omitted)
    say(`    ${operation}: ${reason}\n      ${source ?? pointer}`);
}

/** A unified diff from what is there to what would be written. */
export function diffOf(out: string, changes: Changes): string {
  // Named from the project, so that the diff can be applied there.
  const name = (file: string): string => `${shownPath(out)}/${file}`;
  const patches = [...changes.added, ...changes.changed].map((file) =>
    patch(name(file.path), existing(out, file.path), file.text),
  );
  const extra = [...changes.removed, ...changes.foreign].map((file) =>
    patch(name(file), existing(out, file), ""),
  );
  return [...patches, ...extra].join("");
}

/** What to do about an output folder that is not what would be written. */
export function adviceOf(
  { added, changed, removed, foreign }: Changes,
  { spec, out, isDefault, strict }: Options,
): string[] {
  const shown = shownPath(out);
  const here = (file: string): string => path.relative(process.cwd(), file);
  const given = isDefault
    ? ""
    : ` -- --spec ${here(spec)} --out ${here(out)}${strict ? " --strict" : ""}`;
  const isStale = added.length + changed.length + removed.length > 0;
  return [
    ...(isStale
      ? [
          `${shown} is stale or was edited by hand: run npm run generate${given} and commit the result`,
        ]
      : []),
    ...foreign.map((file) => `${shown}/${file} is not generated: move it out of ${shown}`),
  ];
}

/** Whether what is there is what would be written. */
export function isClean(changes: Changes): boolean {
  return [changes.added, changes.changed, changes.removed, changes.foreign].every(
    (list) => list.length === 0,
  );
}

function patch(file: string, before: string, after: string): string {
  return createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, "committed", "generated", {
    context: 2,
  });
}

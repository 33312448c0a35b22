import path from "node:path";
import { createTwoFilesPatch } from "diff";
import type { Options } from "./options.js";
import type { Stage } from "./pipeline.js";
import type { OutputFile } from "./print/source.js";
import { command, shownPath } from "./project.js";
import { copyFolder } from "./runtime.js";
import { type Omitted, type Problem, printKinds } from "./spec/problem.js";
import { type Changes, existing } from "./write.js";

/** Prints a line to standard error, because standard output is for results. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Runs a stage and prints a line with its name, its duration and a summary of its result. */
export const timedStage: Stage = async (name, work, says) => {
  const start = performance.now();
  const result = await work();
  const took = `${Math.round(performance.now() - start)} ms`;
  say(`  ${name.padEnd(8)}${took.padStart(8)}  ${says(result)}`);
  return result;
};

/** Prints the changes of a run. */
export function sayChanges(changes: Changes, verbose: boolean): void {
  const { added, changed, removed, unchanged, foreign } = changes;
  const paths = (files: readonly OutputFile[]): string[] => files.map((file) => file.path);
  const lines = [
    ...told("added", paths(added), verbose),
    ...told("changed", paths(changed), verbose),
    ...told("removed", removed, verbose),
  ];
  // Print names only if they fit on a screen.
  if (verbose || lines.length <= 40) for (const line of lines) say(line);
  for (const path of foreign) say(`  kept      ${path} (not generated)`);
  say(
    `  ${added.length} added, ${changed.length} changed, ${removed.length} removed, ${unchanged.length} unchanged`,
  );
}

/** Prints a line for each file. The files of a copied runtime share one line. */
function told(what: string, files: readonly string[], verbose: boolean): string[] {
  const line = (name: string): string => `  ${what.padEnd(9)} ${name}`;
  const copied = files.filter((file) => file.startsWith(`${copyFolder}/`));
  if (verbose || copied.length < 2) return files.map(line);
  const others = files.filter((file) => !copied.includes(file));
  return [...others.map(line), line(`${copyFolder}/ (${copied.length} files)`)];
}

/** Prints the number of warnings. With `strict` or `verbose`, prints the warnings too. */
export function sayWarnings(
  warnings: readonly Problem[],
  { strict, verbose }: Pick<Options, "strict" | "verbose">,
): void {
  if (warnings.length === 0) return;
  const hint = strict || verbose ? ":" : "; --verbose shows them";
  say(`  ${warnings.length === 1 ? "1 warning" : `${warnings.length} warnings`}${hint}`);
  if (strict || verbose) for (const text of printKinds(warnings, verbose)) say(text);
}

/** Prints the operations and other parts that are left out, grouped by reason. */
export function sayOmitted(omitted: readonly Omitted[], verbose: boolean): void {
  if (omitted.length === 0) return;
  const hasOthers = omitted.some(({ pointer }) => !/^#\/(paths|webhooks)\//.test(pointer));
  const noun = hasOthers ? "part" : "operation";
  say(`  ${omitted.length === 1 ? `1 ${noun} is` : `${omitted.length} ${noun}s are`} left out:`);
  const byReason = new Map<string, Omitted[]>();
  for (const one of omitted) byReason.set(one.reason, [...(byReason.get(one.reason) ?? []), one]);
  for (const [reason, operations] of byReason) {
    const shown = verbose ? operations : operations.slice(0, 10);
    const more = operations.length - shown.length;
    for (const { operation } of shown) say(`    ${operation}`);
    if (more > 0) say(`    and ${more} more; --verbose lists them`);
    say(`      ${reason}`);
    const [first] = operations;
    if (first !== undefined) say(`      ${first.source ?? first.pointer}`);
  }
}

/** A unified diff from the output folder to the generated files. */
export function diffOf(out: string, changes: Changes): string {
  // Paths are relative to the current folder, so that the diff can be applied there.
  const name = (file: string): string => `${shownPath(out)}/${file}`;
  // Leave out files that differ in line endings only: their diff would have every line twice. `adviceOf` reports them.
  const changed = changes.changed.filter((file) => !isSameText(out, file));
  const patches = [...changes.added, ...changed].map((file) =>
    patch(name(file.path), withUnixEndings(existing(out, file.path)), file.text),
  );
  const extra = [...changes.removed, ...changes.foreign].map((file) =>
    patch(name(file), existing(out, file), ""),
  );
  return [...patches, ...extra].join("");
}

/** Advice for an output folder that is not up to date. */
export function adviceOf(
  { added, changed, removed, foreign }: Changes,
  options: Options,
): string[] {
  const { out } = options;
  const shown = shownPath(out);
  const endings = changed.filter((file) => isSameText(out, file)).length;
  const isStale = !hasOnlyLineEndings(out, { added, changed, removed });
  return [
    ...(endings > 0
      ? [
          `${endings === 1 ? "1 file differs" : `${endings} files differ`} in line endings only (CRLF instead of LF): ` +
            `put "${shown}/** text eol=lf" into the .gitattributes of the repository, and check the files out again`,
        ]
      : []),
    ...(isStale
      ? [`${shown} is stale or was edited by hand: run ${again(options)} and commit the result`]
      : []),
    ...foreign.map((file) => `${shown}/${file} is not generated: move it out of ${shown}`),
  ];
}

/** The command that generates this output again. */
function again({ spec, out, isDefault, isConfigured, strict }: Options): string {
  const plain = command.replace(/ --$/, "");
  if (isDefault || isConfigured) return plain;
  const here = (file: string): string => path.relative(process.cwd(), file);
  return `${command} --spec ${here(spec)} --out ${here(out)}${strict ? " --strict" : ""}`;
}

/** Whether generated files differ in line endings only. */
export function hasOnlyLineEndings(
  out: string,
  { added, changed, removed }: Pick<Changes, "added" | "changed" | "removed">,
): boolean {
  return added.length + removed.length === 0 && changed.every((file) => isSameText(out, file));
}

/** Whether a file exists with the generated text, apart from line endings. */
function isSameText(out: string, file: OutputFile): boolean {
  return withUnixEndings(existing(out, file.path)) === file.text;
}

function withUnixEndings(text: string): string {
  return text.replaceAll("\r\n", "\n");
}

/** Whether the output folder is up to date. */
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

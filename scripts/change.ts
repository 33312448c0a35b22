/** The command line that compares two versions of a contract. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import {
  approvedIds,
  plannedBump,
  readApprovals,
  refusals,
  staleApprovals,
} from "./change/gate.js";
import { type ChangeOptions, ChangeUsageError, help, readChangeOptions } from "./change/options.js";
import { explain } from "./change/print/explain.js";
import { printGithub } from "./change/print/github.js";
import { printJson } from "./change/print/json.js";
import { printMarkdown } from "./change/print/markdown.js";
import { printText } from "./change/print/text.js";
import { type Report, reportOf } from "./change/report.js";
import { changeOf, provenChangeOf } from "./change/run.js";
import { loadFile, loadSide, manifestOf } from "./change/side.js";
import { Workspace } from "./change/workspace.js";

const printers = {
  text: printText,
  markdown: printMarkdown,
  json: printJson,
  github: printGithub,
} as const;

async function main(options: ChangeOptions): Promise<number> {
  const work = new Workspace();
  try {
    const { spec } = options;
    const before = await loadSide(options.base, spec, work);
    const after =
      options.to === undefined
        ? await loadFile(spec, path.relative(process.cwd(), spec))
        : await loadSide(options.to, spec, work);
    const change = options.fast
      ? changeOf(before.document, after.document, after.placeOf)
      : await provenChangeOf(before, after);
    const approvals = readApprovals(spec);
    const today = new Date().toISOString().slice(0, 10);
    const approved = approvedIds(change, approvals, today);
    const report = reportOf(change, before.version, before.label, after.label, approved);
    write(options, report);
    if (!options.require) return 0;
    return gate(options, report, before.version, staleApprovals(change, approvals, today));
  } finally {
    work.close();
  }
}

function write({ explain: id, format, out }: ChangeOptions, report: Report): void {
  const text = id === undefined ? printers[format](report) : explain(id, report);
  if (text === undefined)
    throw new ChangeUsageError(`--explain ${id}: there is no finding or rule of this name`);
  if (out === undefined) process.stdout.write(text);
  else writeOut(out, text);
}

function writeOut(out: string, text: string): void {
  try {
    writeFileSync(out, text);
  } catch (error) {
    throw new ChangeUsageError(`--out: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Refuses a release with too small a version bump. Prints to standard error, to keep reports on standard output unchanged. */
function gate(
  { spec }: ChangeOptions,
  report: Report,
  released: string,
  stale: readonly string[],
): number {
  const { name, version, root } = manifestOf(path.dirname(spec));
  const refused = refusals(report, plannedBump(root, name, released, version), stale);
  for (const sentence of refused) process.stderr.write(`refused: ${sentence}\n`);
  return refused.length === 0 ? 0 : 1;
}

try {
  const options = readChangeOptions(process.argv.slice(2));
  if (options === "help") process.stdout.write(help);
  else process.exitCode = await main(options);
} catch (error) {
  // Whatever goes wrong, nothing was compared: that must not read as no change.
  const told = ["ApprovalError", "BaseError", "ChangeUsageError", "SpecError"];
  const isTold = error instanceof Error && told.includes(error.name);
  const said = isTold ? error.message : error instanceof Error ? error.stack : String(error);
  const text = said?.replace("; nothing was written\n", "\n");
  process.stderr.write(`nothing was compared: ${text}\n`);
  if (error instanceof ChangeUsageError) process.stderr.write("See --help for all options\n");
  process.exitCode = 2;
}

/** The command line of the comparison of contracts. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { type ChangeOptions, ChangeUsageError, help, readChangeOptions } from "./change/options.js";
import { printJson } from "./change/print/json.js";
import { printText } from "./change/print/text.js";
import { reportOf } from "./change/report.js";
import { changeOf } from "./change/run.js";
import { loadBase, loadFile, manifestOf } from "./change/side.js";
import { Workspace } from "./change/workspace.js";

async function main(options: ChangeOptions): Promise<number> {
  const work = new Workspace();
  try {
    const before = await loadBase(options.base, options.to, work);
    const after = await loadFile(options.to, path.relative(process.cwd(), options.to));
    const change = changeOf(before.document, after.document, after.placeOf);
    const { version } = manifestOf(path.dirname(options.to));
    const report = reportOf(change, version, before.label, after.label, []);
    const text = options.format === "json" ? printJson(report) : printText(report);
    if (options.out === undefined) process.stdout.write(text);
    else writeFileSync(options.out, text);
    return 0;
  } finally {
    work.close();
  }
}

try {
  const options = readChangeOptions(process.argv.slice(2));
  if (options === "help") process.stdout.write(help);
  else process.exitCode = await main(options);
} catch (error) {
  // Whatever goes wrong, nothing was compared: that must not read as no change.
  const isTold =
    error instanceof Error && ["BaseError", "SpecError", "ChangeUsageError"].includes(error.name);
  const text = isTold ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`nothing was compared: ${text}\n`);
  if (error instanceof ChangeUsageError) process.stderr.write("--help says what there is\n");
  process.exitCode = 2;
}

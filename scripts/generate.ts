/**
 * The generator's command line: load, model, emit, format, write. Heavy modules are loaded only if there is work: if
 * nothing has changed, a run only hashes files.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { isCurrent, readManifest } from "./manifest.js";
import {
  type CommandLine,
  help,
  type Options,
  ownOptions,
  readCommandLine,
  UsageError,
} from "./options.js";
import { command, isPublished, packageRoot, shownPath } from "./project.js";
import type { Problem } from "./spec/problem.js";

async function main(given: CommandLine): Promise<number> {
  const { mode } = given;
  if (mode === "help") {
    process.stdout.write(help);
    return 0;
  }
  if (mode === "version") {
    process.stdout.write(`${ownVersion()}\n`);
    return 0;
  }
  const all = await optionsOf({ ...given, mode });
  if (mode === "watch") {
    for (const { spec } of all) {
      if (!existsSync(spec)) throw new UsageError(`${shownPath(spec)}: no such file`);
    }
    const { watchSpec } = await import("./watch.js");
    const codes = await Promise.all(all.map((one) => watchSpec(one, () => run(one))));
    return Math.max(...codes);
  }
  let worst = 0;
  for (const options of all) worst = Math.max(worst, await generateOne(options));
  return worst;
}

/** The options of all documents: from the flags, the configuration, or those of the repository itself. */
async function optionsOf(given: CommandLine & Pick<Options, "mode">): Promise<readonly Options[]> {
  const { flags, mode, config } = given;
  const isOwn = !isPublished && config === undefined && flags.spec === undefined;
  if (isOwn && flags.out === undefined) return [ownOptions(given)];
  if (isOwn || (flags.spec !== undefined && flags.out === undefined && mode !== "print-model")) {
    throw new UsageError(
      "--spec and --out go together: give the document and the folder of its client",
    );
  }
  const { configuredOptions } = await import("./configured.js");
  return configuredOptions(given);
}

async function generateOne(options: Options): Promise<number> {
  const { spec, out, mode } = options;
  if (mode === "write" && isCurrent(readManifest(out), options)) {
    process.stderr.write(`${shownPath(out)} is up to date with ${shownPath(spec)}\n`);
    return 0;
  }
  return run(options);
}

/** Runs the whole pipeline once. */
async function run(options: Options): Promise<number> {
  const { spec, out, mode, verbose } = options;
  const { startWireThread } = await import("./wire-types.js");
  const thread = startWireThread();
  try {
    const {
      adviceOf,
      diffOf,
      hasOnlyLineEndings,
      isClean,
      say,
      sayChanges,
      sayOmitted,
      sayWarnings,
      timedStage,
    } = await import("./report.js");
    const { generate, toModel } = await timedStage(
      "tools",
      () => import("./pipeline.js"),
      () => "loaded",
    );
    if (mode === "print-model") {
      const { built } = await toModel(options, timedStage);
      process.stdout.write(`${JSON.stringify(built.api, undefined, 2)}\n`);
      return 0;
    }
    const { files, built } = await generate(options, timedStage, thread.wireTypes);
    const { compare, writeChanges } = await import("./write.js");
    const changes = compare(out, files);
    if (mode === "check") {
      if (isClean(changes)) {
        say(`${shownPath(out)} is up to date with ${shownPath(spec)}`);
        return 0;
      }
      process.stdout.write(diffOf(out, changes));
      if (!hasOnlyLineEndings(out, changes)) sayChanges(changes, verbose);
      for (const line of adviceOf(changes, options)) say(line);
      return 1;
    }
    await timedStage(
      "write",
      () => writeChanges(out, changes),
      () => shownPath(out),
    );
    sayChanges(changes, verbose);
    sayWarnings(built.warnings, options);
    sayOmitted(built.omitted, verbose);
    return 0;
  } finally {
    thread.stop();
  }
}

/** The version in this package's `package.json`. */
function ownVersion(): string {
  // npm rejects packages without a version.
  const manifest = JSON.parse(readFileSync(path.join(packageRoot, "package.json"), "utf8")) as {
    version: string;
  };
  return manifest.version;
}

/**
 * Runs the command line and prints its messages.
 *
 * @returns the exit code: 0 for success, 1 for a problem of the document or the output, 2 for wrong usage
 */
export async function runCommand(args: readonly string[]): Promise<number> {
  try {
    return await main(readCommandLine(args));
  } catch (error) {
    const isUsage = error instanceof UsageError;
    process.stderr.write(`${await messageOf(error, args)}\n`);
    if (isUsage) process.stderr.write(`\nSee ${command} --help for all options\n`);
    return isUsage ? 2 : 1;
  }
}

/** The message of an expected error. Any other error is a bug, for which the stack is printed. */
async function messageOf(error: unknown, args: readonly string[]): Promise<string> {
  if (!(error instanceof Error)) return String(error);
  if ("problems" in error && args.includes("--verbose")) {
    // Only SpecError has `problems`. Its module is not imported at the top, because runs without work need not load it.
    const { printProblems } = await import("./spec/problem.js");
    return printProblems(error.problems as readonly Problem[], true);
  }
  const isExpected =
    "syscall" in error || ["OutputError", "SpecError", "UsageError"].includes(error.name);
  return isExpected ? error.message : (error.stack ?? error.message);
}

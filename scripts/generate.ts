/**
 * The generator's command line: load, model, emit, format, write. Heavy modules are loaded only when there is work:
 * a run with nothing changed hashes files and ends.
 */
import { existsSync } from "node:fs";
import { isCurrent, readManifest } from "./manifest.js";
import { help, type Options, readOptions, UsageError } from "./options.js";
import { shownPath } from "./project.js";

async function main(options: Options): Promise<number> {
  const { spec, out, mode } = options;
  if (mode === "help") {
    process.stdout.write(help);
    return 0;
  }
  if (mode === "write" && isCurrent(readManifest(out), spec, out)) {
    process.stderr.write(`${shownPath(out)} is up to date with ${shownPath(spec)}\n`);
    return 0;
  }
  if (mode === "watch") {
    if (!existsSync(spec)) throw new UsageError(`${shownPath(spec)}: no such file`);
    const { watchSpec } = await import("./watch.js");
    return watchSpec(options, () => run(options));
  }
  return run(options);
}

/** One run of the pipeline, top to bottom. */
async function run(options: Options): Promise<number> {
  const { spec, out, mode, strict } = options;
  const { startWireThread } = await import("./wire-types.js");
  const thread = startWireThread();
  try {
    const { adviceOf, diffOf, isClean, say, sayChanges, sayOmitted, timedStage } = await import(
      "./report.js"
    );
    const { generate, toModel } = await timedStage(
      "tools",
      () => import("./pipeline.js"),
      () => "loaded",
    );
    if (mode === "print-model") {
      const { built } = await toModel(spec, strict, timedStage);
      process.stdout.write(`${JSON.stringify(built.api, undefined, 2)}\n`);
      return 0;
    }
    const { files, built } = await generate(options, timedStage, thread.wireTypes);
    const { compare, writeChanges } = await import("./write.js");
    const changes = compare(out, files);
    if (mode === "check") {
      if (isClean(changes)) {
        say(`${shownPath(out)} is what ${shownPath(spec)} generates`);
        return 0;
      }
      process.stdout.write(diffOf(out, changes));
      sayChanges(changes);
      for (const line of adviceOf(changes, options)) say(line);
      return 1;
    }
    await timedStage(
      "write",
      () => writeChanges(out, changes),
      () => shownPath(out),
    );
    sayChanges(changes);
    sayOmitted(built.omitted);
    return 0;
  } finally {
    thread.stop();
  }
}

try {
  process.exitCode = await main(readOptions(process.argv.slice(2)));
} catch (error) {
  const isUsage = error instanceof UsageError;
  // A problem of the document or of the command line needs its words, not our stack; anything else is a bug of ours.
  const isSystem = error instanceof Error && "syscall" in error;
  const isTold =
    isSystem ||
    (error instanceof Error && ["OutputError", "SpecError", "UsageError"].includes(error.name));
  process.stderr.write(
    `${isTold ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  if (isUsage) process.stderr.write("\nnpm run generate -- --help says what there is\n");
  process.exitCode = isUsage ? 2 : 1;
}

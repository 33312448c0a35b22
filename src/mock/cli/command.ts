import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { FaultPlan } from "../faults/plan.js";
import { type Mock, startMock } from "../server.js";
import { printVerdict } from "../verdict/print.js";
import { misses } from "../verdict/verdict.js";
import { asksForHelp, type MockArguments, readArguments } from "./arguments.js";
import { checkWritable, inWords, readDataFile } from "./files.js";
import { freePort } from "./free-port.js";
import { help } from "./help.js";
import { type Output, type Reporter, reportAsJson, reportAsText } from "./output.js";
import type { ReadDocument } from "./read-document.js";
import { runCommand } from "./run-command.js";
import { onShutdown } from "./shutdown-signals.js";
import { UsageError } from "./usage-error.js";
import { markOf, type Watched, watchChanges } from "./watch.js";

/**
 * Runs `s2-token-contract mock`: starts a mock and serves until a signal stops it or the given command ends.
 *
 * @returns the exit code: that of the command if it failed, otherwise that of the verdict
 * @throws {UsageError} if a flag or a file that it names is wrong, or there is no such command.
 */
export async function runMock(args: readonly string[], output: Output): Promise<number> {
  if (asksForHelp(args)) {
    output.out(help);
    return 0;
  }
  const given = readArguments(args, process.env);
  // Standard output belongs to the command: another program may read it.
  const own = given.command === undefined ? output : { out: output.error, error: output.error };
  const report = given.json ? reportAsJson(own) : reportAsText(own);
  const served = await read(given);
  const mock = await start(given, served, report);
  let code = 0;
  try {
    code = await serve(mock, given, served, report);
  } finally {
    await mock.stop();
  }
  if (given.command === undefined) report.ended();
  const missed = await reportVerdict(mock, given, report, output.error);
  return code === 0 ? missed : code;
}

/** The document of `--document`, the files that it is in, and the form in which they were read. */
interface DocumentFiles extends ReadDocument {
  readonly root: string;
  readonly mark: string;
}

async function read({ document, verdictFile }: MockArguments): Promise<DocumentFiles | undefined> {
  if (verdictFile !== undefined) {
    // Checked at the start: at the end, the verdict would be lost.
    await ofFile("--verdict-file", verdictFile, checkWritable);
  }
  return document === undefined
    ? undefined
    : await ofFile("--document", document, () => readFiles(resolve(document)));
}

async function readFiles(root: string): Promise<DocumentFiles> {
  // Taken before the file is read, so that no later write is missed.
  const before = markOf([root]);
  const { readDocument } = await import("./read-document.js");
  const { document, files } = await readDocument(root);
  const mark = markOf(files);
  return { root, document, files, mark: before === markOf([root]) ? mark : "" };
}

async function start(
  given: MockArguments,
  served: DocumentFiles | undefined,
  report: Reporter,
): Promise<Mock> {
  const { faults, options, quiet, command, json } = given;
  return await startMock({
    ...options,
    document: served?.document,
    // The mock checks the plan when it sets it.
    faults: faults === undefined ? undefined : ((await readFlag("--faults", faults)) as FaultPlan),
    // A request log would disturb the output of the command. A program that reads JSON can sort the lines.
    onRequest: quiet || (command !== undefined && !json) ? undefined : report.request,
  }).catch(async (cause: unknown) => {
    throw await explained(cause, given);
  });
}

/** Serves until the command ends or, without one, until a signal. */
async function serve(
  mock: Mock,
  given: MockArguments,
  served: DocumentFiles | undefined,
  report: Reporter,
): Promise<number> {
  const { options, command, json } = given;
  const { host = "127.0.0.1" } = options;
  let leave = (): void => {};
  const ended = new Promise<void>((resolve) => {
    if (command === undefined) leave = onShutdown(resolve);
  });
  const watched = served === undefined ? undefined : watch(mock, served, report);
  try {
    if (command === undefined || json) report.started(mock, { document: served?.root, host });
    if (command !== undefined) return await runCommand(command, mock);
    await ended;
    return 0;
  } finally {
    leave();
    watched?.close();
  }
}

/** Serves a changed document and keeps the state. If the document is wrong, the mock keeps serving the previous one. */
function watch(mock: Mock, first: DocumentFiles, report: Reporter): Watched {
  const { root, mark } = first;
  let { files } = first;
  const reload = async (): Promise<void> => {
    const next = await readFiles(root);
    files = next.files;
    await mock.serve(next.document);
  };
  return watchChanges({
    files: () => files,
    since: mark,
    changed: async () => {
      const problem = await reload().then(() => undefined, inWords);
      report.reloaded(mock, root, problem);
    },
  });
}

async function reportVerdict(
  mock: Mock,
  { verdict: format, verdictFile, thresholds }: MockArguments,
  report: Reporter,
  error: Output["error"],
): Promise<number> {
  if (format === undefined) return 0;
  const verdict = mock.verdict();
  const code = misses(verdict, thresholds).length === 0 ? 0 : 1;
  if (verdictFile === undefined) {
    report.verdict(verdict, thresholds, format);
    return code;
  }
  try {
    await writeFile(verdictFile, `${printVerdict(verdict, format, thresholds)}\n`);
    report.verdictWritten(verdictFile, misses(verdict, thresholds));
    return code;
  } catch (cause) {
    error(`--verdict-file: ${verdictFile}: ${inWords(cause)}; the verdict was:`);
    report.verdict(verdict, thresholds, format);
    return 1;
  }
}

function readFlag(flag: string, file: string): Promise<object> {
  return ofFile(flag, file, readDataFile);
}

async function ofFile<T>(
  flag: string,
  file: string,
  use: (file: string) => Promise<T>,
): Promise<T> {
  try {
    return await use(file);
  } catch (cause) {
    throw new UsageError(`${flag}: ${file}: ${inWords(cause)}`, { cause });
  }
}

/**
 * Turns a failed start into a message about a flag. Flags were checked before, so it is the port or a file's content.
 */
async function explained(cause: unknown, given: MockArguments): Promise<unknown> {
  const { document, faults, options } = given;
  const { host = "127.0.0.1", port = 0 } = options;
  const { code, syscall } = Object(cause);
  if (code === "EADDRINUSE") {
    const other = await freePort(host);
    return new Error(
      `port ${port} of ${host} is in use: stop the program that listens there, or choose another port, such as --port ${other}`,
    );
  }
  if (code === "EACCES") return new Error(`no permission to listen on port ${port} of ${host}`);
  if (syscall === "listen" || syscall === "getaddrinfo") {
    return new UsageError(`--host: ${host} is not an address of this machine (${code})`);
  }
  const problem = inWords(cause);
  if (faults !== undefined && /^(fault plan|seed|faults)\b|: no such property;/.test(problem)) {
    return new UsageError(`--faults: ${faults}: ${problem.replace(/^faults: /, "")}`, { cause });
  }
  if (document === undefined) return cause;
  return new UsageError(`--document: ${document}: ${problem}`, { cause });
}

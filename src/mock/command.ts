import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { help, type MockArguments, readArguments, UsageError } from "./arguments.js";
import type { FaultPlan } from "./faults/plan.js";
import { freePort } from "./free-port.js";
import { whenToldToEnd } from "./process.js";
import type { RequestRecord } from "./record.js";
import { requestLine, welcome } from "./report.js";
import { type Mock, startMock } from "./server.js";
import { printVerdict } from "./verdict/print.js";
import { misses } from "./verdict/verdict.js";
import { readJsonFile, watchFile } from "./watch.js";

/** Where the command writes. */
export interface Output {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
}

/**
 * `s2-token-contract mock`: starts a mock, tells a person of it, and serves until it is told to end.
 *
 * @returns the exit code
 */
export async function runMock(args: readonly string[], { out, error }: Output): Promise<number> {
  const given = readArguments(args, process.env);
  const { help: wantsHelp, json, quiet, document, faults, options } = given;
  if (wantsHelp) {
    out(help);
    return 0;
  }
  const file = document === undefined ? undefined : resolve(document);
  const log = (record: RequestRecord): void => {
    if (!quiet) out(json ? JSON.stringify(record) : requestLine(record));
  };
  const { host = "127.0.0.1", port = 0, stateless = false } = options;
  const mock = await startMock({
    ...options,
    document: file === undefined ? undefined : await readJsonFile(file),
    // It is read where it is set.
    faults: faults === undefined ? undefined : ((await readJsonFile(faults)) as FaultPlan),
    onRequest: log,
  }).catch(async (cause: unknown) => {
    throw await explained(cause, host, port);
  });
  const ended = new Promise<void>((resolve) => whenToldToEnd(resolve));
  const { url, rootToken, controlToken } = mock;
  if (json)
    out(
      JSON.stringify({
        url,
        port: mock.port,
        rootToken,
        controlToken,
        stateless,
        document: file ?? null,
      }),
    );
  else out(welcome(mock, { served: document ?? "the access-token endpoints", stateless, host }));
  const watcher = file === undefined ? undefined : watchFile(file, () => reload(mock, file, out));
  await ended;
  watcher?.close();
  await mock.stop();
  if (!json) error("The mock has ended.");
  return await tellVerdict(mock, given, out);
}

async function tellVerdict(
  mock: Mock,
  { verdict: format, verdictFile, thresholds }: MockArguments,
  out: Output["out"],
): Promise<number> {
  if (format === undefined) return 0;
  const verdict = mock.verdict();
  const text = printVerdict(verdict, format, thresholds);
  if (verdictFile === undefined) out(text);
  else await writeFile(verdictFile, `${text}\n`);
  return misses(verdict, thresholds).length === 0 ? 0 : 1;
}

/** The state stays, and so does the document if the new one cannot be served. */
function reload(mock: Mock, file: string, out: Output["out"]): void {
  readJsonFile(file)
    .then((document) => mock.serve(document))
    .then(
      () => out(`${file} has changed and is served from now on; the state is kept.`),
      (cause: unknown) => {
        const words = cause instanceof Error ? cause.message : String(cause);
        out(`${file} has changed and cannot be served, the one before is: ${words}`);
      },
    );
}

async function explained(cause: unknown, host: string, port: number): Promise<unknown> {
  if (cause instanceof TypeError) return new UsageError(cause.message);
  const code: unknown = Object(cause).code;
  if (code === "EADDRINUSE") {
    const other = await freePort(host);
    return new Error(
      `port ${port} of ${host} is in use: end what listens there, or take another, such as --port ${other}`,
    );
  }
  if (code === "EACCES") return new Error(`port ${port} of ${host} may not be listened on`);
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    return new UsageError(`--host: ${host} is no address of this machine`);
  }
  return cause;
}

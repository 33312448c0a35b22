import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { serveUnderBasePath } from "./document.js";

/** How to start Prism; all has a default. */
export interface PrismOptions {
  /** File of a bundled OpenAPI document in JSON. Default: the one in `generated/`. */
  readonly document?: string | undefined;
  /** Default 0: any free port. */
  readonly port?: number | undefined;
  /** Address to listen on. Default `127.0.0.1`, which only this machine reaches. */
  readonly host?: string | undefined;
  /** More flags of `prism mock`, such as `--dynamic`. */
  readonly flags?: readonly string[] | undefined;
  /** Is given everything that Prism prints, as it comes. */
  readonly output?: ((text: string) => void) | undefined;
}

/** A Prism that listens. */
export interface Prism {
  /** Its origin, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /** A URL that answers a GET; `undefined` where every GET needs a parameter in its path. */
  readonly sampleUrl: string | undefined;
  /** The end of what Prism has printed. */
  readonly log: () => string;
  /** Resolves when the process has ended, by {@link stop} or by itself. */
  readonly ended: Promise<void>;
  /** Ends the process and waits for its end. */
  readonly stop: () => Promise<void>;
}

/** The document that is served by default. */
export const defaultDocument: string = fileURLToPath(
  new URL("../../../generated/openapi.json", import.meta.url),
);

/** A long-lived mock must not keep all that it ever printed. */
const keptLog = 100_000;

/**
 * Starts the stock Prism CLI on a document, with each path served as it is and under the document's base path.
 *
 * @returns once Prism listens
 * @throws {Error} with Prism's own words when it does not.
 */
export async function startPrism(options: PrismOptions = {}): Promise<Prism> {
  const { document = defaultDocument, port = 0, host = "127.0.0.1", flags = [] } = options;
  refuseSilence(flags);
  const served = serveUnderBasePath(await readJson(document));
  const bin = await prismBin();
  const folder = await mkdtemp(join(tmpdir(), "prism-"));
  const copy = join(folder, "openapi.json");
  await writeFile(copy, JSON.stringify(served.document));
  const { listening, log, ended, stop } = run(
    [bin, "mock", copy, "--host", host, "--port", String(port), ...flags],
    folder,
    options.output,
  );
  const actualPort = await Promise.race([listening, ended]);
  if (actualPort === undefined) throw notStarted(log(), host, port);
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${actualPort}`;
  const sampleUrl = served.samplePath === undefined ? undefined : `${url}${served.samplePath}`;
  return { url, sampleUrl, log, ended, stop };
}

/** @param folder - removed when the process ends, not before: Prism watches the document in it. */
function run(
  args: readonly string[],
  folder: string,
  output: PrismOptions["output"],
): Pick<Prism, "ended" | "log" | "stop"> & { readonly listening: Promise<number> } {
  const child = spawn(process.execPath, ["--import", endWithParent(folder), ...args], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    // A group of its own: Ctrl-C in a terminal reaches us alone, and we pass it on.
    detached: true,
  });
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
  }).then(() => rm(folder, { recursive: true, force: true }));
  let log = "";
  const listening = new Promise<number>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        log = (log + text).slice(-keptLog);
        output?.(text);
        const port = /Prism is listening on \S+:(\d+)\s/.exec(log)?.[1];
        if (port !== undefined) resolve(Number(port));
      });
    }
  });
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    const patience = setTimeout(() => child.kill("SIGKILL"), 3000);
    await ended;
    clearTimeout(patience);
  };
  return { listening, log: () => log, ended, stop };
}

/** A module for Prism's process: when we are gone, however we went, the channel between us closes, and it ends. */
function endWithParent(folder: string): string {
  const code = `import { rmSync } from "node:fs";
    process.once("disconnect", () => {
      rmSync(${JSON.stringify(folder)}, { recursive: true, force: true });
      process.exit();
    });`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}

/** The start is seen by a line of the log, so that the port is surely Prism's own. */
function refuseSilence(flags: readonly string[]): void {
  const found = /(?:^| )(?:-v|--verbose-?level)[= ]?(warn|error|fatal|silent)\b/i;
  const level = found.exec(flags.join(" "))?.[1];
  if (level === undefined) return;
  throw new TypeError(
    `--verboseLevel ${level} hides that Prism listens; take trace, debug or info`,
  );
}

function notStarted(log: string, host: string, port: number): Error {
  if (log.includes("EADDRINUSE")) {
    return new Error(
      `port ${port} of ${host} is in use: end what listens there, or take another with --port N (0 is any free one)`,
    );
  }
  return new Error(
    `Prism did not start. It says:\n${log.trim().split("\n").slice(-25).join("\n")}`,
  );
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    throw new Error(`${file}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

/** The script behind the command `prism`. The package exports no path to it. */
async function prismBin(): Promise<string> {
  const manifest = createRequire(import.meta.url).resolve("@stoplight/prism-cli/package.json");
  const { bin }: { bin: { prism: string } } = JSON.parse(await readFile(manifest, "utf8"));
  return join(dirname(manifest), bin.prism);
}

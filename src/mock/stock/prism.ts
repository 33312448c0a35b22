import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { serveUnderBasePath } from "./document.js";

/** Options of {@link startPrism}. */
export interface PrismOptions {
  /** File of a bundled OpenAPI document in JSON. Default: the one in `generated/`. */
  readonly document?: string | undefined;
  /** Default 0: any free port. */
  readonly port?: number | undefined;
  /** Address to listen on. Default `127.0.0.1`, which only this machine can reach. */
  readonly host?: string | undefined;
  /** More flags of `prism mock`, such as `--dynamic`. */
  readonly flags?: readonly string[] | undefined;
  /** Gets everything that Prism prints. */
  readonly output?: ((text: string) => void) | undefined;
}

/** A running Prism. */
export interface Prism {
  /** Its origin, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /** A URL for a sample GET; undefined if every GET needs a path parameter. */
  readonly sampleUrl: string | undefined;
  /** The last {@link keptLog} characters that Prism has printed. */
  readonly log: () => string;
  /** Resolves when the process has ended, by {@link stop} or by itself. */
  readonly ended: Promise<void>;
  /** Stops the process and waits for its end. */
  readonly stop: () => Promise<void>;
}

/** The document that is served by default. */
export const defaultDocument: string = fileURLToPath(
  new URL("../../../generated/openapi.json", import.meta.url),
);

/** The most characters of output that are kept, so that a long-lived mock does not use ever more memory. */
const keptLog = 100_000;

/**
 * Starts the stock Prism CLI on a document, with each path as it is and under the document's base path. Resolves when
 * Prism listens.
 *
 * @throws {Error} if Prism does not start; the message has Prism's output.
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

/** @param folder - has the document that Prism watches; it is removed when the process ends */
function run(
  args: readonly string[],
  folder: string,
  output: PrismOptions["output"],
): Pick<Prism, "ended" | "log" | "stop"> & { readonly listening: Promise<number> } {
  const child = spawn(process.execPath, ["--import", endWithParent(folder), ...args], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    // In a process group of its own, Ctrl-C in a terminal reaches only us, and we pass it on.
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
    const timer = setTimeout(() => child.kill("SIGKILL"), 3000);
    await ended;
    clearTimeout(timer);
  };
  return { listening, log: () => log, ended, stop };
}

/** A module that ends Prism's process when ours ends in any way, because that closes the channel between them. */
function endWithParent(folder: string): string {
  const code = `import { rmSync } from "node:fs";
    process.once("disconnect", () => {
      rmSync(${JSON.stringify(folder)}, { recursive: true, force: true });
      process.exit();
    });`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}

/** Refuses flags that hide the log line by which we see that Prism listens, and on which port. */
function refuseSilence(flags: readonly string[]): void {
  const found = /(?:^| )(?:-v|--verbose-?level)[= ]?(warn|error|fatal|silent)\b/i;
  const level = found.exec(flags.join(" "))?.[1];
  if (level === undefined) return;
  throw new TypeError(
    `--verboseLevel ${level} hides the line with Prism's port; use trace, debug or info`,
  );
}

function notStarted(log: string, host: string, port: number): Error {
  if (log.includes("EADDRINUSE")) {
    return new Error(
      `port ${port} of ${host} is in use: stop the program that listens there, or choose another port with --port N (0 chooses a free one)`,
    );
  }
  return new Error(
    `Prism did not start. Its output:\n${log.trim().split("\n").slice(-25).join("\n")}`,
  );
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    throw new Error(`${file}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

/** The script of the command `prism`, from the manifest: the package does not export it. */
async function prismBin(): Promise<string> {
  const manifest = createRequire(import.meta.url).resolve("@stoplight/prism-cli/package.json");
  const { bin }: { bin: { prism: string } } = JSON.parse(await readFile(manifest, "utf8"));
  return join(dirname(manifest), bin.prism);
}

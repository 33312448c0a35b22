import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { build } from "esbuild";
import type { Setting } from "./command.js";
import { type Report, readReport } from "./report.js";
import { end, inTime } from "./run.js";

/** One worker, which may call this machine: by default a worker reaches public addresses only. */
const config = `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker", esModule = embed "worker.bundle.mjs")],
      compatibilityDate = "2026-01-01",
      globalOutbound = "network",
    )),
    (name = "network", network = (allow = ["private"])),
  ],
  sockets = [
    (name = "http", address = "127.0.0.1:0", http = (), service = (name = "main", entrypoint = "worker")),
  ],
);
`;

/**
 * Runs the smoke program in workerd, the runtime of Cloudflare's workers, bundled as workers are.
 *
 * @param project - a project that has installed the package, and the program
 */
export async function runInWorkerd(
  command: string,
  project: string,
  setting: Setting,
): Promise<Report> {
  await build({
    entryPoints: [path.join(project, "worker.mjs")],
    outfile: path.join(project, "worker.bundle.mjs"),
    bundle: true,
    format: "esm",
    conditions: ["workerd", "worker"],
    logLevel: "silent",
  });
  const file = path.join(project, "workerd.capnp");
  await writeFile(file, config);
  const child = spawn(command, ["serve", file, "--control-fd=3"], {
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  let log = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  const failed = new Promise<never>((_, reject) => {
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`workerd ended with ${code}: ${log.trim()}`)));
  });
  try {
    const control = child.stdio[3];
    if (!isReadable(control)) throw new Error("workerd has no control channel");
    const port = await inTime("workerd", Promise.race([portOf(control), failed]));
    const answer = fetch(`http://127.0.0.1:${port}/`, {
      method: "POST",
      body: JSON.stringify(setting),
    }).then((response) => response.text());
    return readReport(await inTime("the worker", Promise.race([answer, failed])));
  } finally {
    failed.catch(() => {});
    await end(child);
  }
}

function isReadable(stream: unknown): stream is Readable {
  return typeof stream === "object" && stream !== null && "setEncoding" in stream;
}

/** Workerd says where it listens by one line of JSON. */
function portOf(control: Readable): Promise<string> {
  return new Promise((resolve) => {
    let said = "";
    control.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const port = /"listen".*"port":(\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve(port);
    });
  });
}

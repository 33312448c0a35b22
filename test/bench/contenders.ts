import { execFile, spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { promisify } from "node:util";
import { end } from "../runtimes/run.js";
import { root } from "./program.js";

/** A mock server of others that listens. */
export interface Contender {
  readonly name: string;
  /** What stands before the paths of the document. */
  readonly origin: string;
  readonly stop: () => Promise<void>;
}

/** They are no dependencies of the project: they go into a folder of their own. */
const folder = path.join(root, ".tmp", "contenders");
const packages = ["@mockoon/cli@9.9.0", "@scalar/mock-server@0.14.4", "@hono/node-server@1.19.19"];
const document = path.join(root, "generated", "openapi.json");

/** The library of Scalar is an application that its user serves. */
const scalar = `import { readFileSync } from "node:fs";
import { serve } from "@hono/node-server";
import { createMockServer } from "@scalar/mock-server";
const [, , document, port] = process.argv;
const app = await createMockServer({ document: JSON.parse(readFileSync(document, "utf8")) });
serve({ fetch: app.fetch, port: Number(port), hostname: "127.0.0.1" });
`;

/** Installs and starts other mock servers on the same document. */
export async function startContenders(): Promise<readonly Contender[]> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "package.json"), '{ "private": true }\n');
  await writeFile(path.join(folder, "scalar.mjs"), scalar);
  const flags = ["--no-audit", "--no-fund", "--no-save"];
  await promisify(execFile)("npm", ["install", ...flags, ...packages], { cwd: folder });
  const mockoon = path.join(folder, "node_modules", "@mockoon", "cli", "bin", "run.js");
  return [
    await start("@mockoon/cli", (port) => [
      ...[mockoon, "start", "--data", document],
      ...["--port", port, "--hostname", "127.0.0.1"],
    ]),
    await start("@scalar/mock-server", (port) => [path.join(folder, "scalar.mjs"), document, port]),
  ];
}

async function start(name: string, args: (port: string) => readonly string[]): Promise<Contender> {
  const port = String(await freePort());
  const child = spawn(process.execPath, [...args(port)], { cwd: folder, stdio: "ignore" });
  const origin = `http://127.0.0.1:${port}`;
  const headers = { authorization: "Bearer any" };
  for (let tries = 0; tries < 300 && child.exitCode === null; tries += 1) {
    for (const base of ["/v1", ""]) {
      const answer = await fetch(`${origin}${base}/access-tokens`, { headers }).catch(() => {});
      await answer?.body?.cancel();
      if (answer?.status === 200) return { name, origin: origin + base, stop: () => end(child) };
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await end(child);
  throw new Error(`${name} did not start`);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? (address?.port ?? 0) : 0));
    });
  });
}

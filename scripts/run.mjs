/**
 * Starts the generator. Node 20 cannot run TypeScript by itself, and a loader hook would also sit on every module of
 * the tools that the generator uses, which was measured at half the time of a whole run. So the generator's own
 * sources, and nothing else, are bundled into the cache of the modules and run from there.
 */
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const scripts = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(scripts);
const cache = path.join(root, "node_modules", ".cache", "s2-token-contract");

const { outputFiles } = await build({
  entryPoints: ["main.ts", "wire-thread.ts"].map((file) => path.join(scripts, file)),
  outdir: cache,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  splitting: true,
  write: false,
  packages: "external",
  format: "esm",
  platform: "node",
  target: "node20",
  sourcemap: "inline",
  logLevel: "error",
});

// A folder for each state of the sources: a run never sees files that another one is about to change.
const digest = createHash("sha256");
for (const { path: file, contents } of outputFiles) digest.update(file).update(contents);
const folder = path.join(cache, digest.digest("hex").slice(0, 16));
if (!existsSync(folder)) {
  const staging = `${folder}.${process.pid}`;
  mkdirSync(staging, { recursive: true });
  for (const { path: file, contents } of outputFiles) {
    writeFileSync(path.join(staging, path.basename(file)), contents);
  }
  if (existsSync(folder)) rmSync(staging, { recursive: true });
  else renameSync(staging, folder);
}
// Other runs load parts of their folder late, a watch hours after its start: only what nobody used for days goes.
const now = new Date();
utimesSync(folder, now, now);
for (const other of readdirSync(cache)) {
  const age =
    now.getTime() -
    (statSync(path.join(cache, other), { throwIfNoEntry: false })?.mtimeMs ?? now.getTime());
  if (age > 7 * 24 * 60 * 60 * 1000)
    rmSync(path.join(cache, other), { recursive: true, force: true });
}
process.env.GENERATOR_ROOT = scripts;
await import(pathToFileURL(path.join(folder, "main.mjs")).href);

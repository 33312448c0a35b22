/**
 * Starts the generator. Node.js 20 cannot run TypeScript. A loader hook would also process every module of the
 * generator's tools, which took half the time of a whole run. So this bundles only the generator's own sources into a
 * cache in `node_modules`, and runs them from there. The bundle's folder is
 * named after a hash of the sources: while they are as they were, nothing is bundled and the bundler is not loaded.
 */
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const scripts = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(scripts);
const cache = path.join(root, "node_modules", ".cache", "s2-token-contract");

/** Sorted paths of the sources below a folder. */
function sourcesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry) => {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        return ["dist", "node_modules"].includes(entry.name) ? [] : sourcesIn(file);
      }
      return /\.(?:ts|mjs)$/.test(entry.name) ? [file] : [];
    });
}

/** The folder for this state of the sources. Each state has its own, so that runs do not change each other's files. */
function folderNow() {
  const digest = createHash("sha256");
  for (const file of sourcesIn(scripts)) {
    digest
      .update(`${path.relative(scripts, file)}\0`)
      .update(readFileSync(file))
      .update("\0");
  }
  return path.join(cache, digest.digest("hex").slice(0, 16));
}

const wanted = folderNow();
const folder = existsSync(wanted) ? wanted : await bundle();

/** Bundles the sources into a folder and returns it. It is another one than wanted if the sources changed meanwhile. */
async function bundle() {
  const { build } = await import("esbuild");
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
  const staging = `${wanted}.${process.pid}`;
  mkdirSync(staging, { recursive: true });
  for (const { path: file, contents } of outputFiles) {
    writeFileSync(path.join(staging, path.basename(file)), contents);
  }
  if (folderNow() !== wanted) return staging;
  if (existsSync(wanted)) rmSync(staging, { recursive: true });
  else renameSync(staging, wanted);
  return wanted;
}

// Remove only folders that were not used for 7 days: other runs, such as a watch, may load parts of theirs hours later.
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

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { projectRoot, runtimePath, shownPath } from "./project.js";

/** Name of the manifest in the output folder. */
export const manifestName = "manifest.json";

/** Name of the linter's configuration beside a document. */
export const rulesName = "redocly.yaml";

/** What `manifest.json` holds: from what, by what and to what the last run generated. */
export interface Manifest {
  /** The document as it is named in the header of every file. */
  readonly document: string;
  /** Where the runtime lies, seen from the output folder: imports say so. */
  readonly runtime: string;
  /** Whether every doubt about the document ended the run. */
  readonly strict: boolean;
  /** SHA-256 of each file of the document and of the linter's configuration, by path from the document's folder. */
  readonly inputs: Readonly<Record<string, string>>;
  /** SHA-256 over the generator's own sources and the formatter's configuration. */
  readonly generator: string;
  /** Versions of the tools that shape the output. */
  readonly tools: Readonly<Record<string, string>>;
  /** SHA-256 of each file of the output, this one aside. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** Tools whose version may change the output. */
const tools = [
  "@biomejs/biome",
  "@redocly/openapi-core",
  "change-case",
  "openapi-fetch",
  "openapi-typescript",
  "ts-morph",
  "typescript",
  "yaml",
];

/** Reads the manifest of an output folder; `undefined` without one, or with one that is damaged. */
export function readManifest(out: string): Manifest | undefined {
  const file = path.join(out, manifestName);
  if (!existsSync(file)) return undefined;
  try {
    // A damaged or foreign manifest fails the comparison that follows; nothing else reads it.
    const manifest = JSON.parse(readFileSync(file, "utf8")) as Partial<Manifest>;
    const { document, runtime, strict, inputs, generator, tools: used, outputs } = manifest;
    return document && runtime && strict !== undefined && inputs && generator && used && outputs
      ? { document, runtime, strict, inputs, generator, tools: used, outputs }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Writes what a manifest says as text. */
export function printManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** SHA-256 in hexadecimal. */
export function hash(text: string | Buffer): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Hashes input files by their path from the folder of the document, which none of them leaves. */
export function hashInputs(spec: string, files: readonly string[]): Record<string, string> {
  const folder = path.dirname(spec);
  // What came from a URL is fetched again in every run: its hash is none of a file.
  const hashes = files.map((file): [string, string] =>
    existsSync(file)
      ? [path.relative(folder, file).split(path.sep).join("/"), hash(readFileSync(file))]
      : [file, ""],
  );
  return Object.fromEntries(hashes.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** The generator as it stands: its sources, its configuration, the tools that it uses. */
export function fingerprint(): Pick<Manifest, "generator" | "tools"> {
  const folder = path.join(projectRoot, "scripts");
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.(ts|mjs)$/.test(file),
  );
  const files = [
    ...sources.map((file) => path.join(folder, file)),
    path.join(projectRoot, "biome.json"),
  ];
  const digest = createHash("sha256");
  for (const file of files.sort()) {
    digest
      .update(`${shownPath(file)}\0`)
      .update(readFileSync(file))
      .update("\0");
  }
  return {
    generator: digest.digest("hex"),
    tools: Object.fromEntries(tools.map((name) => [name, versionOf(name)])),
  };
}

/** Whether a manifest was written by this very generator from these very inputs, and its outputs are untouched. */
export function isCurrent(
  manifest: Manifest | undefined,
  { spec, out, strict }: { readonly spec: string; readonly out: string; readonly strict: boolean },
): boolean {
  if (manifest === undefined) return false;
  const now = fingerprint();
  const folder = path.dirname(spec);
  const isSame = (root: string, files: Readonly<Record<string, string>>): boolean =>
    Object.entries(files).every(([file, digest]) => isFile(path.join(root, file), digest));
  return (
    manifest.document === shownPath(spec) &&
    manifest.strict === strict &&
    manifest.runtime === runtimePath(out) &&
    manifest.generator === now.generator &&
    JSON.stringify(manifest.tools) === JSON.stringify(now.tools) &&
    manifest.inputs[path.basename(spec)] !== undefined &&
    (strict && existsSync(path.join(folder, rulesName))) ===
      (manifest.inputs[rulesName] !== undefined) &&
    isSame(folder, manifest.inputs) &&
    isSame(out, manifest.outputs) &&
    strays(out, manifest).length === 0
  );
}

/** First words of every generated source file. */
export const generatedBy = "// Generated by scripts/generate.ts ";

/** Files below a folder, with `/`, in order. */
export function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"),
    )
    .sort();
}

/** Files that say of themselves that they come from the manifest's document, and that it does not list: a merge leaves such. */
export function strays(out: string, { document, outputs }: Manifest): string[] {
  const header = `${generatedBy}from ${document} (`;
  return filesIn(out).filter((file) => {
    const name = path.join(out, file);
    return (
      outputs[file] === undefined &&
      statSync(name).isFile() &&
      readFileSync(name, "utf8").startsWith(header)
    );
  });
}

function isFile(file: string, digest: string): boolean {
  return existsSync(file) && statSync(file).isFile() && hash(readFileSync(file)) === digest;
}

function versionOf(name: string): string {
  const file = path.join(projectRoot, "node_modules", name, "package.json");
  // npm writes the version of what it installs; without it, nothing of this would run.
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { DocumentForm, Options, Selection } from "./options.js";
import { documentName, isPublished, packageRoot, projectRoot, runtimeSources } from "./project.js";
import { type Runtime, runtimeName } from "./runtime.js";
import { rulesName } from "./spec/rules-name.js";

/** Name of the manifest in the output folder. */
export const manifestName = "manifest.json";

/** What `manifest.json` holds: from what, by what and to what the last run generated. */
export interface Manifest {
  /** The document as it is named in the header of every file. */
  readonly document: string;
  /** Where the runtime comes from: `copy`, `package`, or a folder, seen from the output folder. */
  readonly runtime: string;
  /** Whether every doubt about the document ended the run. */
  readonly strict: boolean;
  /** Which operations are generated, and in which form the document is written beside them. */
  readonly selection: Selection & { readonly document: DocumentForm };
  /** SHA-256 of each file of the document and of the linter's configuration, by path from the document's folder. */
  readonly inputs: Readonly<Record<string, string>>;
  /** SHA-256 over the generator's own sources and the formatter's configuration. */
  readonly generator: string;
  /** Versions of the tools that shape the output. */
  readonly tools: Readonly<Record<string, string>>;
  /** SHA-256 of each file of the output, this one aside. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The start of the SHA-256 of what each formatted file was made of: while that is the same, the file is. */
  readonly sources: Readonly<Record<string, string>>;
}

/** The generator and its tools, as a manifest has them. */
export type Fingerprint = Pick<Manifest, "generator" | "tools">;

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
    const {
      document,
      runtime,
      strict,
      selection,
      inputs,
      generator,
      tools: used,
      outputs,
      sources,
    } = manifest;
    return document &&
      runtime &&
      strict !== undefined &&
      selection &&
      inputs &&
      generator &&
      used &&
      outputs &&
      sources
      ? { document, runtime, strict, selection, inputs, generator, tools: used, outputs, sources }
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
export function fingerprint(runtime: Runtime): Fingerprint {
  const digest = createHash("sha256");
  for (const file of generatorFiles(runtime).sort()) {
    digest
      .update(`${path.relative(projectRoot, file).split(path.sep).join("/")}\0`)
      .update(readFileSync(file))
      .update("\0");
  }
  return {
    generator: digest.digest("hex"),
    tools: Object.fromEntries(tools.map((name) => [name, versionOf(name)])),
  };
}

function generatorFiles(runtime: Runtime): string[] {
  // A published package does not change: its manifest has the version.
  if (isPublished) return [path.join(packageRoot, "package.json")];
  const folders = runtime === "copy" ? [packageRoot, runtimeSources] : [packageRoot];
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(ts|mjs)$/.test(file) && !/^(dist|node_modules)\b/.test(file))
      .map((file) => path.join(folder, file)),
  );
}

/** Whether a manifest was written by this very generator from these very inputs, and its outputs are untouched. */
export function isCurrent(
  manifest: Manifest | undefined,
  { spec, out, strict, runtime, document, include, exclude }: Options,
): boolean {
  if (manifest === undefined) return false;
  const now = fingerprint(runtime);
  const folder = path.dirname(spec);
  const isSame = (root: string, files: Readonly<Record<string, string>>): boolean =>
    Object.entries(files).every(([file, digest]) => isFile(path.join(root, file), digest));
  return (
    manifest.document === documentName(spec, out) &&
    manifest.strict === strict &&
    JSON.stringify(manifest.selection) === JSON.stringify({ document, include, exclude }) &&
    manifest.runtime === runtimeName(runtime, out) &&
    isSameGenerator(manifest, now) &&
    manifest.inputs[path.basename(spec)] !== undefined &&
    (strict && existsSync(path.join(folder, rulesName))) ===
      (manifest.inputs[rulesName] !== undefined) &&
    isSame(folder, manifest.inputs) &&
    isSame(out, manifest.outputs) &&
    strays(out, manifest).length === 0
  );
}

/** Whether a manifest was written by a generator, with its tools. */
export function isSameGenerator(manifest: Manifest, now: Fingerprint): boolean {
  return (
    manifest.generator === now.generator &&
    JSON.stringify(manifest.tools) === JSON.stringify(now.tools)
  );
}

/** First words of every generated source file. */
const generatedBy = /^(?:\/\/|<!--) Generated by (?:scripts\/generate\.ts|clientwright) from /;

/** Whether a text says of itself that it is generated. */
export function isGenerated(text: string): boolean {
  return generatedBy.test(text);
}

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
  return filesIn(out).filter((file) => {
    const name = path.join(out, file);
    if (outputs[file] !== undefined || !statSync(name).isFile()) return false;
    const text = readFileSync(name, "utf8");
    const [words = ""] = generatedBy.exec(text) ?? [];
    const rest = text.slice(words.length);
    return words !== "" && (rest.startsWith(`${document} (`) || rest.startsWith(`${document}. `));
  });
}

function isFile(file: string, digest: string): boolean {
  return existsSync(file) && statSync(file).isFile() && hash(readFileSync(file)) === digest;
}

function versionOf(name: string): string {
  const file = path.join("node_modules", ...name.split("/"), "package.json");
  // npm writes the version of what it installs; without it, nothing of this would run.
  return (JSON.parse(readFileSync(upward(packageRoot, file), "utf8")) as { version: string })
    .version;
}

/** A file in a folder or in the nearest one above it, as Node.js looks for packages. */
function upward(folder: string, file: string): string {
  const here = path.join(folder, file);
  const parent = path.dirname(folder);
  return existsSync(here) || parent === folder ? here : upward(parent, file);
}

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { DocumentForm, Options, Selection } from "./options.js";
import { documentName, isPublished, packageRoot, projectRoot, runtimeSources } from "./project.js";
import { type Runtime, runtimeName } from "./runtime.js";
import { rulesName } from "./spec/rules-name.js";

/** Name of the manifest in the output folder. */
export const manifestName = "manifest.json";

/** The content of `manifest.json`: inputs, options, generator and outputs of the last run. */
export interface Manifest {
  /** Name of the document in the header of every file. */
  readonly document: string;
  /** The runtime: `copy`, `package`, or a folder relative to the output folder. */
  readonly runtime: string;
  /** Whether the run was strict. */
  readonly strict: boolean;
  /** The selected operations, and the form of the bundled document. */
  readonly selection: Selection & { readonly document: DocumentForm };
  /** SHA-256 of each file of the document and of the linter's configuration, by path in the document's folder. */
  readonly inputs: Readonly<Record<string, string>>;
  /** SHA-256 of the generator's sources. */
  readonly generator: string;
  /** Versions of the tools that influence the output. */
  readonly tools: Readonly<Record<string, string>>;
  /** SHA-256 of each file of the output, without the manifest. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Start of the SHA-256 of the source of each formatted file. If it is the same, the file is reused. */
  readonly sources: Readonly<Record<string, string>>;
}

/** The generator and its tools in a manifest. */
export type Fingerprint = Pick<Manifest, "generator" | "tools">;

/** Tools whose version can change the output. */
const tools = [
  "@biomejs/biome",
  "@redocly/openapi-core",
  "change-case",
  "openapi-fetch",
  "openapi-typescript",
  "ts-morph",
  "turndown",
  "typescript",
  "yaml",
];

/** Reads the manifest of an output folder; `undefined` if it is missing or damaged. */
export function readManifest(out: string): Manifest | undefined {
  const file = path.join(out, manifestName);
  if (!existsSync(file)) return undefined;
  try {
    // The values are only compared, so a damaged manifest cannot do harm.
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

/** Prints a manifest as JSON. */
export function printManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** SHA-256 in hexadecimal. */
export function hash(text: string | Buffer): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Hashes input files, by their path in the folder of the document, which contains all of them. */
export function hashInputs(spec: string, files: readonly string[]): Record<string, string> {
  const folder = path.dirname(spec);
  const hashes = files.map((file): [string, string] => {
    // A URL has no hash: it is fetched again in every run.
    if (/^https?:/i.test(file)) return [file, ""];
    const name = path.relative(folder, file).split(path.sep).join("/");
    // A missing file is never up to date. Reading a pipe would block.
    const isThere = statSync(file, { throwIfNoEntry: false })?.isFile() === true;
    return [name, isThere ? hash(readFileSync(file)) : ""];
  });
  return Object.fromEntries(hashes.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** The state of the generator: a hash of its sources, and the versions of its tools. */
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
  // A published package does not change: its version in package.json is enough.
  if (isPublished) return [path.join(packageRoot, "package.json")];
  const folders = runtime === "copy" ? [packageRoot, runtimeSources] : [packageRoot];
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(ts|mjs)$/.test(file) && !/^(dist|node_modules)\b/.test(file))
      .map((file) => path.join(folder, file)),
  );
}

/** Whether the generator, the inputs, the options and the outputs are the same as in a manifest. */
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

/** Whether a manifest was written by this generator with these tools. */
export function isSameGenerator(manifest: Manifest, now: Fingerprint): boolean {
  return (
    manifest.generator === now.generator &&
    JSON.stringify(manifest.tools) === JSON.stringify(now.tools)
  );
}

/** The start of every generated source file. */
const generatedBy = /^(?:\/\/|<!--) Generated by (?:scripts\/generate\.ts|clientwright) from /;

/** Whether a text has the header of generated files. */
export function isGenerated(text: string): boolean {
  return generatedBy.test(text);
}

/** Sorted paths of all files below a folder, with `/`. */
export function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"),
    )
    .sort();
}

/** Files that were generated from the manifest's document, but that it does not list. A merge can leave such files. */
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
  // Every package that npm installs has a version.
  return (JSON.parse(readFileSync(upward(packageRoot, file), "utf8")) as { version: string })
    .version;
}

/** Finds a file in a folder or in the nearest folder above it, as Node.js finds packages. */
function upward(folder: string, file: string): string {
  const here = path.join(folder, file);
  const parent = path.dirname(folder);
  return existsSync(here) || parent === folder ? here : upward(parent, file);
}

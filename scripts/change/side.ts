/** One side of a comparison: a document, from a file, a Git revision or a published package. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Json } from "../model/api.js";
import { loadSpec } from "../spec/load.js";
import { toPointer } from "../spec/problem.js";
import type { PlaceOf } from "./findings.js";
import { run, type Workspace } from "./workspace.js";

/** A document to compare, and where it comes from. */
export interface Side {
  /** As it is shown: the revision, the package or the file. */
  readonly label: string;
  readonly document: Json;
  readonly placeOf: PlaceOf;
  /** Version of the package at that time. */
  readonly version: string;
  /** Sources of the client of that time: a revision with `src/` and `generated/`; absent for a mere document. */
  readonly sources?: string;
}

/** The base cannot be read. */
export class BaseError extends Error {
  override readonly name = "BaseError";
}

/**
 * Reads the document that is compared against.
 *
 * @param base - a file, a Git revision such as `origin/main`, or `npm:VERSION` of the package in the project's folder
 * @param spec - the document of today: at a revision, the file at the same place
 */
export async function loadBase(base: string, spec: string, work: Workspace): Promise<Side> {
  if (base.startsWith("npm:")) return fromPackage(base, path.dirname(spec), work);
  if (existsSync(base)) return loadFile(base, base);
  return fromRevision(base, spec, work);
}

/** Reads the document of a file. @param root - the folder from which its files are named */
export async function loadFile(file: string, label: string, root?: string): Promise<Side> {
  const { document, locate } = await loadSpec(file, { strict: false });
  const placeOf: PlaceOf = (at) => {
    const found = /^(.*):(\d+):\d+ {2}/.exec(locate(at) ?? "");
    const [, source = file, line = "1"] = found ?? [];
    const shown = root === undefined ? source : path.relative(root, path.resolve(source));
    return { file: shown.split(path.sep).join("/"), line: Number(line), pointer: toPointer(at) };
  };
  return { label, document, placeOf, version: versionOf(path.dirname(path.resolve(file))) };
}

async function fromRevision(revision: string, spec: string, work: Workspace): Promise<Side> {
  const folder = path.dirname(path.resolve(spec));
  const root = attempt(
    () => String(run("git", ["rev-parse", "--show-toplevel"], folder)).trim(),
    `${revision}: no such file, and ${folder} is in no Git repository`,
  );
  const commit = attempt(
    () =>
      String(run("git", ["rev-parse", "--verify", "--quiet", `${revision}^{commit}`], root)).trim(),
    `${revision}: neither a file nor a Git revision`,
  );
  const target = work.folder("revision");
  const archive = run("git", ["archive", "--format=tar", commit], root);
  execFileSync("tar", ["-x", "-C", target], { input: archive, maxBuffer: 1 << 28 });
  const file = path.join(target, path.relative(root, path.resolve(spec)));
  if (!existsSync(file)) {
    throw new BaseError(`${revision} has no ${path.relative(root, path.resolve(spec))}`);
  }
  const side = await loadFile(file, revision, target);
  return { ...side, ...sourcesIn(target) };
}

/** A published version, as npm packs it: its manifest is that of the project. */
async function fromPackage(base: string, folder: string, work: Workspace): Promise<Side> {
  const wanted = base.slice("npm:".length);
  const named = /^(@?[^@]+)@(.+)$/.exec(wanted);
  const name = named?.[1] ?? nameOf(folder);
  const version = named?.[2] ?? wanted;
  const target = work.folder("package");
  attempt(
    () =>
      run("npm", ["pack", "--silent", "--pack-destination", target, `${name}@${version}`], target),
    `npm has no ${name}@${version}`,
  );
  const [packed = ""] = readdirSync(target).filter((file) => file.endsWith(".tgz"));
  const unpacked = path.join(target, "unpacked");
  mkdirSync(unpacked);
  execFileSync("tar", ["-xzf", path.join(target, packed), "-C", unpacked]);
  const root = path.join(unpacked, "package");
  const document = ["generated/openapi.json", "openapi.json", "openapi.yaml"]
    .map((file) => path.join(root, file))
    .find((file) => existsSync(file));
  if (document === undefined) throw new BaseError(`${name}@${version} holds no OpenAPI document`);
  const side = await loadFile(document, base, root);
  return { ...side, ...sourcesIn(root) };
}

function sourcesIn(root: string): { readonly sources?: string } {
  const isWhole = ["src/index.ts", "generated/index.ts"].every((file) =>
    existsSync(path.join(root, file)),
  );
  return isWhole ? { sources: root } : {};
}

/** The version that a document was released with: in `release.json` beside it, or that of its package. */
function versionOf(folder: string): string {
  const file = path.join(folder, "release.json");
  if (!existsSync(file)) return manifestOf(folder).version;
  // Written by the release; without a version the release is unknown, and so is what it raises.
  const { version = "" } = JSON.parse(readFileSync(file, "utf8")) as { version?: string };
  return version;
}

/** The name of the package that a folder belongs to. */
function nameOf(folder: string): string {
  return manifestOf(folder).name;
}

/** The package that a folder belongs to. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly root: string;
}

/** Name, version and root of the package that a folder belongs to; version 1.0.0 where it belongs to none. */
export function manifestOf(folder: string): Manifest {
  const file = path.join(folder, "package.json");
  if (existsSync(file)) {
    // A manifest is JSON with these two, or npm would not take it.
    const manifest = JSON.parse(readFileSync(file, "utf8")) as { name?: string; version?: string };
    return { name: manifest.name ?? "", version: manifest.version ?? "1.0.0", root: folder };
  }
  const parent = path.dirname(folder);
  return parent === folder ? { name: "", version: "1.0.0", root: folder } : manifestOf(parent);
}

function attempt<T>(work: () => T, message: string): T {
  try {
    return work();
  } catch (error) {
    const why = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    throw new BaseError(why === "" ? message : `${message}\n${why}`);
  }
}

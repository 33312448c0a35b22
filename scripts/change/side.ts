/** One side of a comparison: a document in a file, a Git revision or a published package. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { Json } from "../model/api.js";
import { loadSpec } from "../spec/load.js";
import { toPointer } from "../spec/problem.js";
import type { PlaceOf } from "./findings.js";
import { run, type Workspace } from "./workspace.js";

/** A document to compare, and its origin. */
export interface Side {
  /** Name in reports: the revision, the package or the file. */
  readonly label: string;
  readonly document: Json;
  readonly placeOf: PlaceOf;
  /** Version of the package at that time. */
  readonly version: string;
  /** Folder of a revision with the client in `src/` and `generated/`; absent if there is only a document. */
  readonly sources?: string;
}

/** The base cannot be read. */
export class BaseError extends Error {
  override readonly name = "BaseError";
}

/**
 * Reads one side of a comparison.
 *
 * @param source - a file, a Git revision such as `origin/main`, `npm:VERSION` of the package in the project's folder, or
 * `npm:NAME@VERSION` of any package, with `#FILE` if it has several documents
 * @param spec - the current document; in a revision, the file with the same path is read
 */
export async function loadSide(source: string, spec: string, work: Workspace): Promise<Side> {
  if (source.startsWith("npm:")) return fromPackage(source, path.dirname(spec), work);
  if (!existsSync(source)) return fromRevision(source, spec, work);
  if (statSync(source).isFile()) return loadFile(source, source);
  throw new BaseError(
    `${source} is not a file: name the document, such as ${path.join(source, "openapi.yaml")}`,
  );
}

/** Reads the document of a file. @param root - folder that paths in findings are relative to */
export async function loadFile(file: string, label: string, root?: string): Promise<Side> {
  const { document, locate } = await loadSpec(file, { strict: false });
  const placeOf: PlaceOf = (at) => {
    const found = /^(.*):(\d+):\d+ {2}/.exec(locate(at) ?? "");
    const [, source = file, line = "1"] = found ?? [];
    const whole = path.resolve(source);
    const relative = path.relative(root ?? process.cwd(), whole);
    // A file elsewhere is found by its whole path, and not by steps up from here.
    const shown = relative.startsWith("..") ? whole : relative;
    return { file: shown.split(path.sep).join("/"), line: Number(line), pointer: toPointer(at) };
  };
  return { label, document, placeOf, version: versionOf(path.dirname(path.resolve(file))) };
}

async function fromRevision(revision: string, spec: string, work: Workspace): Promise<Side> {
  const usual = path.dirname(path.resolve(spec));
  const folder = existsSync(usual) ? usual : process.cwd();
  const root = attempt(
    () => String(run("git", ["rev-parse", "--show-toplevel"], folder)).trim(),
    `${revision}: no such file, and no revision either: ${folder} cannot be read as a Git repository`,
  );
  const commit = attempt(
    () =>
      String(
        run(
          "git",
          ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`],
          root,
        ),
      ).trim(),
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

/** Reads a published version of a package, which npm downloads. */
async function fromPackage(base: string, folder: string, work: Workspace): Promise<Side> {
  const [wanted = "", file] = base.slice("npm:".length).split("#");
  const named = /^(@?[^@]+)@(.+)$/.exec(wanted);
  const name = named?.[1] ?? nameOf(folder);
  const version = named?.[2] ?? wanted;
  if (name === "" || version === "") {
    throw new BaseError(`${base}: expected npm:VERSION of this package, or npm:NAME@VERSION`);
  }
  const target = work.folder("package");
  attempt(
    () =>
      run(
        "npm",
        // The errors are what tells why.
        ["pack", "--loglevel=error", "--pack-destination", target, `${name}@${version}`],
        target,
      ),
    `npm cannot give ${name}@${version}`,
  );
  const [packed = ""] = readdirSync(target).filter((file) => file.endsWith(".tgz"));
  const unpacked = path.join(target, "unpacked");
  mkdirSync(unpacked);
  execFileSync("tar", ["-xzf", path.join(target, packed), "-C", unpacked]);
  const root = path.join(unpacked, "package");
  const document = documentIn(root, `${name}@${version}`, file);
  const side = await loadFile(document, base, root);
  return { ...side, ...sourcesIn(root) };
}

/** The document of a package: the one with the given name, that of a package like ours, or the only one. */
function documentIn(root: string, label: string, wanted: string | undefined): string {
  const usual = ["generated/openapi.json", "openapi.json", "openapi.yaml"];
  const known = (wanted === undefined ? usual : [wanted]).find((file) =>
    existsSync(path.join(root, file)),
  );
  if (known !== undefined) return path.join(root, known);
  const all = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(json|ya?ml)$/.test(file))
    .filter((file) => isDocument(path.join(root, file)))
    .sort();
  const [only, ...more] = all;
  if (only !== undefined && more.length === 0 && wanted === undefined) return path.join(root, only);
  if (only === undefined) throw new BaseError(`${label} contains no OpenAPI document`);
  const missing = wanted === undefined ? "contains several documents" : `has no ${wanted}`;
  const list = all.slice(0, 10).join(", ");
  throw new BaseError(
    `${label} ${missing}: add #FILE, one of ${list}${all.length > 10 ? ", …" : ""}`,
  );
}

/** Whether a file declares a version of OpenAPI near its start. */
function isDocument(file: string): boolean {
  const head = readFileSync(file, "utf8").slice(0, 4_000);
  return /["']?(openapi|swagger)["']?\s*:\s*["']?[23]\./.test(head);
}

function sourcesIn(root: string): { readonly sources?: string } {
  const isWhole = ["src/index.ts", "generated/index.ts"].every((file) =>
    existsSync(path.join(root, file)),
  );
  return isWhole ? { sources: root } : {};
}

/** The version that a document was released with: from `release.json` next to it, or from its package. */
function versionOf(folder: string): string {
  const file = path.join(folder, "release.json");
  if (!existsSync(file)) return manifestOf(folder).version;
  // The release script writes this file. Without a version, the last release is unknown.
  const { version = "" } = readJson(file) as { version?: string };
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

/** Name, version and root of the package that a folder belongs to. Without a package, the version is 1.0.0. */
export function manifestOf(folder: string): Manifest {
  const file = path.join(folder, "package.json");
  if (existsSync(file)) {
    // npm requires a name and a version.
    const manifest = readJson(file) as { name?: string; version?: string };
    return { name: manifest.name ?? "", version: manifest.version ?? "1.0.0", root: folder };
  }
  const parent = path.dirname(folder);
  return parent === folder ? { name: "", version: "1.0.0", root: folder } : manifestOf(parent);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new BaseError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function attempt<T>(work: () => T, message: string): T {
  try {
    return work();
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    // Report the first line with content of the program's error output.
    const why = isMissing
      ? error.message
      : said
          .split("\n")
          .find((line) => !/^npm error (code|errno|syscall|A complete log)|^\s*$/.test(line));
    throw new BaseError(
      why === undefined
        ? message
        : `${message}: ${why.replace(/^npm error (?:[a-z0-9]+ (?=[A-Z]))?/, "")}`,
    );
  }
}

import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The folder of the package `clientwright`: `scripts/` in the repository, a folder of `node_modules` elsewhere. A
 * bundle in a cache may lie anywhere: what starts it says where it comes from.
 */
export const packageRoot: string =
  process.env["GENERATOR_ROOT"] ?? folderWith("package.json", path.dirname(ownFile()));

/** The repository, if this is the generator that lies in it; the published package has no sources. */
const repository: string | undefined = existsSync(path.join(packageRoot, "run.mjs"))
  ? path.dirname(packageRoot)
  : undefined;

/** Whether this is the published package, and not the clone with a contract of its own. */
export const isPublished: boolean = repository === undefined;

/** The folder that holds everything: the repository, or the package. */
export const projectRoot: string = repository ?? packageRoot;

/** The folder with the sources of the runtime. */
export const runtimeSources: string =
  repository === undefined
    ? path.join(packageRoot, "dist", "runtime-source")
    : path.join(repository, "src", "runtime");

/** How the generator is called, with a blank before its flags. */
export const command: string = isPublished ? "clientwright" : "npm run generate --";

/** A path as messages show it: from the current folder where it lies inside, with `/`; else its last part. */
export function shownPath(file: string): string {
  return within(process.cwd(), file) ?? path.basename(file);
}

/**
 * A document as generated files name it: from the project of the output folder where it lies inside, else its last
 * part. That is the same for everyone, whatever folder they start the generator in.
 */
export function documentName(spec: string, out: string): string {
  return within(projectOf(out), spec) ?? path.basename(spec);
}

/** The nearest folder above an output folder that has a `package.json`, or the folder above it. */
export function projectOf(out: string): string {
  const parent = path.dirname(path.resolve(out));
  return folderWith("package.json", parent, parent);
}

/** A relative path with `/` from a folder to something inside it; `undefined` for what lies outside. */
export function within(folder: string, file: string): string | undefined {
  const relative = path.relative(folder, path.resolve(file));
  const isInside = !isOutside(relative) && relative !== "";
  return isInside ? relative.split(path.sep).join("/") : undefined;
}

/** Whether a relative path leads out of where it starts. On Windows, one to another drive is absolute. */
export function isOutside(relative: string): boolean {
  return relative === ".." || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative);
}

function ownFile(): string {
  return fileURLToPath(import.meta.url);
}

function folderWith(name: string, folder: string, otherwise?: string): string {
  if (existsSync(path.join(folder, name))) return folder;
  const parent = path.dirname(folder);
  if (parent !== folder) return folderWith(name, parent, otherwise);
  if (otherwise !== undefined) return otherwise;
  throw new Error(`no ${name} above ${ownFile()}`);
}

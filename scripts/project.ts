import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The folder of the package `clientwright`: `scripts/` in the repository, elsewhere a folder in `node_modules`. A
 * bundle in a cache cannot tell, so `run.mjs` sets `GENERATOR_ROOT`.
 */
export const packageRoot: string =
  process.env["GENERATOR_ROOT"] ?? folderWith("package.json", path.dirname(ownFile()));

/** The folder of the repository; `undefined` in the published package, which has no `run.mjs`. */
const repository: string | undefined = existsSync(path.join(packageRoot, "run.mjs"))
  ? path.dirname(packageRoot)
  : undefined;

/** Whether this is the published package instead of the repository. */
export const isPublished: boolean = repository === undefined;

/** The root folder: the repository or the package. */
export const projectRoot: string = repository ?? packageRoot;

/** The folder with the sources of the runtime. */
export const runtimeSources: string =
  repository === undefined
    ? path.join(packageRoot, "dist", "runtime-source")
    : path.join(repository, "src", "runtime");

/** The command that runs the generator, without flags. */
export const command: string = isPublished ? "clientwright" : "npm run generate --";

/** A path for messages, with `/`: relative to the current folder if it is inside, otherwise its last part. */
export function shownPath(file: string): string {
  return within(process.cwd(), file) ?? path.basename(file);
}

/**
 * The name of a document in generated files: its path in the project of the output folder if it is inside, otherwise
 * its last part. It does not depend on the current folder.
 */
export function documentName(spec: string, out: string): string {
  return within(projectOf(out), spec) ?? path.basename(spec);
}

/** The nearest folder above an output folder with a `package.json`; without one, the parent of the output folder. */
export function projectOf(out: string): string {
  const parent = path.dirname(path.resolve(out));
  return folderWith("package.json", parent, parent);
}

/** The path of a file relative to a folder, with `/`; `undefined` if the file is not inside. */
export function within(folder: string, file: string): string | undefined {
  const relative = path.relative(folder, path.resolve(file));
  const isInside = !isOutside(relative) && relative !== "";
  return isInside ? relative.split(path.sep).join("/") : undefined;
}

/** Whether a relative path leads out of its folder. On Windows, a path to another drive is absolute. */
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

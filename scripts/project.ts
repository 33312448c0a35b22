import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of this project. A bundle may lie behind a linked `node_modules`: what starts it says where it is. */
export const projectRoot: string =
  process.env["GENERATOR_ROOT"] ?? findRoot(path.dirname(fileURLToPath(import.meta.url)));

/** A path as it is shown and written to files: relative to the project where it lies inside, with `/`. */
export function shownPath(file: string): string {
  const relative = path.relative(projectRoot, path.resolve(file));
  const isInside = !relative.startsWith("..") && !path.isAbsolute(relative);
  return (isInside ? relative : path.basename(file)).split(path.sep).join("/");
}

/** The folder of the runtime as files of an output folder import it. */
export function runtimePath(out: string): string {
  const relative = path.relative(path.resolve(out), path.join(projectRoot, "src", "runtime"));
  return relative.split(path.sep).join("/");
}

function findRoot(folder: string): string {
  return existsSync(path.join(folder, "package.json")) ? folder : findRoot(path.dirname(folder));
}

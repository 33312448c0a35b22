import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { root } from "../readme/project.js";

const run = promisify(execFile);

/** Name of the package, as users import it. */
export const packageName: string = "s2-token-contract";

/**
 * Packs the package as it would be published. Builds it first if `dist/` is missing.
 *
 * @param folder - where the tarball goes, never the project's own folder: a tarball of yours may lie there
 * @returns the path of the tarball
 */
export async function packPackage(folder: string): Promise<string> {
  if (!existsSync(path.join(root, "dist"))) {
    await run("npm", ["run", "--silent", "build"], { cwd: root });
  }
  const { stdout } = await run(
    "npm",
    ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder],
    { cwd: root },
  );
  return path.join(folder, stdout.trim());
}

/**
 * Installs the packed package in an empty project.
 *
 * @param folder - where the tarball and the project are put
 * @returns the folder of the project
 */
export async function installPackage(folder: string): Promise<string> {
  const tarball = await packPackage(folder);
  const project = path.join(folder, "project");
  await mkdir(project);
  await writeFile(
    path.join(project, "package.json"),
    JSON.stringify({ name: "empty-project", private: true, type: "module" }),
  );
  await run("npm", ["install", tarball, "--prefer-offline", "--no-audit", "--no-fund"], {
    cwd: project,
  });
  return project;
}

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { root } from "../readme/project.js";

const run = promisify(execFile);

/** Name of the package, as users import it. */
export const packageName: string = "s2-token-contract";

/**
 * Packs the package as it would be published, and installs it in an empty project.
 *
 * @param folder - where the tarball and the project are put
 * @returns the folder of the project
 */
export async function installPackage(folder: string): Promise<string> {
  if (!existsSync(path.join(root, "dist"))) {
    await run("npm", ["run", "--silent", "build"], { cwd: root });
  }
  await run("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder], {
    cwd: root,
  });
  const tarball = (await readdir(folder)).find((file) => file.endsWith(".tgz")) ?? "no tarball";
  const project = path.join(folder, "project");
  await mkdir(project);
  await writeFile(
    path.join(project, "package.json"),
    JSON.stringify({ name: "empty-project", private: true, type: "module" }),
  );
  await run(
    "npm",
    ["install", path.join(folder, tarball), "--prefer-offline", "--no-audit", "--no-fund"],
    { cwd: project },
  );
  return project;
}

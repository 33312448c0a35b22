/**
 * Checks the packed package: Are The Types Wrong for how TypeScript resolves it, publint for its manifest. The tarball
 * lies in a temporary folder: `attw --pack` would write it to the project's own and delete it there, along with one that
 * you made before.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "../readme/project.js";
import { packPackage } from "./install.js";

const folder = mkdtempSync(path.join(os.tmpdir(), "s2-token-contract-tarball-"));
const run = (file: readonly string[], options: readonly string[]): void => {
  const program = path.join(root, "node_modules", ...file);
  execFileSync(process.execPath, [program, ...options], { stdio: "inherit" });
};
try {
  const tarball = await packPackage(folder);
  const attw = ["--profile", "esm-only", "--exclude-entrypoints", "openapi.yaml"];
  const format = ["--format", "ascii", "--no-emoji"];
  run(["@arethetypeswrong", "cli", "dist", "index.js"], [tarball, ...attw, ...format]);
  run(["publint", "src", "cli.js"], ["run", tarball, "--strict"]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

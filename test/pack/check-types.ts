/**
 * Checks with Are The Types Wrong how TypeScript resolves the packed package. The tarball lies in a temporary folder:
 * `attw --pack` would write it to the project's own and delete it there, along with one that you made before.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "../readme/project.js";
import { packPackage } from "./install.js";

const folder = mkdtempSync(path.join(os.tmpdir(), "s2-token-contract-types-"));
try {
  const attw = path.join(root, "node_modules", "@arethetypeswrong", "cli", "dist", "index.js");
  const options = ["--profile", "esm-only", "--exclude-entrypoints", "openapi.yaml"];
  execFileSync(process.execPath, [attw, await packPackage(folder), ...options], {
    stdio: "inherit",
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

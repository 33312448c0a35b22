/**
 * `npm run changeset`: runs the command of changesets for both packages.
 *
 * Changesets finds packages through `workspaces`, and the package at the root is not in that list: npm would link it
 * into its own `node_modules`. So it is in the list only while the command runs.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const listed = '"workspaces": [';
const withRoot = `${listed}".", `;

const manifest = readFileSync("package.json", "utf8");
if (!manifest.includes(listed)) throw new Error(`package.json has no ${listed}…]`);
const command = createRequire(import.meta.url).resolve("@changesets/cli/bin.js");
writeFileSync("package.json", manifest.replace(listed, withRoot));
try {
  const { status } = spawnSync(process.execPath, [command, ...process.argv.slice(2)], {
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
} finally {
  // The command may have raised the version, and formatted the file again.
  const raised = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  const version = `"version": ${JSON.stringify(raised.version)}`;
  writeFileSync("package.json", manifest.replace(/"version": "[^"]*"/, version));
}

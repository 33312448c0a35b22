/**
 * Compares versions of documents that others published, and prints a table of what is found. The majors were read by
 * hand: `README.md` keeps the table and what came of reading. Documents come from npm, and from clones below `.tmp/`.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const folder = path.join(root, ".tmp", "pairs");

/** Two versions of one document. */
interface Pair {
  readonly document: string;
  readonly versions: readonly [was: string, now: string];
  readonly base: () => string;
  readonly to: () => string;
}

function galaxy(was: string, now: string): Pair {
  const source = (version: string) => () => `npm:@scalar/galaxy@${version}#dist/latest.json`;
  return { document: "Scalar Galaxy", versions: [was, now], base: source(was), to: source(now) };
}

/** A commit of the history of Resend's document, against the one before it. */
function resend(commit: string): Pair {
  return {
    document: "Resend",
    versions: [`${commit}~1`, commit],
    base: () => atCommit(`${commit}~1`),
    to: () => atCommit(commit),
  };
}

function atCommit(commit: string): string {
  const clone = path.join(folder, "resend");
  if (!existsSync(clone)) {
    mkdirSync(folder, { recursive: true });
    const url = "https://github.com/resend/resend-openapi.git";
    execFileSync("git", ["clone", "--quiet", url, clone]);
  }
  const file = path.join(folder, `resend-${commit.replace("~", "-")}.yaml`);
  const shown = execFileSync("git", ["show", `${commit}:resend.yaml`], { cwd: clone });
  writeFileSync(file, shown);
  return file;
}

const pairs: readonly Pair[] = [
  galaxy("0.1.0", "0.2.5"),
  galaxy("0.2.5", "0.2.20"),
  galaxy("0.2.20", "0.6.4"),
  galaxy("0.6.4", "0.6.12"),
  ...["615da33", "f793289", "cb0e611", "b45e2f7", "b3697d4", "44b7c31"].map(resend),
];

/** The part of the JSON report that the table is made of. */
interface Report {
  readonly bump: string;
  readonly findings: readonly { readonly bump: string; readonly rule: string }[];
}

const lines = [
  "| document | versions | bump | findings | majors | by rule |",
  "| --- | --- | --- | --: | --: | --- |",
];
for (const { document, versions, base, to } of pairs) {
  const program = path.join(root, "scripts", "run.mjs");
  const args = [program, "change", "--base", base(), "--to", to(), "--format", "json"];
  const text = execFileSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  // Printed by this project, one object.
  const { bump, findings } = JSON.parse(text) as Report;
  const majors = findings.filter((one) => one.bump === "major");
  const counts = new Map<string, number>();
  for (const { rule } of majors) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const rules = [...counts].map(([rule, count]) => `${rule} ${count}`).join(", ");
  const cells = [document, versions.join(" to "), bump, findings.length, majors.length, rules];
  lines.push(`| ${cells.join(" | ")} |`);
}
process.stdout.write(`${lines.join("\n")}\n`);

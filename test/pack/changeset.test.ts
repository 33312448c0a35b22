/** `npm run changeset` in a repository like this one: a package at the root, and one as a workspace. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const program = fileURLToPath(new URL("../../src/build/changeset.ts", import.meta.url));
let root: string;

const manifest = (version: string): string =>
  `{\n  "name": "whole",\n  "version": "${version}",\n  "workspaces": [\n    "part"\n  ]\n}\n`;

const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

function run(...args: readonly string[]): string {
  const node = ["--import", import.meta.resolve("tsx"), program, ...args];
  return execFileSync(process.execPath, node, { cwd: root, encoding: "utf8", stdio: "pipe" });
}

beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), "changeset-"));
  write("package.json", manifest("1.2.3"));
  write("part/package.json", '{ "name": "part", "version": "4.5.6" }\n');
  write(".changeset/config.json", '{ "changelog": false, "baseBranch": "main" }\n');
  write(".changeset/both.md", '---\n"whole": minor\n"part": patch\n---\n\nBoth change.\n');
  for (const args of [
    ["init", "--quiet", "--initial-branch", "main"],
    ["add", "."],
    ["-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "-m", "a"],
  ]) {
    execFileSync("git", args, { cwd: root });
  }
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

test("a command that fails leaves package.json as it was", () => {
  expect(() => run("no-such-command")).toThrow();
  expect(read("package.json")).toBe(manifest("1.2.3"));
});

test("both packages get the versions that the changesets plan", () => {
  run("version");
  expect(read("package.json")).toBe(manifest("1.3.0"));
  expect(JSON.parse(read("part/package.json"))).toMatchObject({ version: "4.5.7" });
});

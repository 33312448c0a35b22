import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hash, manifestName, printManifest } from "../../scripts/manifest.js";
import type { OutputFile } from "../../scripts/print/source.js";
import { compare, writeChanges } from "../../scripts/write.js";
import { snapshot } from "./run-generator.js";

let out = "";
beforeEach(() => {
  out = mkdtempSync(path.join(tmpdir(), "write-"));
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

/** Files with the manifest that a run would add. */
function withManifest(files: readonly OutputFile[]): OutputFile[] {
  const outputs = Object.fromEntries(files.map((file) => [file.path, hash(file.text)]));
  const text = printManifest({
    strict: false,
    document: "openapi.yaml",
    runtime: "../src/runtime",
    inputs: {},
    generator: "test",
    tools: {},
    outputs,
  });
  return [...files, { path: manifestName, text }];
}

const first = withManifest([
  { path: "a.ts", text: "a\n" },
  { path: "models/b.ts", text: "b\n" },
]);

test("adds, changes and removes, and leaves the rest alone", async () => {
  await writeChanges(out, compare(out, first));
  const second = withManifest([
    { path: "a.ts", text: "a, again\n" },
    { path: "c.ts", text: "c\n" },
  ]);
  const changes = compare(out, second);
  expect(changes.added.map((file) => file.path)).toEqual(["c.ts"]);
  expect(changes.changed.map((file) => file.path)).toEqual(["a.ts", manifestName]);
  expect(changes.removed).toEqual(["models/b.ts"]);
  writeFileSync(path.join(out, "notes.txt"), "mine");
  await writeChanges(out, compare(out, second));
  expect(snapshot(out)).toMatchObject({ "a.ts": "a, again\n", "c.ts": "c\n", "notes.txt": "mine" });
  expect(readdirSync(path.join(out, "models"))).toEqual([]);
});

test("a write that fails leaves every old file whole and nothing beside them", async () => {
  await writeChanges(out, compare(out, first));
  const before = snapshot(out);
  // The new file wants a folder where a file lies.
  const bad = withManifest([
    { path: "a.ts", text: "new\n" },
    { path: "a.ts/x.ts", text: "x\n" },
  ]);
  await expect(writeChanges(out, compare(out, bad))).rejects.toThrow();
  expect(snapshot(out)).toEqual(before);
});

test("a folder that was not generated is refused, an empty one is not", async () => {
  mkdirSync(path.join(out, "models"));
  await writeChanges(out, compare(out, first));
  rmSync(path.join(out, manifestName));
  writeFileSync(path.join(out, "a.ts"), "by hand\n");
  await expect(writeChanges(out, compare(out, first))).rejects.toThrow(/not generated: a\.ts/);
  expect(readFileSync(path.join(out, "a.ts"), "utf8")).toBe("by hand\n");
});

test("a file that no run has written is not overwritten, also beside a manifest", async () => {
  await writeChanges(out, compare(out, first));
  writeFileSync(path.join(out, "c.ts"), "mine\n");
  const second = withManifest([...first.slice(0, 2), { path: "c.ts", text: "c\n" }]);
  await expect(writeChanges(out, compare(out, second))).rejects.toThrow(/not generated: c\.ts/);
  expect(readFileSync(path.join(out, "c.ts"), "utf8")).toBe("mine\n");
});

test("a link that leads out of the folder is not followed, and one to a file is a stranger", async () => {
  const elsewhere = mkdtempSync(path.join(tmpdir(), "elsewhere-"));
  try {
    symlinkSync(elsewhere, path.join(out, "models"));
    expect(compare(out, first).foreign).toEqual(["models"]);
    await expect(writeChanges(out, compare(out, first))).rejects.toThrow("models");
    expect(readdirSync(elsewhere)).toEqual([]);
  } finally {
    rmSync(elsewhere, { recursive: true });
  }
});

test("what a killed run left is no stranger, and goes", async () => {
  // No process has this number: it is above every limit.
  const left = path.join(out, ".a.ts.99999999.new");
  writeFileSync(left, "half");
  expect(compare(out, first).foreign).toEqual([]);
  await writeChanges(out, compare(out, first));
  expect(Object.keys(snapshot(out))).not.toContain(".a.ts.99999999.new");
});

test("a file where the folder should be is named", () => {
  const file = path.join(out, "file");
  writeFileSync(file, "");
  expect(() => compare(file, first)).toThrow(`${file} is no folder`);
});

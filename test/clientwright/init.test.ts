import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runGenerator } from "../generate/run-generator.js";
import { type Ended, ended, root } from "./project.js";

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "init-")));
const inFolder = (...names: readonly string[]): string => path.join(folder, ...names);

beforeAll(async () => {
  cpSync(path.join(import.meta.dirname, "documents", "pets.yaml"), inFolder("openapi.yaml"));
  writeFileSync(inFolder("package.json"), '{ "type": "module" }\n');
  for (const [out, form] of [
    ["api", "json"],
    ["packages/pets", "yaml"],
    ["src/api", "both"],
  ] as const) {
    const spec = ["--spec", inFolder("openapi.yaml"), "--out", inFolder(out)];
    const run = await runGenerator([...spec, "--document", form]);
    expect(run.code, run.stderr).toBe(0);
  }
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function init(...args: readonly string[]): Promise<Ended> {
  rmSync(inFolder("clientwright.config.json"), { force: true });
  return ended(process.execPath, [path.join(root, "scripts", "run.mjs"), "init", ...args], folder);
}

const written = (): unknown =>
  JSON.parse(readFileSync(inFolder("clientwright.config.json"), "utf8"));

test("init ignores documents that the generator wrote, and keeps the folder of this document", async () => {
  const { code, stderr } = await init();
  expect(code, stderr).toBe(0);
  expect(written()).toEqual({ spec: "openapi.yaml", out: "src/api" });
}, 60_000);

test("init gives another document another folder", async () => {
  cpSync(path.join(import.meta.dirname, "documents", "notes.yaml"), inFolder("notes.yaml"));
  const two = await init();
  expect(two.code).toBe(2);
  expect(two.stderr).toContain("found 2 documents");
  const { code, stderr } = await init("--spec", "notes.yaml");
  expect(code, stderr).toBe(0);
  expect(written()).toEqual({ spec: "notes.yaml", out: "src/client" });
}, 60_000);

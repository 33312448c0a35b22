import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Readable } from "node:stream";
import { afterEach, expect, test } from "vitest";
import { copyOfContract, root, snapshot } from "./run-generator.js";

let stop: () => void = () => undefined;
afterEach(() => stop());

test("regenerates on save, survives a broken save, and stops when told to", async () => {
  const { folder, spec, out } = copyOfContract();
  const args = [path.join(root, "scripts", "run.mjs"), "--watch", "--spec", spec, "--out", out];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
  stop = () => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  const runs = countRuns(child);
  await runs.reach(1);
  const file = path.join(folder, "openapi", "components", "schemas", "ErrorInfo.yaml");
  const text = readFileSync(file, "utf8");

  writeFileSync(file, text.replace(/^description: .*$/m, "description: Saved once."));
  await runs.reach(2);
  const good = snapshot(out);
  expect(good[path.join("models", "error-info.ts")]).toContain("Saved once.");

  writeFileSync(file, "type: [object");
  await runs.reach(3);
  expect(runs.said()).toContain("keeps the last good output");
  expect(runs.said()).toContain("ErrorInfo.yaml");
  expect(snapshot(out)).toEqual(good);

  writeFileSync(file, text.replace(/^description: .*$/m, "description: Mended."));
  await runs.reach(4);
  expect(readFileSync(path.join(out, "models", "error-info.ts"), "utf8")).toContain("Mended.");

  // Many editors, `sed -i` and git write another file and rename it over the old one.
  const output = (): string => readFileSync(path.join(out, "models", "error-info.ts"), "utf8");
  for (const word of ["Renamed", "Renamed again"]) {
    writeFileSync(`${file}.new`, text.replace(/^description: .*$/m, `description: ${word}.`));
    renameSync(`${file}.new`, file);
    await expect.poll(output, { timeout: 20_000 }).toContain(`${word}.`);
  }
  writeFileSync(file, text.replace(/^description: .*$/m, "description: In place."));
  await expect.poll(output, { timeout: 20_000 }).toContain("In place.");

  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
});

test("watches every document of a configuration", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "documents-"));
  const write = (name: string, title: string): void =>
    writeFileSync(
      path.join(folder, `${name}.yaml`),
      `openapi: 3.1.0\ninfo: { title: ${title}, version: "1" }\npaths:\n  /${name}:\n    get:\n      operationId: read\n      tags: [${name}]\n      responses: { "204": { description: Nothing. } }\n`,
    );
  const documents = ["cats", "dogs"].map((name) => ({ spec: `${name}.yaml`, out: name }));
  const config = path.join(folder, "clientwright.config.json");
  writeFileSync(config, JSON.stringify({ documents }));
  write("cats", "Cats");
  write("dogs", "Dogs");
  const args = [path.join(root, "scripts", "run.mjs"), "--watch", "--config", config];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
  stop = () => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  await countRuns(child).reach(2);
  for (const name of ["dogs", "cats"]) {
    write(name, "Saved");
    const output = (): string => readFileSync(path.join(folder, name, "openapi.json"), "utf8");
    await expect.poll(output, { timeout: 20_000 }).toContain("Saved");
  }
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
});

/** Counts finished runs by the line that each of them ends with. */
function countRuns(child: ChildProcessByStdio<null, null, Readable>): {
  reach: (count: number) => Promise<void>;
  said: () => string;
} {
  let said = "";
  const waiting: { count: number; done: () => void }[] = [];
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    said += chunk;
    const finished = said.split("watching ").length - 1;
    for (const one of waiting) if (finished >= one.count) one.done();
  });
  return {
    reach: (count) =>
      new Promise((done) => {
        waiting.push({ count, done });
        if (said.split("watching ").length - 1 >= count) done();
      }),
    said: () => said,
  };
}

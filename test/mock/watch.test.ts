import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { markOf, type Watched, watchChanges } from "../../src/mock/cli/watch.js";

let root: string;
let file: string;
let watched: Watched | undefined;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "mock-watch-"));
  mkdirSync(join(root, "folder"));
  file = join(root, "folder", "openapi.json");
  writeFileSync(file, "first");
});
afterEach(() => {
  watched?.close();
  rmSync(root, { recursive: true });
});

function content(): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "none";
  }
}

const patience = { timeout: 30_000 };

test("removing and restoring the folder of a file is reported, and the file is still watched", async () => {
  const seen: string[] = [];
  watched = watchChanges({
    files: () => [file],
    since: markOf([file]),
    changed: async () => {
      seen.push(content());
    },
    milliseconds: 20,
  });
  const told = (text: string): Promise<void> => expect.poll(() => seen.at(-1), patience).toBe(text);
  writeFileSync(file, "second");
  await told("second");
  rmSync(join(root, "folder"), { recursive: true });
  await told("none");
  mkdirSync(join(root, "folder"));
  writeFileSync(file, "third");
  await told("third");
  writeFileSync(file, "fourth");
  await told("fourth");
});

test("changes during a callback wait for its end, and only the last is reported", async () => {
  const seen: string[] = [];
  let calls = 0;
  let most = 0;
  let ended = (): void => {};
  watched = watchChanges({
    files: () => [file],
    since: markOf([file]),
    changed: async () => {
      calls += 1;
      most = Math.max(most, calls);
      const text = content();
      // The first takes until it is let go.
      if (seen.length === 0 && text === "second") {
        await new Promise<void>((resolve) => {
          ended = resolve;
          seen.push("begun");
        });
      }
      seen.push(text);
      calls -= 1;
    },
    milliseconds: 20,
  });
  writeFileSync(file, "second");
  await expect.poll(() => seen, patience).toEqual(["begun"]);
  writeFileSync(file, "third");
  // Longer than it takes to look and to call: who does not wait for the first has called by now.
  await new Promise((resolve) => setTimeout(resolve, 400));
  writeFileSync(file, "fourth");
  await new Promise((resolve) => setTimeout(resolve, 400));
  ended();
  await expect.poll(() => seen, patience).toEqual(["begun", "second", "fourth"]);
  expect(most).toBe(1);
});

test("a change before the watch started is reported, too", async () => {
  const seen: string[] = [];
  const since = markOf([file]);
  writeFileSync(file, "second");
  watched = watchChanges({
    files: () => [file],
    since: since,
    changed: async () => {
      seen.push(content());
    },
    milliseconds: 20,
  });
  await expect.poll(() => seen, patience).toEqual(["second"]);
});

test("all files of a document are watched, new ones too", async () => {
  const other = join(root, "other.json");
  const third = join(root, "third.json");
  writeFileSync(other, "1");
  writeFileSync(third, "1");
  let files = [file, other];
  let calls = 0;
  watched = watchChanges({
    files: () => files,
    since: markOf(files),
    changed: async () => {
      calls += 1;
      files = [file, third];
    },
    milliseconds: 20,
  });
  writeFileSync(other, "22");
  await expect.poll(() => calls, patience).toBe(1);
  writeFileSync(third, "22");
  await expect.poll(() => calls, patience).toBe(2);
  writeFileSync(other, "333");
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(calls).toBe(2);
});

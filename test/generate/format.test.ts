import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { formatFiles } from "../../scripts/format.js";
import type { OutputFile } from "../../scripts/print/source.js";
import { root } from "./run-generator.js";

/** Generated files as they might be emitted: on as few lines as can be. */
function emitted(): OutputFile[] {
  const golden = path.join(root, "test", "golden");
  const folders = readdirSync(golden, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(golden, entry.name, "want"));
  return [path.join(root, "generated"), ...folders].flatMap((folder, index) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => {
        const text = readFileSync(path.join(folder, file), "utf8");
        return { path: `${index}/${file.split(path.sep).join("/")}`, text: squeezed(text) };
      }),
  );
}

/** The same program, laid out by nobody. Template literals and comments keep their lines. */
function squeezed(text: string): string {
  return text
    .split("\n")
    .map((line) => (/^\s*(?:\/\/|\/?\*)|`/.test(line) ? line : `   ${line.trim()}`))
    .join("\n");
}

test("gives the same bytes without the program of the platform", async () => {
  const files = emitted();
  expect(files.length).toBeGreaterThan(140);
  const byProgram = await formatFiles(files, "program");
  const byWasm = await formatFiles(files, "wasm");
  const differing = byWasm.filter(({ text }, index) => text !== byProgram[index]?.text);
  expect(differing.map((file) => file.path)).toEqual([]);
  expect(byProgram).not.toEqual(files);
});

test.each(["program", "wasm"] as const)(
  "refuses what is no TypeScript, by %s",
  async (formatter) => {
    const broken = [{ path: "models/a.ts", text: "export const = ;" }];
    await expect(formatFiles(broken, formatter)).rejects.toThrow(/bug in an emitter[\s\S]*a\.ts/);
  },
);

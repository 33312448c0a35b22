import { readFileSync } from "node:fs";
import path from "node:path";
import { transform } from "esbuild";
import { describe, expect, test } from "vitest";
import { type Ended, ended, root } from "./project.js";

const bin = path.join(root, "scripts", "bin.mjs");

/** Starts the command, on a Node.js that says to be of another version. */
function startedOn(version: string): Promise<Ended> {
  const versions = `{ value: { ...process.versions, node: "${version}" } }`;
  const code = [
    `Object.defineProperty(process, "versions", ${versions});`,
    `Object.defineProperty(process, "version", { value: "v${version}" });`,
  ];
  const hook = `data:text/javascript,${encodeURIComponent(code.join(""))}`;
  return ended(process.execPath, ["--import", hook, bin, "--version"], root);
}

describe("the command", () => {
  test.each(["14.21.3", "18.20.4", "20.18.3"])("says what is wrong on Node.js %s", async (old) => {
    expect(await startedOn(old)).toEqual({
      code: 1,
      stdout: "",
      stderr: `clientwright needs Node.js 20.19 or later, but this is v${old}. Install a newer version from https://nodejs.org\n`,
    });
  });

  test.each(["20.19.0", "22.0.0", "100.1.0"])("starts on Node.js %s", async (version) => {
    const { code, stdout } = await startedOn(version);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test("is written in what old versions can parse, so that they get as far as the message", async () => {
    const written = async (text: string, target: string): Promise<string> =>
      (await transform(text, { format: "esm", target })).code;
    const text = readFileSync(bin, "utf8");
    expect(await written(text, "node14.8")).toBe(await written(text, "esnext"));
    const newer = "globalThis.a ??= 1;";
    expect(await written(newer, "node14.8")).not.toBe(await written(newer, "esnext"));
  });
});

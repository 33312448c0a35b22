import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import ts from "typescript";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Prism, startPrism } from "../../src/mock/prism.js";

/** The TypeScript of S2's page on access tokens, to the letter: users come with this code in hand. */
const snippet = readFileSync(new URL("seed-snippet.txt", import.meta.url), "utf8");
const root = fileURLToPath(new URL("../../", import.meta.url));

let prism: Prism;
let folder: string;
let file: string;
beforeAll(async () => {
  prism = await startPrism();
  folder = mkdtempSync(join(tmpdir(), "seed-"));
  file = join(folder, "snippet.mts");
  writeFileSync(file, wrap(snippet));
});
afterAll(async () => {
  await prism?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("the seed's snippet compiles under the project's options", () => {
  expect(diagnostics(file)).toEqual([]);
});

test("a mistake in it would not", () => {
  const wrong = join(folder, "wrong.mts");
  writeFileSync(wrong, wrap(snippet.replace("opGroups", "op_groups")));
  expect(diagnostics(wrong)).toEqual([expect.stringContaining("'op_groups' does not exist")]);
});

test("it runs as it stands, with three valid requests in order", async () => {
  const run = promisify(execFile);
  const { stderr } = await run(process.execPath, ["--import", "tsx", file], { cwd: root });
  expect(stderr).toBe("");
  const log = prism.log();
  expect(
    [...log.matchAll(/(\w+) (\/\S*).*Request received/g)].map(([, m, p]) => `${m} ${p}`),
  ).toEqual([
    "get /v1/access-tokens",
    "post /v1/access-tokens",
    "delete /v1/access-tokens/user-1234-rw-token",
  ]);
  expect(log).not.toMatch(/Violation|did not pass/);
});

function wrap(code: string): string {
  const entry = join(root, "src/index.js");
  const options = { accessToken: "any", endpoint: prism.url };
  return `import { S2 } from ${JSON.stringify(entry)};

const client = new S2(${JSON.stringify(options)});
${code}`;
}

function diagnostics(path: string): readonly string[] {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, "tsconfig.json"),
    // The snippet does not use what it gets.
    { noUnusedLocals: false, types: [] },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} },
  );
  const program = ts.createProgram([path], config?.options ?? {});
  const found = ts.getPreEmitDiagnostics(program, program.getSourceFile(path));
  return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

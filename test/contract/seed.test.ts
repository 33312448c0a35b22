import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import ts from "typescript";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Mock, type RequestRecord, startMock } from "../../src/mock/index.js";

/** The TypeScript of S2's page on access tokens, to the letter: users come with this code in hand. */
const snippet = readFileSync(new URL("seed-snippet.txt", import.meta.url), "utf8");
const root = fileURLToPath(new URL("../../", import.meta.url));

const requests: RequestRecord[] = [];
let mock: Mock;
let folder: string;
let file: string;
beforeAll(async () => {
  mock = await startMock({
    // The snippet's expiry is written in it, and a day will come after it.
    clock: { mode: "fixed", at: "2026-01-01T00:00:00Z" },
    onRequest: (record) => requests.push(record),
  });
  folder = mkdtempSync(join(tmpdir(), "seed-"));
  file = join(folder, "snippet.mts");
  writeFileSync(file, wrap(snippet));
});
afterAll(async () => {
  await mock?.stop();
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
  expect(requests.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([
    "GET /v1/access-tokens 200",
    "POST /v1/access-tokens 201",
    "DELETE /v1/access-tokens/user-1234-rw-token 204",
  ]);
});

function wrap(code: string): string {
  const entry = join(root, "src/index.js");
  const options = { accessToken: mock.rootToken, endpoint: mock.url };
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

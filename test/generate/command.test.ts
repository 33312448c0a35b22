import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copyOfContract, root, runGenerator, snapshot, startGenerator } from "./run-generator.js";

const folders: string[] = [];
let pristine = "";
beforeAll(async () => {
  const { folder, spec, out } = copyOfContract();
  folders.push(folder);
  const run = await runGenerator(["--spec", spec, "--out", out]);
  expect(run.stderr).toContain("added     api.ts");
  expect(run.code).toBe(0);
  pristine = out;
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A copy of the contract with the output generated from it. */
function generated(): { spec: string; out: string; args: string[] } {
  const { folder, spec, out } = copyOfContract();
  folders.push(folder);
  cpSync(pristine, out, { recursive: true });
  return { spec, out, args: ["--spec", spec, "--out", out] };
}

describe("the command line", () => {
  test("--help says every option", async () => {
    const { code, stdout } = await startGenerator(["--help"]);
    expect(code).toBe(0);
    for (const option of [
      "--check",
      "--fetch-refs",
      "--strict",
      "--verbose",
      "--watch",
      "--print-model",
      "--spec",
      "--out",
      "--config",
      "--document",
      "--exclude",
      "--include",
      "--no-document",
      "--runtime",
      "--version",
    ]) {
      expect(stdout).toContain(option);
    }
  });

  test.each([
    [["--nonsense"], "--nonsense"],
    [["--check", "--watch"], "exclude each other"],
    [["--spec", "x.yaml"], "--spec and --out go together"],
    [["--out", "x"], "--spec and --out go together"],
    [["stray"], "stray"],
    [["--document", "xml", "--spec", "x.yaml", "--out", "x"], "json, yaml, both, none"],
    [
      ["--document", "json", "--no-document", "--spec", "x.yaml", "--out", "x"],
      "exclude each other",
    ],
    [["--runtime", "runtime", "--spec", "x.yaml", "--out", "x"], "starts with ./"],
    [["--config", "no-such.json"], "no-such.json: no such configuration"],
    [["--include", "", "--spec", "x.yaml", "--out", "x"], "empty pattern"],
    [["--spec", "https://a.example/x.yaml", "--out", "x"], "Download it first"],
  ])("refuses %j with exit code 2", async (args, words) => {
    const { code, stderr } = await runGenerator(args);
    expect(stderr).toContain(words);
    expect(code).toBe(2);
  });

  test("a document that is not there is named", async () => {
    const { code, stderr } = await startGenerator(["--spec", "no/such.yaml", "--out", "no/out"]);
    expect(stderr).toContain("no/such.yaml");
    expect(stderr).not.toContain("    at ");
    expect(code).toBe(1);
    expect(existsSync(path.join(root, "no"))).toBe(false);
  });

  test("--print-model prints the model as JSON and writes nothing", async () => {
    const { code, stdout } = await runGenerator(["--print-model"]);
    const model: unknown = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(model).toMatchObject({ resources: [{ property: "accessTokens" }] });
    expect(stdout).not.toContain('"$ref"');
  });
});

describe("a run", () => {
  test("says what changed, and a second one does nothing and loads no heavy module", async () => {
    const { out, args } = generated();
    const before = snapshot(out);
    const listed = path.join(out, "..", "loaded.json");
    const hook = path.join(out, "..", "hook.cjs");
    const list = "JSON.stringify(Object.keys(require.cache))";
    writeFileSync(
      hook,
      `process.on("exit", () => require("node:fs").writeFileSync(${JSON.stringify(listed)}, ${list}));`,
    );
    const heavy = /node_modules\/(typescript|ts-morph|@ts-morph|ajv|yaml|esbuild|turndown)\//;
    const hooked = { NODE_OPTIONS: `--require ${hook}` };
    const checked = await startGenerator([...args, "--check"], hooked);
    expect(checked.code).toBe(0);
    expect(readFileSync(listed, "utf8")).toMatch(heavy);
    const again = await startGenerator(args, hooked);
    expect(again.stderr).toContain("is up to date");
    expect(readFileSync(listed, "utf8")).not.toMatch(heavy);
    expect(snapshot(out)).toEqual(before);
  });

  test("gives the same bytes in another folder", async () => {
    const { out, args } = generated();
    const files = snapshot(out);
    expect(Object.keys(files).length).toBeGreaterThan(15);
    rmSync(out, { recursive: true });
    expect((await runGenerator(args)).code).toBe(0);
    // The path to the runtime is relative to the output, and so the same from a folder beside it.
    expect(snapshot(out)).toEqual(files);
  });

  test("writes only what changed, and removes what is no longer written", async () => {
    const { spec, out, args } = generated();
    const schema = path.join(spec, "..", "components", "schemas", "ErrorInfo.yaml");
    const text = readFileSync(schema, "utf8");
    writeFileSync(schema, text.replace(/^description: .*$/m, "description: Another word."));
    const { stderr } = await runGenerator(args);
    expect(stderr).toContain("changed   models/error-info.ts");
    expect(stderr).not.toContain("changed   models/operation.ts");
    expect(readFileSync(path.join(out, "models", "error-info.ts"), "utf8")).toContain(
      "Another word.",
    );
  });

  test("a hand-edited file is put right", async () => {
    const { out, args } = generated();
    const file = path.join(out, "client.ts");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, `${text}// mine\n`);
    const { stderr } = await runGenerator(args);
    expect(stderr).toContain("changed   client.ts");
    expect(readFileSync(file, "utf8")).toBe(text);
  });
});

describe("--check", () => {
  test("passes on the committed output of this project", async () => {
    const { code, stderr } = await startGenerator(["--check"]);
    expect(stderr).toContain("generated is up to date with openapi/openapi.yaml");
    expect(code).toBe(0);
  });

  test("one touched character fails it with a diff that names the file, and nothing is written", async () => {
    const { out, args } = generated();
    const file = path.join(out, "errors.ts");
    writeFileSync(file, readFileSync(file, "utf8").replace("retryable: true", "retryable: frue"));
    const before = snapshot(out);
    const { code, stdout } = await runGenerator([...args, "--check"]);
    expect(code).toBe(1);
    expect(stdout).toContain(`--- a/${path.basename(out)}/errors.ts\tcommitted`);
    expect(stdout).toMatch(/^-.*retryable: frue/m);
    expect(stdout).toMatch(/^\+.*retryable: true/m);
    expect(snapshot(out)).toEqual(before);
  });

  test("line endings of Windows are told in one sentence, with what to do", async () => {
    const { out, args } = generated();
    for (const [file, text] of Object.entries(snapshot(out)))
      writeFileSync(path.join(out, file), text.replaceAll("\n", "\r\n"));
    const { code, stdout, stderr } = await runGenerator([...args, "--check"]);
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatch(
      /\d+ files differ in line endings only \(CRLF instead of LF\): put .*eol=lf/,
    );
    expect(stderr).not.toContain("stale");
    expect(stderr).not.toContain("changed  ");
  });

  test("a missing, a stale and a stray file fail it", async () => {
    const { spec, out, args } = generated();
    unlinkSync(path.join(out, "api.ts"));
    writeFileSync(path.join(out, "models", "stray.ts"), "export {};\n");
    const { code, stderr } = await runGenerator([...args, "--check"]);
    expect(code).toBe(1);
    expect(stderr).toContain("added     api.ts");
    expect(stderr).toContain("kept      models/stray.ts (not generated)");
    expect(stderr).toContain(
      `run npm run generate -- --spec ${path.relative(root, spec)} --out ${path.relative(root, out)} and`,
    );
    expect(stderr).toContain(
      `${path.basename(out)}/models/stray.ts is not generated: move it out of ${path.basename(out)}`,
    );
  });

  test("a file that another run left behind fails it, and generate removes it", async () => {
    const { out, args } = generated();
    const stray = path.join(out, "models", "old.ts");
    cpSync(path.join(out, "models", "operation.ts"), stray);
    const check = await runGenerator([...args, "--check"]);
    expect(check.code).toBe(1);
    expect(check.stderr).toContain("removed   models/old.ts");
    const { stderr } = await runGenerator(args);
    expect(stderr).toContain("removed   models/old.ts");
    expect(existsSync(stray)).toBe(false);
    expect((await runGenerator([...args, "--check"])).code).toBe(0);
  });
});

describe("a document that is refused", () => {
  test("an unknown keyword: file, line, pointer, what is supported; nothing is written", async () => {
    const { spec, out, args } = generated();
    const schema = path.join(spec, "..", "components", "schemas", "ResourceSet.yaml");
    writeFileSync(schema, `${readFileSync(schema, "utf8")}\nunevaluatedItems: false\n`);
    const before = snapshot(out);
    const { code, stderr } = await runGenerator([...args, "--strict"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/components\/schemas\/ResourceSet\.yaml:\d+:\d+ {2}#\//);
    expect(stderr).toContain("unevaluatedItems");
    expect(stderr).toContain("supported:");
    expect(stderr).not.toContain("    at ");
    expect(snapshot(out)).toEqual(before);
  });

  test("a keyword that nobody knows: the linter's words, and what is supported", async () => {
    const { spec, args } = generated();
    const schema = path.join(spec, "..", "components", "schemas", "ErrorInfo.yaml");
    writeFileSync(schema, `${readFileSync(schema, "utf8")}\nfrobnicate: 3\n`);
    const { code, stderr } = await runGenerator([...args, "--strict"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/ErrorInfo\.yaml:\d+:\d+ {2}#\/frobnicate {2}\[struct\]/);
    expect(stderr).toContain("supported: keys that OpenAPI 3.1 or JSON Schema 2020-12 defines");
  });

  test("warnings of the linter are told, and stop nothing", async () => {
    const { spec, out, args } = generated();
    const rules = path.join(spec, "..", "redocly.yaml");
    const text = readFileSync(rules, "utf8");
    writeFileSync(rules, text.replace(/^ {2}info-contact: off.*$/m, "  info-contact: warn"));
    const { code, stderr } = await runGenerator([...args, "--strict"]);
    expect(stderr).toContain("[info-contact]");
    expect(code).toBe(0);
    expect(existsSync(out)).toBe(true);
  });

  test("broken YAML and a lint error name file and line", async () => {
    const { spec, args } = generated();
    const file = path.join(spec, "..", "paths", "access-tokens.yaml");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace("operationId: list_access_tokens", "operationId: [list"));
    const broken = await runGenerator(args);
    expect(broken.code).toBe(1);
    expect(broken.stderr).toMatch(/paths\/access-tokens\.yaml:\d+/);
    writeFileSync(file, text.replace(/^ {2}summary: .*$/m, ""));
    const unlinted = await runGenerator([...args, "--strict"]);
    expect(unlinted.code).toBe(1);
    expect(unlinted.stderr).toContain("[operation-summary]");
  });

  test("a folder with files of somebody else is not written to", async () => {
    const { folder, spec, out } = copyOfContract();
    folders.push(folder);
    writeFileSync(path.join(folder, "client.ts"), "export const mine = 1;\n");
    const before = snapshot(folder);
    const { code, stderr } = await runGenerator(["--spec", spec, "--out", folder]);
    expect(code).toBe(1);
    expect(stderr).toContain("client.ts");
    expect(snapshot(folder)).toEqual(before);
    expect(existsSync(out)).toBe(false);
  });
});

describe("messages", () => {
  test("a broken file is told once, and not again by all that refers to it", async () => {
    const { spec, args } = generated();
    writeFileSync(
      path.join(spec, "..", "components", "schemas", "ErrorInfo.yaml"),
      "bad: [unclosed",
    );
    const { stderr } = await runGenerator(args);
    expect(stderr).toContain("1 problem in the document");
    expect(stderr).toMatch(/ErrorInfo\.yaml:\d+/);
  });

  test.each([
    ["that is no YAML", "openapi: 3.1.0\n  x: ["],
    ["that is empty", ""],
    ["that is a list", "- 1"],
    ["that refers to itself", "openapi: 3.1.0\ninfo: &a { title: *a }"],
  ])("a document %s is a problem, not a stack", async (_, text) => {
    const { spec, args } = generated();
    writeFileSync(spec, text);
    const { code, stderr } = await runGenerator(args);
    expect(code).toBe(1);
    expect(stderr).toContain("in the document; nothing was written");
    expect(stderr).not.toContain("    at ");
  });

  test("an output folder that is a file is named", async () => {
    const { spec, out } = generated();
    const { code, stderr } = await runGenerator([
      "--spec",
      spec,
      "--out",
      path.join(out, "api.ts"),
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain("api.ts");
    expect(stderr).not.toContain("    at ");
  });
});

test("a run leaves what other states of the generator have cached, for they may still load it", async () => {
  const other = path.join(
    root,
    "node_modules",
    ".cache",
    "s2-token-contract",
    `test-${process.pid}`,
  );
  mkdirSync(other, { recursive: true });
  folders.push(other);
  await startGenerator(["--help"]);
  expect(existsSync(other)).toBe(true);
});

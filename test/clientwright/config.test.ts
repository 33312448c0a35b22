import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { configuredOptions } from "../../scripts/configured.js";
import type { Json } from "../../scripts/model/api.js";
import { type CommandLine, type Options, readCommandLine } from "../../scripts/options.js";
import { select } from "../../scripts/spec/select.js";

let folder = "";
const before = process.cwd;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), "config-")));
  process.cwd = () => folder;
});
afterEach(() => {
  process.cwd = before;
  rmSync(folder, { recursive: true, force: true });
});

/** The options of a command line in a folder with this configuration. */
function optionsOf(
  config: unknown,
  args: readonly string[] = [],
  name = "clientwright.config.json",
): Promise<readonly Options[]> {
  const text = typeof config === "string" ? config : JSON.stringify(config);
  writeFileSync(path.join(folder, name), text);
  return configuredOptions(given(["--config", path.join(folder, name), ...args]));
}

function given(args: readonly string[]): CommandLine & Pick<Options, "mode"> {
  const line = readCommandLine(args);
  if (line.mode === "help" || line.mode === "version") throw new Error("no mode of a run");
  return { ...line, mode: line.mode };
}

describe("a configuration", () => {
  test("has one document or several; flags win", async () => {
    const one = { spec: "a.yaml", out: "src/a", strict: true, include: ["users"] };
    expect(await optionsOf(one)).toMatchObject([
      { spec: path.join(folder, "a.yaml"), out: path.join(folder, "src", "a"), strict: true },
    ]);
    const [changed] = await optionsOf(one, [
      "--out",
      "elsewhere",
      "--no-document",
      "--include",
      "b",
    ]);
    expect(changed).toMatchObject({ document: "none", include: ["b"], strict: true });
    expect(changed?.out).toBe(path.resolve("elsewhere"));
    const two = await optionsOf({
      documents: [one, { spec: "b.json", out: "src/b", document: false }],
    });
    expect(two.map(({ document }) => document)).toEqual(["json", "none"]);
  });

  test.each([
    [
      "clientwright.config.ts",
      'const out: string = "src/a";\nexport default { spec: "a.yaml", out };',
    ],
    [
      "clientwright.config.ts",
      'import { defineConfig } from "clientwright";\nimport path from "node:path";\nexport default defineConfig({ spec: "a.yaml", out: path.join("src", "a") });',
    ],
    ["clientwright.config.mjs", 'export default { spec: "a.yaml", out: "src/a" };'],
    ["clientwright.config.json", '\uFEFF{\r\n  "spec": "a.yaml",\r\n  "out": "src/a"\r\n}\r\n'],
  ])("is read from %s", async (name, text) => {
    expect(await optionsOf(text, [], name)).toMatchObject([{ out: path.join(folder, "src", "a") }]);
  });

  test.each([
    ["no object", "[]", /the configuration is \[\] instead of an object/],
    ["no JSON", "{", /clientwright\.config\.json cannot be read: /],
    [
      "an unknown field",
      { spec: "a", out: "b", outt: 1 },
      /json: outt: no such field; the fields are spec, out/,
    ],
    [
      "a member of every object",
      '{"spec":"a","out":"b","__proto__":{"strict":true}}',
      /__proto__: no such field/,
    ],
    ["no document", { out: "b" }, /json: spec is missing/],
    ["no folder", { documents: [{ spec: "a" }] }, /json: documents\[0\]\.out is missing/],
    [
      "a wrong type",
      { spec: "a", out: "b", strict: "yes" },
      /json: strict: expected true or false, found "yes"/,
    ],
    [
      "a wrong form",
      { spec: "a", out: "b", document: "xml" },
      /json: document: expected json, yaml/,
    ],
    ["an empty list", { documents: [] }, /documents: expected a list with at least one/],
    [
      "a field beside the list",
      { documents: [{ spec: "a", out: "b" }], strict: true },
      /json: strict next to documents/,
    ],
    ["a URL", { spec: "https://a.example/x.yaml", out: "b" }, /Download it first/],
    ["a folder outside", { spec: "a", out: "../b" }, /out: "\.\.\/b" is not inside/],
    ["an absolute folder outside", { spec: "a", out: "/etc" }, /is not inside/],
    ["its own folder", { spec: "a", out: "." }, /is not inside/],
    [
      "one folder in another",
      {
        documents: [
          { spec: "a", out: "x" },
          { spec: "b", out: "X/y" },
        ],
      },
      /a folder of its own/,
    ],
    [
      "the same folder twice",
      {
        documents: [
          { spec: "a", out: "Api" },
          { spec: "b", out: "api" },
        ],
      },
      /a folder of its own/,
    ],
  ])("with %s is refused by its field", async (_, config, words) => {
    await expect(optionsOf(config)).rejects.toThrow(words);
  });

  test("whose folder is a link that leads out is refused", async () => {
    const elsewhere = mkdtempSync(path.join(tmpdir(), "elsewhere-"));
    try {
      symlinkSync(elsewhere, path.join(folder, "src"), "junction");
      await expect(optionsOf({ spec: "a", out: "src/api" })).rejects.toThrow(/is not inside/);
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });

  test("is looked for where no document is given", async () => {
    await expect(configuredOptions(given([]))).rejects.toThrow(/clientwright init/);
    mkdirSync(path.join(folder, "src"));
    writeFileSync(path.join(folder, "clientwright.config.json"), '{"spec":"a.yaml","out":"src/a"}');
    expect(await configuredOptions(given([]))).toHaveLength(1);
  });
});

describe("a selection", () => {
  const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
  const operation = (tag: string, schema: string): Json => ({
    tags: [tag],
    responses: { "200": { content: { "application/json": { schema: ref(schema) } } } },
  });
  const document = {
    paths: {
      "/users": { get: operation("users", "User") },
      "/users/{id}": { get: operation("users", "User"), delete: operation("admin", "Log") },
      "/users/{id}/keys/{key}": { get: operation("keys", "Key") },
    },
    components: {
      schemas: { User: { properties: { keys: ref("Key") } }, Key: {}, Log: {} },
      securitySchemes: { bearer: {} },
    },
  };
  const kept = (include: string[], exclude: string[] = []): unknown => {
    const { paths, components } = select(document, { include, exclude }) as typeof document;
    const operations = Object.entries(paths).flatMap(([at, item]) =>
      Object.keys(item).map((method) => `${method} ${at}`),
    );
    return [operations, Object.keys(components.schemas)];
  };

  test.each([
    [["users"], [], ["get /users", "get /users/{id}"], ["User", "Key"]],
    [["/users"], [], ["get /users"], ["User", "Key"]],
    [["/users/*"], [], ["get /users/{id}", "delete /users/{id}"], ["User", "Key", "Log"]],
    [
      ["/users/{id}/**"],
      ["admin"],
      ["get /users/{id}", "get /users/{id}/keys/{key}"],
      ["User", "Key"],
    ],
    [["/**/keys/*"], [], ["get /users/{id}/keys/{key}"], ["Key"]],
    [[], ["users", "admin"], ["get /users/{id}/keys/{key}"], ["Key"]],
    [["us*"], ["/users/*"], ["get /users"], ["User", "Key"]],
  ])("include %j, exclude %j", (include, exclude, operations, schemas) => {
    expect(kept(include, exclude)).toEqual([operations, schemas]);
  });

  test("of nothing is a mistake, and says what there is", () => {
    expect(() => kept(["user"])).toThrow(
      /no operation matches the pattern "user"[\s\S]*admin, keys, users/,
    );
  });

  test("of everything leaves the document as it is", () => {
    expect(select(document, { include: [], exclude: [] })).toBe(document);
  });
});

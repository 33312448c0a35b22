/**
 * A large document: what its operations and schemas need lies in files of their own, so that a change of one touches
 * little. The document is a published one with 120 operations, which all get one tag.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import ts from "typescript";
import { afterAll, describe, expect, test, vi } from "vitest";
import { formatFiles } from "../../scripts/format.js";
import { buildApi } from "../../scripts/model/build.js";
import { emitFiles } from "../../scripts/pipeline.js";
import type { OutputFile } from "../../scripts/print/source.js";
import { loadSpec } from "../../scripts/spec/load.js";
import { wireTypes } from "../../scripts/wire-types.js";
import { sourcesIn } from "../documents/compile.js";
import { lintFolders } from "../documents/lint.js";
import { root, runGenerator, snapshot } from "./run-generator.js";

const require = createRequire(import.meta.url);
const source = require.resolve("@readme/oas-examples/3.0/json/star-trek.json");

const folder = mkdtempSync(path.join(tmpdir(), "large-"));
// Below the project, whose runtime the output imports.
mkdirSync(path.join(root, ".tmp"), { recursive: true });
const project = mkdtempSync(path.join(root, ".tmp", "large-"));
afterAll(() => {
  for (const one of [folder, project]) rmSync(one, { recursive: true, force: true });
});

interface Operation {
  summary?: string;
  operationId?: string;
  tags?: string[];
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
}

/** The published document, with one tag, a name for one operation, and a schema that requires a name of another. */
function largeDocument(): Document {
  // The file is JSON of this form; what else it has does not matter here.
  const document = JSON.parse(readFileSync(source, "utf8")) as Document;
  const { schemas } = document.components;
  const base = { $ref: "#/components/schemas/AnimalBase" };
  Object.assign(schemas, { AnimalNamed: { allOf: [base], required: ["name"] } });
  for (const item of Object.values(document.paths)) {
    for (const operation of Object.values(item)) operation.tags = ["trek"];
  }
  operationOf(document, "/animal").operationId = "find_animal";
  return document;
}

function operationOf(document: Document, at: string): Operation {
  const operation = document.paths[at]?.["get"];
  if (operation === undefined) throw new Error(`no GET ${at}`);
  return operation;
}

/** Every file of the output, before it is formatted. */
async function emit(document: unknown): Promise<readonly OutputFile[]> {
  const spec = path.join(folder, "openapi.json");
  writeFileSync(spec, JSON.stringify(document));
  const loaded = await loadSpec(spec, { strict: false });
  const { api } = buildApi(loaded.document, { strict: false });
  return emitFiles(api, loaded.document, spec, path.join(project, "client"), wireTypes);
}

/** What differs between two outputs, by path. */
function changes(before: readonly OutputFile[], after: readonly OutputFile[]): string[] {
  const texts = (files: readonly OutputFile[]): Map<string, string> =>
    new Map(files.map((file) => [file.path, file.text]));
  const [from, to] = [texts(before), texts(after)];
  return [...new Set([...from.keys(), ...to.keys()])]
    .filter((file) => from.get(file) !== to.get(file))
    .map((file) => {
      const sign = from.has(file) ? (to.has(file) ? "~" : "-") : "+";
      return `${sign} ${file}`;
    })
    .sort();
}

/** The same data with the keys of every object the other way around. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, turned(member)]);
  return Object.fromEntries(entries.reverse());
}

// Each of these generates a whole client, on a machine that may be busy.
vi.setConfig({ testTimeout: 300_000 });

const base = emit(largeDocument());

/** Files that list operations: the document itself, the reference, and what puts parts together. */
const indexes = [
  "~ API.md",
  "~ index.ts",
  "~ openapi.json",
  "~ openapi.yaml",
  "~ resources/trek.ts",
  "~ wire.ts",
];

test("an operation that is added touches its own files and the indexes", async () => {
  const document = largeDocument();
  document.paths["/probe"] = {
    get: { ...operationOf(document, "/animal"), operationId: "send_probe" },
  };
  expect(changes(await base, await emit(document))).toEqual(
    ["+ resources/trek/send-probe.ts", "+ wire/paths/probe.ts", ...indexes].sort(),
  );
});

test("an operation that is renamed touches its own files and the indexes", async () => {
  const document = largeDocument();
  operationOf(document, "/animal").operationId = "look_up_animal";
  expect(changes(await base, await emit(document))).toEqual(
    [
      "+ resources/trek/look-up-animal.ts",
      "- resources/trek/find-animal.ts",
      "~ wire/paths/animal.ts",
      ...indexes.filter((file) => file !== "~ wire.ts"),
    ].sort(),
  );
});

test("an operation that is removed touches its own files and the indexes", async () => {
  const document = largeDocument();
  delete document.paths["/animal"];
  const changed = changes(await base, await emit(document));
  const isModel = (file: string): boolean => file.startsWith("- models/");
  expect(changed.filter((file) => !isModel(file))).toEqual(
    ["- resources/trek/find-animal.ts", "- wire/paths/animal.ts", ...indexes].sort(),
  );
  // Schemas that nothing else refers to have no types any more.
  expect(changed.filter(isModel)).toEqual([
    "- models/animal-full-response.ts",
    "- models/animal-full.ts",
  ]);
});

test("keys in another order give the same bytes", async () => {
  expect(changes(await base, await emit(turned(largeDocument())))).toEqual([]);
});

test("no file is too long for an editor", async () => {
  const sources = (await base).filter((file) => file.path.endsWith(".ts"));
  const formatted = await formatFiles(sources);
  const long = formatted.filter(({ text }) => text.split("\n").length > 3000);
  expect(long.map((file) => file.path)).toEqual([]);
});

describe("a second run", () => {
  const spec = path.join(folder, "again", "trek.json");
  const out = path.join(folder, "again", "client");

  async function run(document: Document, to = out): Promise<string> {
    mkdirSync(path.dirname(spec), { recursive: true });
    writeFileSync(spec, JSON.stringify(document));
    const { code, stderr } = await runGenerator(["--spec", spec, "--out", to]);
    expect(code, stderr).toBe(0);
    return stderr;
  }

  /** The number of files that a run says to have taken from the one before. */
  function kept(stderr: string): number {
    return Number(/ (\d+) files? as before/.exec(stderr)?.[1]);
  }

  function changedDocument(): Document {
    const document = largeDocument();
    operationOf(document, "/animal").summary = "Finds one animal.";
    return document;
  }

  test("makes anew what an operation that changed is in, and has the bytes of a first run", async () => {
    rmSync(out, { recursive: true, force: true });
    expect(kept(await run(largeDocument()))).toBe(0);
    const files = Object.keys(snapshot(out)).length;
    expect(kept(await run(changedDocument()))).toBeGreaterThan(files - 20);
    const fresh = path.join(folder, "again", "fresh");
    await run(changedDocument(), fresh);
    expect(snapshot(out)).toEqual(snapshot(fresh));
  });

  test.each([
    ["an edited file", (text: string) => text, true],
    ["a manifest that is cut off", (text: string) => text.slice(0, text.length / 2), false],
    [
      "a manifest of another generator",
      (text: string) => text.replace(/"generator": "\w/, '"generator": "x'),
      false,
    ],
    [
      "a manifest with hashes of something else",
      (text: string) => text.replaceAll(/: "[0-9a-f]{16}"/g, ': "0123456789abcdef"'),
      false,
    ],
  ])("is not misled by %s", async (_, damage, isEdited) => {
    rmSync(out, { recursive: true, force: true });
    await run(largeDocument());
    const right = snapshot(out);
    const manifest = path.join(out, "manifest.json");
    writeFileSync(manifest, damage(readFileSync(manifest, "utf8")));
    const edited = path.join(out, "models", "animal-base.ts");
    writeFileSync(edited, `${readFileSync(edited, "utf8")}// by hand\n`);
    expect(isEdited || readFileSync(manifest, "utf8") !== right["manifest.json"]).toBe(true);
    await run(largeDocument());
    expect(snapshot(out)).toEqual(right);
  });
});

/** Writes the output below the project, formatted as every run does. */
const written = (async (): Promise<string> => {
  const client = path.join(project, "client");
  for (const file of await formatFiles(await base)) {
    const target = path.join(client, file.path);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, file.text);
  }
  return client;
})();

test("a program that makes one call bundles no other", async () => {
  await written;
  const program = path.join(project, "one.ts");
  writeFileSync(
    program,
    `import { createConnection } from "./client/connection.js";
import { trekFindAnimal } from "./client/resources/trek/find-animal.js";
const connection = createConnection({ baseUrl: "https://trek.test" });
console.log(await trekFindAnimal(connection, { uid: "1" }));
`,
  );
  const { outputFiles } = await build({
    entryPoints: [program],
    bundle: true,
    format: "esm",
    write: false,
    target: "es2022",
  });
  const paths = outputFiles[0]?.text.match(/\bpath: "\/[\w/]*"/g);
  expect(paths).toEqual(['path: "/animal"']);
});

test("what the parts import and export is sorted, and nothing is unused", async () => {
  expect(await lintFolders([await written])).toEqual([[]]);
});

test("the class has the methods with the comments of their own files, and compiles", async () => {
  const client = await written;
  const program = path.join(project, "editor.ts");
  writeFileSync(
    program,
    `import { createClient } from "./client/index.js";
const client = createClient({ baseUrl: "https://trek.test" });
await client.trek.findAnimal({ uid: "1" });
`,
  );
  const files = [program, ...sourcesIn(client)];
  const service = serviceOf(files);
  const found = files.flatMap((file) => service.getSemanticDiagnostics(file));
  expect(found.map(({ messageText }) => messageText)).toEqual([]);
  const at = readFileSync(program, "utf8").indexOf("findAnimal");
  const info = service.getQuickInfoAtPosition(program, at);
  expect(ts.displayPartsToString(info?.documentation)).toContain("`GET /animal`");
  expect(info?.tags?.map(({ name }) => name)).toContain("throws");
});

function serviceOf(files: readonly string[]): ts.LanguageService {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(path.join(root, "tsconfig.json"), ts.sys.readFile).config,
    ts.sys,
    root,
  );
  return ts.createLanguageService({
    getCompilationSettings: () => ({ ...options, noEmit: true }),
    getScriptFileNames: () => [...files],
    getScriptVersion: () => "1",
    getScriptSnapshot: (file) => {
      const text = ts.sys.readFile(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  });
}

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { formatFiles } from "../../scripts/format.js";
import { hashInputs } from "../../scripts/manifest.js";
import { emitFiles } from "../../scripts/pipeline.js";
import { readSpec } from "../../scripts/spec/load.js";
import { SpecError } from "../../scripts/spec/problem.js";
import { wireTypes } from "../../scripts/wire-types.js";
import { answering, build, writeDocument } from "./documents.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "hostile-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What the generator says of a document that it refuses; a failure where it takes it, or ends in another way. */
/** The wire types of a document as one text. */
async function wireText(document: unknown): Promise<string> {
  const files = await wireTypes(JSON.stringify(document));
  return files.map(({ text }) => text).join("\n");
}

async function refusal(spec: string): Promise<string> {
  try {
    await build(spec);
  } catch (error) {
    if (error instanceof SpecError) return error.message;
    throw error;
  }
  throw new Error("the document was taken");
}

const bomb = ["a: &a [x, x, x, x, x, x, x, x, x, x]"];
for (const [name, of] of ["ba", "cb", "dc", "ed", "fe", "gf", "hg", "ih"].map((pair) => [
  ...pair,
])) {
  bomb.push(`${name}: &${name} [${Array(10).fill(`*${of}`).join(", ")}]`);
}
const nested = (levels: number): string => `${"[".repeat(levels)}${"]".repeat(levels)}`;
const thing = "{ $ref: Thing.yaml }";
const other =
  '  /others: { get: { operationId: get_other, tags: [things], responses: { "204": { description: No. } } } }\n';

describe("a document that nobody can read", () => {
  test.each<[string, string, RegExp]>([
    [
      "aliases that multiply",
      `openapi: 3.1.0\n${bomb.join("\n")}\n`,
      /aliases that expand to more/,
    ],
    ["an alias that holds itself", "openapi: 3.1.0\ninfo: &a { title: *a }", /alias/],
    ["10,000 levels of lists", `openapi: 3.1.0\nx-deep: ${nested(10_000)}`, /nesting/],
    ["1,000 levels of lists", `openapi: 3.1.0\nx-deep: ${nested(1000)}`, /nesting/],
    [
      "a number without end",
      "openapi: 3.1.0\nx-number: .inf",
      /openapi\.yaml:2:1.*[\s\S]*Infinity/,
    ],
    ["a key that stands twice", "openapi: 3.1.0\ninfo: {}\ninfo: {}", /:3:1[\s\S]*duplicat/i],
    ["a tab for indentation", "openapi: 3.1.0\ninfo:\n\ttitle: One", /:3:\d+[\s\S]*tab/i],
    ["nothing", "", /instead of an object/],
    ["a comment alone", "# nothing\n", /instead of an object/],
    ["a list", "- openapi: 3.1.0", /an array instead of an object/],
    ["a word", "openapi", /instead of an object/],
    ["a number", "3.1", /instead of an object/],
    ["an unclosed list", "openapi: [3.1.0", /openapi\.yaml:\d+/],
    ["bytes of a picture", "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR", /NUL byte/],
    ["a NUL byte in a text", 'openapi: 3.1.0\ninfo: { title: "a\0b" }', /:2:18[\s\S]*NUL byte/],
    [
      "half of a surrogate pair",
      'openapi: 3.1.0\ninfo: { title: "\\ud800" }',
      /:2:9[\s\S]*surrogate/,
    ],
    ["two documents", "openapi: 3.1.0\n---\nopenapi: 3.1.0", /openapi\.yaml/],
    ["no version", "info: { title: One }", /without a version/],
    ["another kind of document", "asyncapi: 3.0.0", /without a version/],
  ])("%s", async (_, text, words) => {
    const message = await refusal(writeDocument(folder, { "openapi.yaml": text }));
    expect(message).toMatch(words);
    expect(message).toMatch(/openapi\.yaml:\d+:\d+/);
  });

  test("a folder, and a file that is not there", async () => {
    await expect(readSpec(folder)).rejects.toThrow("a folder");
    await expect(readSpec(path.join(folder, "none.yaml"))).rejects.toThrow("no such file");
    await expect(readSpec("https://api.example/openapi.yaml")).rejects.toThrow("a URL");
  });
});

describe("a reference", () => {
  const root = answering(thing);

  test("to a pipe is refused, and does not wait for one that writes to it", async () => {
    const spec = writeDocument(folder, { "openapi.yaml": root });
    execFileSync("mkfifo", [path.join(folder, "Thing.yaml")]);
    expect(await refusal(spec)).toMatch(/openapi\.yaml:11:\d+[\s\S]*not a regular file/);
  });

  test("that is refused is no input: a pipe is not read, and a file outside not hashed", async () => {
    const spec = writeDocument(folder, {
      "openapi.yaml": `${root.replace("  /things:", `${other}  /things:`)}x-no: 1\n`,
    });
    execFileSync("mkfifo", [path.join(folder, "Thing.yaml")]);
    const { files } = await readSpec(spec, { strict: false });
    expect(files).toEqual([spec]);
    // A run that never ends would read it.
    expect(Object.keys(hashInputs(spec, [spec, path.join(folder, "Thing.yaml")]))).toHaveLength(2);
  });

  test("from a path to nothing leaves out that path, and no other", async () => {
    const text = root
      .replace(thing, "{ type: string }")
      .replace("  /things:", "  /lost: { $ref: ./lost.yaml }\n  /things:");
    const { omitted, api } = await build(writeDocument(folder, { "openapi.yaml": text }));
    expect(omitted).toMatchObject([{ operation: "every operation of /lost" }]);
    expect(omitted[0]?.source).toMatch(/openapi\.yaml:4:/);
    expect(omitted[0]?.reason).toContain("a missing file");
    expect(api.resources.flatMap(({ methods }) => methods)).toHaveLength(1);
  });

  test("in another file is reported at its place there", async () => {
    const spec = writeDocument(folder, {
      "openapi.yaml": root.replace("  /things:", `${other}  /things:`),
      "Thing.yaml":
        "type: object\nproperties: { a: { $ref: '../none.yaml#/b' }, c: { $ref: 'openapi.yaml#/d' } }",
    });
    const { omitted } = await build(spec);
    expect(omitted).toHaveLength(1);
    expect(omitted[0]?.source).toMatch(/Thing\.yaml:2:/);
    expect(omitted[0]?.reason).toMatch(/none\.yaml|openapi\.yaml#\/d/);
  });

  test("to a file with a space in its name is a URI", async () => {
    const spec = writeDocument(folder, {
      "openapi.yaml": root.replace("Thing.yaml", '"a%20b/Thing%231.yaml"'),
      "a b/Thing#1.yaml": "type: integer",
    });
    expect((await build(spec)).omitted).toEqual([]);
  });

  test("to a folder, to nothing and out of the folder is refused, with its place", async () => {
    const spec = writeDocument(folder, { "openapi.yaml": root });
    expect(await refusal(spec)).toMatch(/openapi\.yaml:11:\d+[\s\S]*a missing file/);
    mkdirSync(path.join(folder, "Thing.yaml"));
    expect(await refusal(spec)).toMatch(/openapi\.yaml:11:\d+[\s\S]*not a regular file/);
    for (const target of ["/dev/zero", "/etc/hostname", "../Thing.yaml", "file:///etc/hostname"]) {
      writeDocument(folder, { "openapi.yaml": answering(`{ $ref: "${target}" }`) });
      expect(await refusal(spec)).toMatch(/openapi\.yaml:11:\d+[\s\S]*leaves the folder/);
    }
  });

  test("to a file that no tool can read is refused, with the place in that file", async () => {
    const spec = writeDocument(folder, {
      "openapi.yaml": root,
      "Thing.yaml": `x: ${bomb.join("\n")}`.replace("x: a:", "a:"),
    });
    expect(await refusal(spec)).toMatch(/aliases that expand to more/);
  });

  test("in a circle between files ends", async () => {
    const spec = writeDocument(folder, {
      "openapi.yaml": root,
      "Thing.yaml": "$ref: Other.yaml",
      "Other.yaml": "$ref: Thing.yaml",
    });
    expect(await refusal(spec)).toMatch(/\.yaml:\d+:\d+[\s\S]*circ/i);
  });

  test("to a part that is not there leaves out its operation, and no other", async () => {
    const text = answering('{ $ref: "#/components/schemas/None" }').replace(
      "  /things:",
      '  /others: { get: { operationId: get_other, tags: [things], responses: { "204": { description: No. } } } }\n  /things:',
    );
    const { omitted, api } = await build(writeDocument(folder, { "openapi.yaml": text }));
    expect(omitted).toMatchObject([{ operation: "GET /things" }]);
    expect(omitted[0]?.source).toMatch(/openapi\.yaml:12:/);
    expect(api.resources.flatMap(({ methods }) => methods)).toHaveLength(1);
  });

  test("with invalid escapes is a problem, not a stack", async () => {
    const spec = writeDocument(folder, {
      "openapi.yaml": answering('{ $ref: "#/components/schemas/%E0%A4%A" }'),
    });
    expect(await refusal(spec)).toMatch(/openapi\.yaml:11:/);
  });

  test.each([
    ["a mapping", '{ $ref: "#/components/schemas/P" }'],
    ["a reference into paths", '{ $ref: "#/paths/%E0" }'],
  ])("with invalid escapes in %s says more than that they are invalid", async (_, schema) => {
    const plain = 'paths:\n  plain: { get: { responses: { "204": { description: None. } } } }\n';
    const base =
      'components: { schemas: { P: { type: object, properties: { k: { type: string } }, discriminator: { propertyName: k, mapping: { b: "%E0", c: C } } }, C: { allOf: [{ $ref: "#/components/schemas/P" }] } } }';
    const text = answering(schema, `${base}\n`).replace("paths:\n", plain);
    const spec = writeDocument(folder, { "openapi.yaml": text });
    const said = await build(spec).then(
      () => "",
      (error: unknown) => String(error),
    );
    expect(said).not.toContain("URI malformed");
  });
});

describe("data with a member $ref is data", () => {
  const where: Record<string, (ref: string) => string> = {
    "an example of a schema": (ref) => answering(`{ type: object, example: { $ref: "${ref}" } }`),
    "examples of a schema": (ref) => answering(`{ type: object, examples: [{ $ref: "${ref}" }] }`),
    "a default": (ref) => answering(`{ type: object, default: { $ref: "${ref}" } }`),
    "a named example": (ref) =>
      answering(`{ type: object }, examples: { one: { value: { $ref: "${ref}" } } }`),
    "an external example": (ref) =>
      answering(`{ type: object }, examples: { one: { externalValue: "${ref}" } }`),
    "an extension": (ref) =>
      answering("{ type: object }", `x-topics: [{ content: { $ref: "${ref}" } }]`),
    "an extension of the components": (ref) =>
      answering("{ type: object }", `components: { x-policy: { rules: { $ref: "${ref}" } } }`),
    "an extension of the paths": (ref) =>
      answering("{ type: object }").replace("paths:", `paths:\n  x-policy: { $ref: "${ref}" }`),
    "an extension of a schema": (ref) => answering(`{ type: object, x-more: { $ref: "${ref}" } }`),
  };

  test.each(Object.keys(where))("in %s", async (name) => {
    let asked = 0;
    const server = createServer((_request, response) => {
      asked += 1;
      response.end("{}");
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    for (const ref of [`http://127.0.0.1:${port}/leak.json`, "./missing.md", "/dev/zero"]) {
      const spec = writeDocument(folder, { "openapi.yaml": where[name]?.(ref) ?? "" });
      const { document } = await readSpec(spec, { strict: false });
      // It is still what the document says, and openapi-typescript does not follow it either.
      expect(JSON.stringify(document)).toContain(ref);
      expect(await wireText(document)).toContain("list_things");
      expect((await build(spec)).omitted).toEqual([]);
    }
    server.close();
    expect(asked).toBe(0);
  });

  test("but a property, a response and a parameter of such a name are references", async () => {
    const spec = writeDocument(folder, {
      "openapi.yaml": answering(
        '{ type: object, properties: { default: { $ref: "#/components/schemas/A" }, value: { $ref: A.yaml } } }',
        "components: { schemas: { A: { type: integer } } }",
      ),
      "A.yaml": "type: boolean",
    });
    const { document } = await readSpec(spec, { strict: false });
    expect(await wireText(document)).toMatch(
      /value\?: components\["schemas"\]\["A-2"\];\s*default\?: components\["schemas"\]\["A"\];/,
    );
  });
});

test("two files of one name get names that do not depend on the order of keys", async () => {
  const path = (name: string, file: string): string =>
    `  /${name}: { get: { operationId: get_${name}, tags: [t], responses: { "200": { description: One., content: { application/json: { schema: { $ref: ${file} } } } } } } }\n`;
  const head = 'openapi: 3.1.0\ninfo: { title: One, version: "1" }\npaths:\n';
  const [pears, apples] = [path("pears", "b/Item.yaml"), path("apples", "a/Item.yaml")];
  const files = {
    "a/Item.yaml": "{ type: object, properties: { fruit: { type: string } } }",
    "b/Item.yaml": "{ type: object, properties: { grams: { type: integer } } }",
  };
  const one = await build(
    writeDocument(folder, { "openapi.yaml": head + pears + apples, ...files }),
  );
  const two = await build(
    writeDocument(folder, { "openapi.yaml": head + apples + pears, ...files }),
  );
  expect(one.api.models).toHaveLength(2);
  expect(two.api).toEqual(one.api);
});

const refTo = (index: number): string => `{ $ref: "#/components/schemas/S${index}" }`;
/** Schemas that name one another twice: written out, they would be 2 ** 40. */
const twice = (key: string): string =>
  `components:\n  schemas:\n    S40: { type: object }\n${Array.from(
    { length: 40 },
    (_, index) => `    S${index}: { ${key}: [${refTo(index + 1)}, ${refTo(index + 1)}] }\n`,
  ).join("")}`;

describe("strange names and values give a client", () => {
  test.each<[string, string]>([
    [
      "schemas named as members of every object",
      answering(
        '{ type: object, properties: { a: { $ref: "#/components/schemas/valueOf" }, b: { $ref: "#/components/schemas/hasOwnProperty" }, c: { $ref: "#/components/schemas/constructor" }, d: { $ref: "#/components/schemas/__proto__" } } }',
        "components: { schemas: { valueOf: { type: object, properties: { x: { type: string } } }, hasOwnProperty: { type: object, properties: { x: { type: string } } }, constructor: { type: object, properties: { x: { type: string } } }, __proto__: { type: object, properties: { x: { type: string } } } } }",
      ),
    ],
    [
      "a tag of 300 characters",
      answering("{ type: string }").replace("[things]", `[${"long ".repeat(60)}]`),
    ],
    [
      "a header named with a line break",
      answering("{ type: string }").replace(
        "      tags:",
        '      parameters: [{ name: "X-A\\r\\nX-B", in: header, schema: { type: string } }]\n      tags:',
      ),
    ],
    [
      "a server of javascript:",
      answering("{ type: string }", 'servers: [{ url: "javascript:alert(1)" }]'),
    ],
    ["a byte order mark", `\uFEFF${answering("{ type: string }")}`],
    ["lines of Windows", answering("{ type: string }").replaceAll("\n", "\r\n")],
    [
      "numbers beyond integers",
      answering("{ type: integer, maximum: 1.0e+300, minimum: -9223372036854775808 }"),
    ],
    [
      "a duplicate tag",
      answering("{ type: string }", "tags: [{ name: things }, { name: things }]"),
    ],
    [
      "keys that no specification has",
      answering("{ type: string, frobnicate: 3 }", "nonsense: { a: 1 }"),
    ],
    [
      "numbers where texts stand, and texts where objects do",
      `${answering(
        "{ title: 5, description: [], type: object, properties: { a: { format: 3 } } }",
      ).replace(
        "      tags:",
        "      summary: 5\n      tags:",
      )}      summary: 1\n  /a: { summary: 5, description: {}, get: { responses: { "200": { $ref: 5 } } } }
  /b: { get: { responses: { "200": { description: 5, content: { a/b: text, application/json: { schema: text } } } } } }
  /c: { get: { responses: { "200": { description: a, content: { application/json: { schema: { allOf: [text, null], items: 5 } } } } } } }
  /d: { get: { parameters: [{ name: 5, in: [query], schema: { type: string } }, text], responses: {} } }
  /e: { get: { responses: { "204": { description: "No." } } } }
`.replace("      summary: 1\n", ""),
    ],
    ["allOf of one schema twice, 40 times over", answering(refTo(0), twice("allOf"))],
    ["oneOf of one schema twice, 40 times over", answering(refTo(0), twice("oneOf"))],
    [
      "20 levels of objects",
      answering(
        `${"{ type: object, properties: { a: ".repeat(20)}{ type: string }${" } }".repeat(20)}`,
      ),
    ],
    [
      "JSON in a file of YAML",
      JSON.stringify({
        openapi: "3.1.0",
        info: { title: "a", version: "1" },
        paths: { "/a": { get: { responses: { 204: { description: "No." } } } } },
      }),
    ],
  ])("%s", async (_, text) => {
    const spec = writeDocument(folder, { "openapi.yaml": text });
    const { document } = await readSpec(spec, { strict: false });
    const { api, omitted } = await build(spec).catch((error: unknown) => {
      // Refused with the place is as good as taken; a stack is not.
      expect(error).toBeInstanceOf(SpecError);
      expect(String(error)).toMatch(/openapi\.yaml:\d+:\d+/);
      return { api: undefined, omitted: [] };
    });
    if (api === undefined) return;
    for (const { source } of omitted) expect(source).toMatch(/openapi\.yaml:\d+:\d+/);
    const out = path.join(folder, "out");
    const files = await formatFiles(await emitFiles(api, document, spec, out, wireTypes));
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) {
      expect(path.basename(file.path).length, file.path).toBeLessThan(200);
      writeFileSync(path.join(folder, "one.txt"), file.text);
    }
  });
});

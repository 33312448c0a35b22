import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Built } from "../../scripts/model/build.js";
import { answering, build, writeDocument } from "./documents.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "references-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function read(files: Readonly<Record<string, string>>): Promise<Built> {
  return build(writeDocument(folder, files));
}

const integer = { kind: "number", integer: true, limits: {} };

/** What the operation of a document answers with. */
function bodyOf({ api }: Built): unknown {
  return api.resources[0]?.methods[0]?.answer.body?.shape;
}

describe("a reference leads to", () => {
  const number = "$anchor: number, type: integer";
  test.each([
    [
      "an anchor",
      {
        "openapi.yaml": answering(
          '{ $ref: "#n" }',
          "components: { schemas: { N: { $anchor: n, type: integer } } }",
        ),
      },
    ],
    [
      "an anchor of another file",
      {
        "openapi.yaml": answering('{ $ref: "more.yaml#number" }'),
        "more.yaml": `$defs: { a: { ${number} } }`,
      },
    ],
    [
      "an $id",
      {
        "openapi.yaml": answering(
          '{ $ref: "https://a.example/n" }',
          "components: { schemas: { N: { $id: https://a.example/n, type: integer } } }",
        ),
      },
    ],
    [
      "an $id of another file",
      {
        "openapi.yaml": answering(
          '{ type: object, properties: { a: { $ref: "more.yaml" }, b: { $ref: "https://a.example/n" } } }',
        ),
        "more.yaml": "$defs: { n: { $id: https://a.example/n, type: integer } }\ntype: integer",
      },
    ],
    [
      "a relative $id",
      {
        "openapi.yaml": answering(
          "{ $ref: n }",
          "components: { schemas: { N: { $id: n, type: integer } } }",
        ),
      },
    ],
    [
      "what is below an $id",
      {
        "openapi.yaml": answering(
          '{ $ref: "https://a.example/n#/$defs/i" }',
          "components: { schemas: { N: { $id: https://a.example/n, $defs: { i: { type: integer } } } } }",
        ),
      },
    ],
    [
      "an anchor below an $id",
      {
        "openapi.yaml": answering(
          '{ $ref: "https://a.example/n#i" }',
          "components: { schemas: { N: { $id: https://a.example/n, $defs: { i: { $anchor: i, type: integer } } } } }",
        ),
      },
    ],
    [
      "an anchor of the old spelling",
      {
        "openapi.yaml": answering(
          '{ $ref: "#i" }',
          'components: { schemas: { N: { $id: "#i", type: integer } } }',
        ),
      },
    ],
    [
      "the one dynamic anchor of a name",
      {
        "openapi.yaml": answering(
          '{ $dynamicRef: "#i" }',
          "components: { schemas: { N: { $dynamicAnchor: i, type: integer } } }",
        ),
      },
    ],
  ])("%s", async (_, files) => {
    const built = await read(files);
    expect(built.omitted).toEqual([]);
    const { models } = built.api;
    const shapes = [bodyOf(built), ...models.map(({ shape }) => shape)];
    const text = JSON.stringify(shapes);
    expect(text).toContain(JSON.stringify(integer));
    expect(text).not.toContain("unknown");
  });

  test("the schema with an $id that it is in, by #", async () => {
    const schema =
      "T: { $id: https://a.example/t, type: object, properties: { next: { $ref: '#' } } }";
    const built = await read({
      "openapi.yaml": answering(
        "{ $ref: '#/components/schemas/T' }",
        `components: { schemas: { ${schema} } }`,
      ),
    });
    expect(built.api.models).toMatchObject([
      { name: "T", shape: { properties: [{ name: "next", shape: { kind: "ref", model: "T" } }] } },
    ]);
  });

  test("nothing of an example, whatever its keys are", async () => {
    const schema =
      "{ type: object, properties: { a: { $ref: '#a' } }, examples: [{ $anchor: a, $id: '#a', $dynamicAnchor: a }] }";
    const built = await read({
      "openapi.yaml": answering(
        schema,
        "components: { schemas: { A: { $anchor: a, type: integer } } }",
      ),
    });
    expect(JSON.stringify(built.api.models)).toContain(JSON.stringify(integer));
  });
});

describe("any value is taken, with a warning, for", () => {
  test.each([
    ["the document itself", "{ $ref: '#' }", "a $ref to #", ""],
    [
      "a dynamic reference that several schemas answer to",
      "{ $dynamicRef: '#i' }",
      "a $dynamicRef",
      "components: { schemas: { N: { $dynamicAnchor: i, type: integer }, M: { $id: https://a.example/m, $dynamicAnchor: i } } }",
    ],
    ["a dynamic reference that nothing answers to", "{ $dynamicRef: '#i' }", "a $dynamicRef", ""],
  ])("%s", async (_, schema, words, more) => {
    const built = await read({ "openapi.yaml": answering(schema, more) });
    expect(bodyOf(built)).toEqual({ kind: "unknown" });
    expect(built.warnings.map(({ found }) => found)).toContainEqual(expect.stringContaining(words));
  });
});

describe("references in a circle", () => {
  const rest =
    "  /others: { get: { operationId: list_others, tags: [others], responses: { '200': { description: All. } } } }\n";
  const schema = "{ $ref: '#/components/schemas/A' }";
  const plain = "{ type: integer }";
  test.each([
    [
      "of two schemas",
      schema,
      "components: { schemas: { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } } }",
      {},
    ],
    [
      "of one schema",
      schema,
      "components: { schemas: { A: { $ref: '#/components/schemas/A' } } }",
      {},
    ],
    [
      "with other keywords",
      schema,
      "components: { schemas: { A: { description: a, $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } } }",
      {},
    ],
    [
      "behind a schema",
      schema,
      "components: { schemas: { A: { type: object, properties: { b: { $ref: '#/components/schemas/B' } } }, B: { $ref: '#/components/schemas/B' } } }",
      {},
    ],
    [
      "through a part of itself",
      schema,
      "components: { schemas: { A: { $ref: '#/components/schemas/A/items' } } }",
      {},
    ],
    [
      "through other files",
      "{ $ref: 'a.yaml#/A' }",
      "",
      { "a.yaml": "A: { $ref: 'b.yaml#/B' }", "b.yaml": "B: { $ref: 'a.yaml#/A' }" },
    ],
    [
      "by anchors",
      schema,
      "components: { schemas: { A: { $anchor: a, $ref: '#b' }, B: { $anchor: b, $ref: '#a' } } }",
      {},
    ],
    [
      "of parameters",
      plain,
      "      parameters: [{ $ref: '#/components/parameters/A' }]\ncomponents: { parameters: { A: { $ref: '#/components/parameters/A' } } }",
      {},
    ],
  ])("%s leave out what uses them, and nothing else", async (_, used, more, files) => {
    const text = answering(used, more).replace("paths:\n", `paths:\n${rest}`);
    const { api, omitted } = await read({ "openapi.yaml": text, ...files });
    expect(omitted).toMatchObject([{ operation: "GET /things" }]);
    expect(omitted[0]?.reason).toMatch(/a \$ref in a circle: \S+ → \S+/);
    expect(api.resources.map(({ tag }) => tag)).toEqual(["others"]);
  });
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answering, build, writeDocument } from "./documents.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "findings-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Operations that stay in, beside one that nothing is wrong with. */
async function operationsOf(schema: string): Promise<string[]> {
  const more =
    '  /more: { get: { operationId: more, responses: { "204": { description: None. } } } }\n';
  const spec = writeDocument(folder, { "openapi.yaml": `${answering(schema)}${more}` });
  const { api } = await build(spec);
  return api.resources
    .flatMap(({ methods }) => methods.map(({ operationId }) => operationId))
    .sort();
}

test.each([
  ["true for a schema", "true"],
  [
    "required as a flag of a member",
    "{ type: object, properties: { a: { type: string, required: true } } }",
  ],
  [
    "a mapping to the name of a schema",
    "{ oneOf: [{ type: object, required: [k], properties: { k: { type: string, enum: [a] } } }, { type: object, required: [k], properties: { k: { type: string, enum: [b] } } }], discriminator: { propertyName: k, mapping: { a: Some Name } } }",
  ],
])("%s leaves nothing out", async (_, schema) => {
  expect(await operationsOf(schema)).toEqual(["list_things", "more"]);
});

test.each([
  ["a list for properties", "{ type: object, properties: [a] }"],
  ["a list for a schema", "[a]"],
])("%s leaves out the operation around it alone", async (_, schema) => {
  expect(await operationsOf(schema)).toEqual(["more"]);
});

test("a list of paths is no document with nothing in it", async () => {
  const text = 'openapi: 3.1.0\ninfo: { title: One, version: "1" }\npaths: []\n';
  await expect(build(writeDocument(folder, { "openapi.yaml": text }))).rejects.toThrow(
    "Expected type `Paths` (object) but got `array`",
  );
});

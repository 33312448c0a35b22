import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Json } from "../../scripts/model/api.js";
import { loadSpec } from "../../scripts/spec/load.js";
import { build, writeDocument } from "./documents.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "paths-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(paths: Json, version: Json = { openapi: "3.1.0" }): string {
  const document = { ...Object(version), info: { title: "One", version: "1" }, paths };
  return writeDocument(folder, { "openapi.json": JSON.stringify(document) });
}

const id = { name: "id", in: "path", required: true, type: "string", schema: { type: "string" } };
const item: Json = { get: { parameters: [id], responses: { "204": { description: "None." } } } };

test.each([
  "things/{id}",
  "{id}",
  "{id}/more",
  "@other.example/{id}",
  ".other.example/{id}",
  "{id}?a=b",
])("the path %s gets the slash that it lacks, in every version", async (given) => {
  for (const version of [{ openapi: "3.0.3" }, { openapi: "3.1.0" }, { swagger: "2.0" }]) {
    const spec = write({ [given]: item }, version);
    const { api, omitted, warnings } = await build(spec);
    expect(omitted).toEqual([]);
    expect(api.resources.flatMap(({ methods }) => methods)).toMatchObject([{ path: `/${given}` }]);
    const own = warnings.filter(({ found }) => found.startsWith("a path without a slash"));
    const pointer = `#/paths/${given.replaceAll("/", "~1")}`;
    expect(own.map(({ source }) => source?.split("  ")[1])).toEqual([pointer]);
    await expect(loadSpec(spec)).rejects.toThrow("is not expected here");
  }
});

test("what refers to such a path follows it", async () => {
  const body = {
    content: {
      "application/json": { schema: { type: "object", properties: { a: { type: "string" } } } },
    },
  };
  const ref = "#/paths/a~1%7Bid%7D/get/responses/200/content/application~1json/schema";
  const responses = { "200": { description: "One.", ...body } };
  const others = {
    "200": { description: "One.", content: { "application/json": { schema: { $ref: ref } } } },
  };
  const { omitted } = await build(
    write({
      "a/{id}": { get: { parameters: [id], responses } },
      "/b": { get: { responses: others } },
    }),
  );
  expect(omitted).toEqual([]);
});

test.each([
  ["the same path with a slash", "things/{id}", { "/things/{id}": item }],
  ["a whole URL", "https://other.example/{id}", { "/things/{id}": item }],
])("%s: the operation is left out with the reason", async (_, given, others) => {
  const { api, omitted } = await build(write({ [given]: item, ...others }));
  expect(omitted).toMatchObject([
    { operation: `GET ${given}`, reason: expect.stringContaining("the host of the base URL") },
  ]);
  expect(api.resources.flatMap(({ methods }) => methods)).toMatchObject([{ path: "/things/{id}" }]);
});

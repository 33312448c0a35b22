import { expect, test } from "vitest";
import type { Json } from "../../scripts/model/api.js";
import { buildApi } from "../../scripts/model/build.js";

function readEnum(schema: Json): { shape: unknown; warnings: readonly string[] } {
  const content = { "application/json": { schema: { type: "object", properties: { a: schema } } } };
  const get = {
    operationId: "get_one",
    tags: ["things"],
    responses: { "200": { description: "One.", content } },
  };
  const info = { title: "One", version: "1" };
  const document = { openapi: "3.1.0", info, tags: [{ name: "things" }], paths: { "/a": { get } } };
  const { api, warnings } = buildApi(document, { strict: false });
  const [method] = api.resources.flatMap(({ methods }) => methods);
  return { shape: JSON.stringify(method?.answer), warnings: warnings.map(({ found }) => found) };
}

test.each<[string, Json, string]>([
  ["numbers in an enum of strings", { type: "string", enum: [1, 2] }, "1"],
  ["one number in an enum of strings", { type: "string", enum: ["a", 2] }, "2"],
  ["strings in an enum of integers", { type: "integer", enum: ["1"] }, '"1"'],
  ["a fraction in an enum of integers", { type: "integer", enum: [1, 1.5] }, "1.5"],
  ["booleans in an enum of strings", { type: "string", enum: [true] }, "true"],
  ["strings in an enum of booleans", { type: "boolean", enum: ["yes", "no"] }, '"yes"'],
  ["a constant of another type", { type: "string", const: 5 }, "5"],
  ["neither of two types", { type: ["string", "null"], enum: [1, null] }, "1"],
])("%s: a warning names the value, and the values stay", (_, schema, value) => {
  const { shape, warnings } = readEnum(schema);
  expect(warnings).toContainEqual(expect.stringMatching(new RegExp(`beside the value ${value}$`)));
  expect(shape).toContain(value);
});

test.each<[string, Json]>([
  ["strings", { type: "string", enum: ["1", "2"] }],
  ["integers", { type: "integer", enum: [1, 2] }],
  ["numbers", { type: "number", enum: [1, 1.5] }],
  ["several types", { type: ["string", "integer"], enum: ["a", 1] }],
  ["null beside strings", { type: ["string", "null"], enum: ["a", null] }],
  ["no type", { enum: [1, "a"] }],
])("%s of the given type: no warning", (_, schema) => {
  expect(readEnum(schema).warnings).toEqual([]);
});

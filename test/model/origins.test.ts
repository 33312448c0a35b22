import { expect, test } from "vitest";
import type { Json } from "../../scripts/model/api.js";
import { buildApi } from "../../scripts/model/build.js";

/** A schema that puts others together, and `Base`, whose keywords and members are doubtful. */
function document(schema: Json): Json {
  const media = { schema: { $ref: "#/components/schemas/Whole" } };
  const get = {
    operationId: "list_things",
    tags: ["things"],
    responses: { "200": { description: "All.", content: { "application/json": media } } },
  };
  const Base = {
    type: "object",
    odd: true,
    required: ["name"],
    properties: { name: { type: "string", format: "odd" }, kind: { odd: { of: "kind" } } },
  };
  const More = {
    properties: { kind: { type: "string" }, size: { type: "number", format: "odd" } },
  };
  return {
    openapi: "3.1.0",
    info: { title: "One", version: "1" },
    tags: [{ name: "things" }],
    paths: { "/things": { get } },
    components: { schemas: { Whole: schema, Base, More } },
  };
}

const base = { $ref: "#/components/schemas/Base" };
const more = { $ref: "#/components/schemas/More" };
const plain = { properties: { other: { type: "string", format: "odd" } } };

test.each<[Json, readonly string[]]>([
  [
    { allOf: [base, more] },
    ["Base/odd", "Base/properties/name/format", "More/properties/size/format"],
  ],
  [
    { ...base, ...plain },
    ["Base/odd", "Base/properties/name/format", "Whole/properties/other/format"],
  ],
  [
    { allOf: [{ allOf: [base] }, plain] },
    ["Base/odd", "Base/properties/name/format", "Whole/allOf/1/properties/other/format"],
  ],
])("a doubtful part of %j is reported where it is written", (schema, places) => {
  const { warnings } = buildApi(document(schema), { strict: false });
  const told = warnings.map(({ pointer }) => pointer.replace("#/components/schemas/", ""));
  expect(told).toEqual(expect.arrayContaining([...places]));
  // Every place is one of the document.
  for (const { pointer } of warnings) {
    const keys = pointer
      .slice(2)
      .split("/")
      .map((key) => key.replaceAll("~1", "/"));
    const found = keys.reduce<unknown>(
      (value, key) => Reflect.get(Object(value), key),
      document(schema),
    );
    expect([pointer, found]).not.toEqual([pointer, undefined]);
  }
});

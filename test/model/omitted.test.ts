import { describe, expect, test } from "vitest";
import type { Json } from "../../scripts/model/api.js";
import { buildApi } from "../../scripts/model/build.js";
import { SpecError } from "../../scripts/spec/problem.js";

/** A schema that no type can say: it is null or itself. */
const endless: Json = { oneOf: [{ type: "null" }, { $ref: "#/components/schemas/Endless" }] };

function operation(operationId: string, schema?: string): Json {
  const media = { schema: { $ref: `#/components/schemas/${schema}` } };
  const body = schema === undefined ? {} : { content: { "application/json": media } };
  return { operationId, tags: ["things"], responses: { "200": { description: "Done.", ...body } } };
}

const schemas: Json = {
  Endless: endless,
  Good: { type: "object", properties: { a: { type: "string" } } },
  Holder: {
    type: "object",
    properties: {
      endless: { $ref: "#/components/schemas/Endless" },
      only: { $ref: "#/components/schemas/Only" },
    },
  },
  Only: { type: "object", properties: { b: { type: "string" } } },
};

function document(paths: Json): Json {
  return {
    openapi: "3.1.0",
    info: { title: "One", version: "1" },
    tags: [{ name: "things" }],
    paths,
    components: { schemas },
  };
}

const mixed = document({
  "/bad": { get: operation("get_bad", "Holder") },
  "/good": { get: operation("get_good", "Good") },
  "/worse": { get: operation("get_worse", "Endless"), put: operation("put_worse") },
});

describe("an operation that cannot be generated", () => {
  test("is left out by name, with the reason and its place; the others are there", () => {
    const { api, omitted } = buildApi(mixed, { strict: false, locate: (at) => at.join(".") });
    const reason = expect.stringContaining("a schema that contains itself outside of an object");
    const source = "components.schemas.Endless";
    expect(omitted).toEqual([
      { operation: "GET /bad", pointer: "#/paths/~1bad/get", reason, source },
      { operation: "GET /worse", pointer: "#/paths/~1worse/get", reason, source },
    ]);
    const kept = api.resources.flatMap(({ methods }) => methods);
    expect(kept.map(({ operationId }) => operationId)).toEqual(["get_good", "put_worse"]);
  });

  test("takes its models with it: those that only it uses, good or bad", () => {
    const { api } = buildApi(mixed, { strict: false });
    expect(api.models.map(({ name }) => name)).toEqual(["Good"]);
  });

  test("ends the run under strict", () => {
    expect(() => buildApi(mixed)).toThrow(SpecError);
  });

  test("ends the run where no operation is left, with the reason", () => {
    const alone = document({ "/bad": { get: operation("get_bad", "Endless") } });
    expect(() => buildApi(alone, { strict: false })).toThrow("contains itself");
  });
});

test("a parameter with a bad name is left out alone where the request is valid without it", () => {
  const parameter = { name: "x y", in: "header", schema: { type: "string" } };
  const given = (required: boolean): Json => ({
    get: { ...Object(operation(required ? "a" : "b")), parameters: [{ ...parameter, required }] },
  });
  const paths = { "/asked": given(true), "/optional": given(false) };
  const { omitted, warnings } = buildApi(document(paths), { strict: false });
  expect(omitted).toMatchObject([
    { operation: "GET /asked", reason: expect.stringContaining('"x y"') },
  ]);
  expect(warnings).toMatchObject([
    { pointer: "#/paths/~1optional/get/parameters/0", found: 'the header name "x y"' },
  ]);
});

test("a document without operations is a client without resources; under strict it is refused", () => {
  const { api, omitted, warnings } = buildApi(document({}), { strict: false });
  expect({ resources: api.resources, omitted }).toEqual({ resources: [], omitted: [] });
  expect(warnings.map(({ found }) => found)).toEqual(["no operation"]);
  expect(() => buildApi(document({}))).toThrow("no operation");
});

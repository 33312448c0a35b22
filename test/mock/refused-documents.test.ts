import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { startMock } from "../../src/mock/index.js";

interface Json {
  [key: string]: Json;
}

// A deep copy each time, for a test to break.
const read = (): Json =>
  JSON.parse(readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8"));

/** The schemas of a document. */
const schemasOf = (document: Json): Json => Object(document["components"])["schemas"];

describe("a document that Prism cannot check with is rejected at the start", () => {
  test.each<[string, (document: Json) => unknown, string]>([
    [
      "a schema with a broken pattern",
      ({ components }) =>
        Object.assign(Object(components)["schemas"].ResourceSet.oneOf[0].properties.exact, {
          pattern: "(",
        }),
      "#/components/schemas/ResourceSet",
    ],
    [
      "a schema with a reference to nothing",
      ({ components }) =>
        Object.assign(Object(components)["schemas"].ErrorInfo.properties, {
          extra: { $ref: "#/components/schemas/None" },
        }),
      "#/components/schemas/ErrorInfo",
    ],
    [
      "a schema that is no schema",
      ({ components }) =>
        Object.assign(Object(components)["schemas"].ErrorInfo.properties.code, { type: 5 }),
      "#/components/schemas/ErrorInfo",
    ],
    [
      "an inline schema of a parameter",
      ({ components }) =>
        Object.assign(Object(components)["parameters"].PageLimit.schema, { type: "whole" }),
      "#/components/parameters/PageLimit/schema",
    ],
    [
      "another dialect",
      (document) =>
        Object.assign(document, {
          jsonSchemaDialect: "https://spec.openapis.org/oas/3.1/dialect/base",
        }),
      "#/jsonSchemaDialect",
    ],
    [
      "no dialect",
      (document) => Reflect.deleteProperty(document, "jsonSchemaDialect"),
      "#/jsonSchemaDialect",
    ],
    [
      "error codes that are no list",
      ({ components }) =>
        Object.assign(Object(components)["responses"].Forbidden, {
          "x-contract-error-codes": "permission_denied",
        }),
      "#/components/responses/Forbidden/x-contract-error-codes",
    ],
    ["no operations", (document) => Object.assign(document, { paths: {} }), "#/paths"],
  ])("%s", async (_, spoil, pointer) => {
    const document = read();
    spoil(document);
    await expect(startMock({ document })).rejects.toThrow(pointer);
  });

  const id = "/components/schemas/AccessTokenIdStr";
  const issue = "/components/schemas/IssueAccessTokenRequest/properties";
  const bytes = "x-contract-byte-length";
  test.each<[string, (schemas: Json) => unknown, string]>([
    [
      "a format that is not known",
      ({ IssueAccessTokenRequest: { properties } = {} }) =>
        Object.assign(Object(properties)["expires_at"], { format: "date-tme" }),
      `#${issue}/expires_at/format: the schema does not compile: expected one of "date", `,
    ],
    [
      "a text in place of a schema",
      (schemas) => Object.assign(schemas, { ReadWritePermissions: "x" }),
      '#/components/schemas/ReadWritePermissions: the schema does not compile: expected an object or a boolean, found the string "x"',
    ],
    [
      "a text in place of a schema inside of one",
      ({ IssueAccessTokenRequest: { properties } = {} }) =>
        Object.assign(Object(properties), { note: "x" }),
      `#${issue}/note: the schema does not compile: expected an object or a boolean`,
    ],
    [
      "a list in place of a schema that nothing uses",
      (schemas) => Object.assign(schemas, { Unused: [] }),
      "#/components/schemas/Unused: the schema does not compile: expected an object or a boolean",
    ],
    [
      "a byte length that is a text",
      ({ AccessTokenIdStr: schema }) => Object.assign(Object(schema), { [bytes]: "96" }),
      `#${id}/${bytes}: the schema does not compile: expected an object, found the string "96"`,
    ],
    [
      "a byte length of other names",
      ({ AccessTokenIdStr: schema }) => Object.assign(Object(schema), { [bytes]: { maximum: 96 } }),
      `#${id}/${bytes}: the schema does not compile: unknown property "maximum"`,
    ],
    [
      "a byte length without limits",
      ({ AccessTokenIdStr: schema }) => Object.assign(Object(schema), { [bytes]: {} }),
      `#${id}/${bytes}: the schema does not compile: expected at least 1 property, found 0`,
    ],
    [
      "a byte length below nothing",
      ({ AccessTokenIdStr: schema }) => Object.assign(Object(schema), { [bytes]: { min: -1 } }),
      `#${id}/${bytes}/min: the schema does not compile: expected at least 0, found -1`,
    ],
    [
      "half a byte",
      ({ AccessTokenIdStr: schema }) => Object.assign(Object(schema), { [bytes]: { max: 0.5 } }),
      `#${id}/${bytes}/max: the schema does not compile: expected an integer, found 0.5`,
    ],
  ])("%s", async (_, spoil, words) => {
    const document = read();
    spoil(schemasOf(document));
    await expect(startMock({ document })).rejects.toThrow(words);
  });

  const one =
    "additionalProperties contains else if items not propertyNames then unevaluatedItems unevaluatedProperties";
  test.each<[string, object]>([
    ...one.split(" ").map((key): [string, object] => [`/${key}`, { [key]: "x" }]),
    ...["allOf", "anyOf", "oneOf", "prefixItems"].map((key): [string, object] => [
      `/${key}/1`,
      { [key]: [true, "x"] },
    ]),
    ...["$defs", "dependentSchemas", "patternProperties", "properties"].map(
      (key): [string, object] => [`/${key}/a`, { [key]: { a: "x" } }],
    ),
    ["/items/not/items", { items: { not: { items: "x" } } }],
  ])("a text in place of the schema at %s", async (place, schema) => {
    const document = read();
    Object.assign(schemasOf(document), { Spoilt: schema });
    const words = `#/components/schemas/Spoilt${place}: the schema does not compile: expected an object or a boolean`;
    await expect(startMock({ document })).rejects.toThrow(words);
  });

  test.each([
    { enum: "a" },
    { items: [] },
    { minLength: "5" },
    { oneOf: {} },
    { pattern: 5 },
    { properties: [] },
    { required: "a" },
    { type: "whole" },
  ])("a keyword of the wrong type: %j", async (schema) => {
    const document = read();
    Object.assign(schemasOf(document), { Spoilt: schema });
    await expect(startMock({ document })).rejects.toThrow("#/components/schemas/Spoilt");
  });

  test.each<[string, string]>([
    ["#/x-schemas/note", "#/x-schemas/note"],
    ["#/x-lists/0/note", "#/x-lists/0/note"],
    ["#/x-schemas/alias", "#/x-schemas/note"],
  ])("a schema elsewhere, behind the reference %s", async ($ref, pointer) => {
    const document = read();
    const note = "x";
    const alias = { items: { $ref: "#/x-schemas/note" } };
    Object.assign(document, { "x-schemas": { note, alias }, "x-lists": [{ note }] });
    const { IssueAccessTokenRequest: schema } = schemasOf(document);
    Object.assign(Object(schema)["properties"], { note: { $ref } });
    const words = `${pointer}: the schema does not compile: expected an object or a boolean`;
    await expect(startMock({ document })).rejects.toThrow(words);
  });
});

test("a document with valid schemas is served", async () => {
  const document = read();
  const tree = { type: "object", properties: { inner: { $ref: "#/components/schemas/Tree" } } };
  const named = { properties: { format: true, $ref: {}, [`x-contract-byte-length`]: false } };
  const limits = { format: "uuid", "x-contract-byte-length": { min: 0, max: 36 }, "x-other": 5 };
  Object.assign(schemasOf(document), { Tree: tree, Named: named, Limits: limits, Any: true });
  await using mock = await startMock({ document });
  const headers = { authorization: `Bearer ${mock.rootToken}` };
  expect((await fetch(`${mock.url}/v1/access-tokens`, { headers })).status).toBe(200);
});

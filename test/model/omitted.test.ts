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

describe("a form whose schema is not an object", () => {
  const shapes: [string, Json][] = [
    ["an array", { type: "array", items: { type: "string", format: "binary" } }],
    ["a tuple", { type: "array", prefixItems: [{ type: "string" }] }],
    ["a string", { type: "string" }],
    ["a file", { type: "string", format: "binary" }],
    ["a number", { type: "number" }],
    ["an enum", { enum: ["a", "b"] }],
    ["an array or null", { type: ["array", "null"], items: { type: "string" } }],
    ["an array or a number", { oneOf: [{ type: "array", items: {} }, { type: "number" }] }],
  ];
  const types = ["multipart/form-data", "application/x-www-form-urlencoded"];
  const rows = shapes.flatMap(([name, schema]) =>
    types.map((type): [string, string, Json] => [name, type, schema]),
  );
  const sent = (content: Json): Json => ({
    post: { ...Object(operation("send")), requestBody: { required: true, content } },
  });

  test.each(rows)("%s as %s leaves out the operation", (_, type, schema) => {
    const paths = {
      "/send": sent({ [type]: { schema } }),
      "/good": { get: operation("get_good") },
    };
    const { omitted } = buildApi(document(paths), { strict: false });
    expect(omitted).toMatchObject([
      { operation: "POST /send", reason: expect.stringContaining(`${type} that is not an object`) },
    ]);
  });

  test.each(rows)("%s as %s is left out where JSON is there too", (_, type, schema) => {
    const encoding = { a: { headers: { "X-A": { schema: { type: "string" } } } } };
    const content = {
      [type]: { schema, encoding },
      "application/json": { schema: { type: "object" } },
    };
    const { api, omitted, warnings } = buildApi(document({ "/send": sent(content) }), {
      strict: false,
    });
    expect(omitted).toEqual([]);
    const methods = api.resources.flatMap((resource) => resource.methods);
    expect(methods).toMatchObject([
      { input: { parameters: [], body: { kind: "json", others: [] } } },
    ]);
    expect(warnings.map(({ found }) => found)).toContainEqual(
      expect.stringContaining(`${type} that is not an object`),
    );
  });

  test.each<[string, Json]>([
    ["anything", {}],
    ["a map", { type: "object" }],
    ["an object or null", { type: ["object", "null"], properties: { a: { type: "string" } } }],
    ["an object or an array", { oneOf: [{ type: "object" }, { type: "array", items: {} }] }],
  ])("%s can be sent", (_, schema) => {
    const content = { "multipart/form-data": { schema } };
    expect(buildApi(document({ "/send": sent(content) }), { strict: false }).omitted).toEqual([]);
  });
});

describe("a security scheme that cannot be sent", () => {
  const bad: [string, Json][] = [
    ["a header with a space", { type: "apiKey", in: "header", name: "X Key" }],
    ["a header with a line break", { type: "apiKey", in: "header", name: "X\r\nY" }],
    ["a cookie with a separator", { type: "apiKey", in: "cookie", name: "a;b" }],
    ["a query without a name", { type: "apiKey", in: "query", name: "" }],
    ["an unknown place", { type: "apiKey", in: "body", name: "key" }],
    ["an HTTP scheme with a space", { type: "http", scheme: "My Scheme" }],
    ["an unknown type", { type: "magic" }],
  ];
  const secured = (scheme: Json, security: Json): Json => ({
    ...Object(document({ "/good": { get: { ...Object(operation("get_good")), security } } })),
    security: [{ bad: [] }],
    components: { securitySchemes: { bad: scheme, good: { type: "http", scheme: "basic" } } },
  });

  test.each(bad)("%s is left out by name, and every operation is there", (_, scheme) => {
    const { api, omitted } = buildApi(secured(scheme, [{ bad: [] }, { good: [] }]), {
      strict: false,
      locate: (at) => at.join("."),
    });
    expect(omitted).toMatchObject([
      {
        operation: "the security scheme bad",
        source: expect.stringMatching(/^components.securitySchemes.bad/),
      },
    ]);
    expect(api.security.schemes.map(({ name }) => name)).toEqual(["good"]);
    const methods = api.resources.flatMap((resource) => resource.methods);
    expect(methods).toMatchObject([{ operationId: "get_good", security: [["good"]] }]);
  });

  test.each(bad)("%s ends the run under strict", (_, scheme) => {
    expect(() => buildApi(secured(scheme, [{ good: [] }]))).toThrow("securitySchemes/bad");
  });
});

describe("a server that fetch cannot reach, beside one that it can", () => {
  const good: Json = { url: "https://a.example" };
  const urls = ["javascript:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "file:///etc"];
  test.each(
    urls.flatMap((url): [string, string, Json][] => [
      [url, "first", [{ url }, good]],
      [url, "last", [good, { url }]],
    ]),
  )("%j is left out by name where it is the %s", (url, _, servers) => {
    const given: Json = {
      ...Object(document({ "/good": { get: operation("get_good") } })),
      servers,
    };
    const { api, omitted } = buildApi(given, { strict: false });
    expect(api.servers).toMatchObject([good]);
    expect(omitted).toMatchObject([{ operation: `the server ${JSON.stringify(url)}` }]);
    expect(() => buildApi(given)).toThrow("fetch cannot reach");
  });

  test("is left out of an operation, which is left out itself if no other server remains", () => {
    const served = (id: string, ...servers: Json[]): Json => ({
      get: { ...Object(operation(id)), servers },
    });
    const { api, omitted } = buildApi(
      document({
        "/both": served("get_both", { url: "javascript:a()" }, good),
        "/none": served("get_none", { url: "javascript:b()" }),
      }),
      { strict: false },
    );
    expect(omitted.map((one) => one.operation)).toEqual([
      "GET /none",
      'the server "javascript:a()"',
    ]);
    const methods = api.resources.flatMap((resource) => resource.methods);
    expect(methods).toMatchObject([{ operationId: "get_both", server: good }]);
  });
});

test("a document without operations is a client without resources; under strict it is refused", () => {
  const { api, omitted, warnings } = buildApi(document({}), { strict: false });
  expect({ resources: api.resources, omitted }).toEqual({ resources: [], omitted: [] });
  expect(warnings.map(({ found }) => found)).toEqual(["no operation"]);
  expect(() => buildApi(document({}))).toThrow("no operation");
});

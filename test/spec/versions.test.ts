import { describe, expect, test } from "vitest";
import type { Json } from "../../scripts/model/api.js";
import { normalize, withVersionText } from "../../scripts/spec/versions/normalize.js";

/** The normal form of a document, and what was noted on the way. */
function normal(document: Json): {
  document: Json;
  origin: (at: readonly string[]) => readonly string[];
  notes: string[];
} {
  const notes: string[] = [];
  const note = (_at: readonly string[], found: string): number => notes.push(found);
  return { ...normalize(withVersionText(document), note), notes };
}

const info = { title: "One", version: "1" };

/** A schema of a document of this version, in the normal form. */
function schemaOf(openapi: string, schema: Json): Json {
  const { document } = normal({
    openapi,
    info,
    paths: {},
    components: { schemas: { One: schema } },
  });
  expect(document).toMatchObject({ openapi: expect.stringMatching(/^3\.1\./) });
  return (document as { components: { schemas: { One: Json } } }).components.schemas.One;
}

const ref = { $ref: "#/components/schemas/Two" };
const nil = { type: "null" };

describe("a schema of OpenAPI 3.0", () => {
  test.each<[string, Json, Json]>([
    ["nullable with a type", { type: "string", nullable: true }, { type: ["string", "null"] }],
    ["nullable: false", { type: "string", nullable: false }, { type: "string" }],
    ["nullable anything", { nullable: true, description: "Any." }, { description: "Any." }],
    [
      "nullable enum",
      { type: "string", enum: ["a"], nullable: true },
      { type: ["string", "null"], enum: ["a", null] },
    ],
    [
      "nullable enum with null",
      { type: "string", enum: ["a", null], nullable: true },
      { type: ["string", "null"], enum: ["a", null] },
    ],
    [
      "nullable beside allOf of one",
      { nullable: true, allOf: [ref], description: "A." },
      { description: "A.", anyOf: [ref, nil] },
    ],
    [
      "nullable beside allOf of two",
      { nullable: true, allOf: [ref, { type: "object" }] },
      { anyOf: [{ allOf: [ref, { type: "object" }] }, nil] },
    ],
    [
      "a tuple as older versions of JSON Schema write it",
      { type: "array", items: [ref, { type: "string" }], additionalItems: false },
      { type: "array", prefixItems: [ref, { type: "string" }], items: false },
    ],
    [
      "nullable alone in a branch of allOf",
      { allOf: [ref, { nullable: true, description: "A." }] },
      { anyOf: [{ allOf: [ref, { description: "A." }] }, nil] },
    ],
    [
      "nullable of one branch of allOf, which is no more than that",
      { allOf: [ref, { type: "object", nullable: true }] },
      { allOf: [ref, { type: ["object", "null"] }] },
    ],
    [
      "nullable beside oneOf",
      { nullable: true, oneOf: [ref, { type: "string" }] },
      { oneOf: [ref, { type: "string" }, nil] },
    ],
    [
      "nullable beside anyOf and type",
      { type: "object", nullable: true, anyOf: [ref] },
      { type: ["object", "null"], anyOf: [ref, nil] },
    ],
    [
      "nullable with a default",
      { nullable: true, allOf: [ref], default: null },
      { default: null, anyOf: [ref, nil] },
    ],
    [
      "nullable property",
      { type: "object", properties: { a: { type: "integer", nullable: true } } },
      { type: "object", properties: { a: { type: ["integer", "null"] } } },
    ],
    [
      "nullable items",
      { type: "array", items: { nullable: true, allOf: [ref] } },
      { type: "array", items: { anyOf: [ref, nil] } },
    ],
    [
      "exclusive limits",
      { type: "number", minimum: 1, exclusiveMinimum: true, maximum: 2, exclusiveMaximum: true },
      { type: "number", exclusiveMinimum: 1, exclusiveMaximum: 2 },
    ],
    [
      "inclusive limits",
      { type: "number", minimum: 1, exclusiveMinimum: false },
      { type: "number", minimum: 1 },
    ],
    [
      "siblings of $ref",
      { ...ref, description: "A.", type: "object", maxLength: 3 },
      { ...ref, description: "A." },
    ],
    ["nullable beside $ref", { ...ref, nullable: true }, { anyOf: [ref, nil] }],
    ["a file", { type: "file" }, { type: "string", format: "binary" }],
    [
      "a property named nullable",
      { type: "object", properties: { nullable: { type: "boolean" } } },
      { type: "object", properties: { nullable: { type: "boolean" } } },
    ],
    [
      "data that looks like a schema",
      {
        type: "object",
        example: { type: "string", nullable: true },
        default: { exclusiveMinimum: true },
        enum: [{ nullable: true }],
      },
      {
        type: "object",
        example: { type: "string", nullable: true },
        default: { exclusiveMinimum: true },
        enum: [{ nullable: true }],
      },
    ],
  ])("%s", (_, schema, wanted) => {
    expect(schemaOf("3.0.3", schema)).toEqual(wanted);
  });
});

test("nullable in 3.1, which does not have it, is understood and noted", () => {
  expect(schemaOf("3.1.0", { type: "string", nullable: true })).toEqual({
    type: ["string", "null"],
  });
  const one = { type: "string", nullable: true };
  const { notes } = normal({ openapi: "3.1.0", info, components: { schemas: { One: one } } });
  expect(notes).toEqual(["nullable, which OpenAPI 3.1 does not have"]);
});

test("3.1 keeps siblings of $ref", () => {
  expect(schemaOf("3.1.0", { ...ref, maxLength: 3 })).toEqual({ ...ref, maxLength: 3 });
});

test.each<[Json, string]>([
  [3.1, "3.1.0"],
  ["3.0", "3.1.1"],
  ["3.2.0", "3.1.1"],
  ["3.1.2", "3.1.2"],
])("version %j becomes %s", (openapi, wanted) => {
  expect(normal({ openapi, info }).document).toMatchObject({ openapi: wanted });
});

test("a media type and an example of 3.2", () => {
  const { document } = normal({
    openapi: "3.2.0",
    info,
    components: {
      mediaTypes: { Thing: { schema: { type: "string" } } },
      responses: {
        One: {
          description: "One.",
          content: { "application/json": { $ref: "#/components/mediaTypes/Thing" } },
        },
      },
      examples: { One: { summary: "A.", dataValue: { a: 1 } } },
    },
  });
  expect(document).toMatchObject({
    components: {
      responses: { One: { content: { "application/json": { schema: { type: "string" } } } } },
      examples: { One: { summary: "A.", value: { a: 1 } } },
    },
  });
});

describe("Swagger 2.0", () => {
  const swagger: Json = {
    swagger: "2.0",
    info,
    host: "api.example",
    basePath: "/v1/",
    schemes: ["http", "https"],
    consumes: ["application/json"],
    produces: ["application/json", "application/xml"],
    parameters: {
      Limit: { name: "limit", in: "query", type: "integer", maximum: 9 },
      Thing: { name: "thing", in: "body", required: true, schema: { $ref: "#/definitions/Thing" } },
    },
    responses: { Gone: { description: "Gone.", schema: { $ref: "#/definitions/Thing" } } },
    securityDefinitions: {
      basic: { type: "basic" },
      key: { type: "apiKey", name: "X-Key", in: "header" },
      oauth: {
        type: "oauth2",
        flow: "accessCode",
        authorizationUrl: "https://a",
        tokenUrl: "https://t",
        scopes: { r: "Read." },
      },
    },
    definitions: {
      Thing: {
        type: "object",
        discriminator: "kind",
        required: ["kind"],
        properties: { kind: { type: "string" }, at: { type: "string", "x-nullable": true } },
      },
    },
    paths: {
      "/things": {
        parameters: [{ name: "X-Trace", in: "header", type: "string" }],
        get: {
          parameters: [
            { $ref: "#/parameters/Limit" },
            { name: "csv", in: "query", type: "array", items: { type: "string" } },
            {
              name: "multi",
              in: "query",
              type: "array",
              items: { type: "string" },
              collectionFormat: "multi",
            },
            {
              name: "ssv",
              in: "query",
              type: "array",
              items: { type: "string" },
              collectionFormat: "ssv",
            },
            {
              name: "pipes",
              in: "query",
              type: "array",
              items: { type: "string" },
              collectionFormat: "pipes",
            },
            {
              name: "tsv",
              in: "query",
              type: "array",
              items: { type: "string" },
              collectionFormat: "tsv",
            },
            { name: "ids", in: "header", type: "array", items: { type: "integer" } },
          ],
          responses: {
            "200": {
              description: "All.",
              schema: { type: "array", items: { $ref: "#/definitions/Thing" } },
              headers: { "X-Count": { type: "integer" } },
              examples: { "application/json": [1] },
            },
            "410": { $ref: "#/responses/Gone" },
          },
        },
        post: {
          parameters: [{ $ref: "#/parameters/Thing" }],
          responses: { "204": { description: "Made." } },
        },
        put: {
          consumes: ["application/x-www-form-urlencoded"],
          parameters: [
            {
              name: "name",
              in: "formData",
              type: "string",
              required: true,
              description: "A name.",
            },
            {
              name: "tags",
              in: "formData",
              type: "array",
              items: { type: "string" },
              collectionFormat: "multi",
            },
          ],
          responses: { "204": { description: "Put." } },
        },
        patch: {
          parameters: [{ name: "photo", in: "formData", type: "file" }],
          responses: { "200": { description: "A file.", schema: { type: "file" } } },
          produces: ["image/png"],
        },
      },
    },
  };
  const { document, origin } = normal(swagger);

  test("servers: https first, one slash", () => {
    expect(document).toMatchObject({
      servers: [{ url: "https://api.example/v1" }, { url: "http://api.example/v1" }],
    });
  });

  test("schemas, discriminators and x-nullable", () => {
    expect(document).toMatchObject({
      components: {
        schemas: {
          Thing: {
            discriminator: { propertyName: "kind" },
            properties: { at: { type: ["string", "null"] } },
          },
        },
      },
    });
  });

  test("security schemes", () => {
    expect(document).toMatchObject({
      components: {
        securitySchemes: {
          basic: { type: "http", scheme: "basic" },
          key: { type: "apiKey", name: "X-Key", in: "header" },
          oauth: {
            type: "oauth2",
            flows: {
              authorizationCode: {
                authorizationUrl: "https://a",
                tokenUrl: "https://t",
                scopes: { r: "Read." },
              },
            },
          },
        },
      },
    });
  });

  test("parameters with their styles; tabs have none", () => {
    const items = { type: "array", items: { type: "string" } };
    expect(document).toMatchObject({
      components: {
        parameters: {
          Limit: { name: "limit", in: "query", schema: { type: "integer", maximum: 9 } },
        },
      },
      paths: {
        "/things": {
          parameters: [{ name: "X-Trace", in: "header", schema: { type: "string" } }],
          get: {
            parameters: [
              { $ref: "#/components/parameters/Limit" },
              { name: "csv", style: "form", explode: false, schema: items },
              { name: "multi", style: "form", explode: true, schema: items },
              { name: "ssv", style: "spaceDelimited", explode: false },
              { name: "pipes", style: "pipeDelimited", explode: false },
              { name: "tsv", style: "tabDelimited" },
              { name: "ids", in: "header", style: "simple", explode: false },
            ],
          },
        },
      },
    });
  });

  test("responses in each media type, with headers, examples and references", () => {
    const schema = { type: "array", items: { $ref: "#/components/schemas/Thing" } };
    expect(document).toMatchObject({
      components: {
        responses: {
          Gone: {
            content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } },
          },
        },
      },
      paths: {
        "/things": {
          get: {
            responses: {
              "200": {
                headers: { "X-Count": { schema: { type: "integer" } } },
                content: {
                  "application/json": { schema, example: [1] },
                  "application/xml": { schema },
                },
              },
              "410": { $ref: "#/components/responses/Gone" },
            },
          },
          patch: {
            responses: {
              "200": { content: { "image/png": { schema: { type: "string", format: "binary" } } } },
            },
          },
        },
      },
    });
    expect(JSON.stringify(document)).not.toContain("#/definitions");
  });

  test("bodies and forms", () => {
    expect(document).toMatchObject({
      paths: {
        "/things": {
          post: {
            requestBody: {
              required: true,
              content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } },
            },
          },
          put: {
            requestBody: {
              required: true,
              content: {
                "application/x-www-form-urlencoded": {
                  schema: {
                    type: "object",
                    required: ["name"],
                    properties: {
                      name: { type: "string", description: "A name." },
                      tags: { type: "array" },
                    },
                  },
                  encoding: { tags: { style: "form", explode: true } },
                },
              },
            },
          },
          patch: {
            requestBody: {
              content: {
                "multipart/form-data": {
                  schema: { properties: { photo: { type: "string", format: "binary" } } },
                },
              },
            },
          },
        },
      },
    });
    expect(document).not.toHaveProperty(["paths", "/things", "post", "parameters"]);
    expect(document).not.toHaveProperty(["components", "requestBodies"]);
  });

  test("places lead back to the source", () => {
    const at = (pointer: string): string => origin(pointer.split(" ")).join(" ");
    expect(at("components schemas Thing properties kind")).toBe(
      "definitions Thing properties kind",
    );
    expect(at("components securitySchemes key")).toBe("securityDefinitions key");
    expect(at("paths /things get parameters 1 schema items")).toBe(
      "paths /things get parameters 1 items",
    );
    expect(at("paths /things get responses 200 content application/xml schema items")).toBe(
      "paths /things get responses 200 schema items",
    );
    const form =
      "paths /things put requestBody content application/x-www-form-urlencoded schema properties";
    expect(at(`${form} tags`)).toBe("paths /things put parameters 1");
    expect(at("paths /things post requestBody")).toBe("paths /things post parameters 0");
  });
});

test("places inside what nullable wraps lead back to the source, however deep", () => {
  const inner = {
    nullable: true,
    allOf: [{ type: "object", properties: { deep: { type: "string" } } }, ref],
  };
  const outer = { nullable: true, allOf: [{ type: "object", properties: { inner } }, ref] };
  const { document, origin } = normal({
    openapi: "3.0.0",
    info,
    components: { schemas: { One: outer } },
  });
  const at =
    "components schemas One anyOf 0 allOf 0 properties inner anyOf 0 allOf 0 properties deep".split(
      " ",
    );
  expect(document).toHaveProperty(at);
  expect(origin(at).join(" ")).toBe(
    "components schemas One allOf 0 properties inner allOf 0 properties deep",
  );
});

describe("a schema without a name that holds itself", () => {
  const path = "#/paths/~1a/get/responses/200/content/application~1json/schema";
  const media = (schema: Json): Json => ({ content: { "application/json": { schema } } });
  const holder: Json = { type: "object", properties: { next: { $ref: path } } };
  const paths: Json = {
    "/a": { get: { responses: { "200": { description: "A.", ...Object(media(holder)) } } } },
    "/b": {
      get: { responses: { "200": { description: "B.", ...Object(media({ $ref: path })) } } },
    },
  };

  test("becomes a component, which every reference leads to, and keeps its place", () => {
    const components = { schemas: { AGet200: { type: "string" } } };
    const { document, origin } = normal({ openapi: "3.1.0", info, paths, components });
    const ref = { $ref: "#/components/schemas/AGet2002" };
    const schema = { content: { "application/json": { schema: ref } } };
    expect(document).toMatchObject({
      paths: {
        "/a": { get: { responses: { "200": schema } } },
        "/b": { get: { responses: { "200": schema } } },
      },
      components: { schemas: { AGet2002: { type: "object", properties: { next: ref } } } },
    });
    expect(origin(["components", "schemas", "AGet2002", "properties"])).toEqual(
      [...path.slice(2).split("/"), "properties"].map((key) => key.replaceAll("~1", "/")),
    );
  });

  test("stays in place where a name lies between", () => {
    const schemas: Json = {
      A: { type: "object", properties: { b: { $ref: "#/components/schemas/B/properties/c" } } },
      B: { type: "object", properties: { c: { $ref: "#/components/schemas/A" } } },
    };
    const given = { openapi: "3.1.0", info, paths: {}, components: { schemas } };
    expect(normal(given).document).toEqual(given);
  });
});

import { describe, expect, test } from "vitest";
import type { Json } from "../../scripts/model/api.js";
import { buildApi } from "../../scripts/model/build.js";
import { canonical } from "../../scripts/spec/canonical.js";
import { checkExtensions } from "../../scripts/spec/extensions.js";
import { Node } from "../../scripts/spec/node.js";
import { Problems } from "../../scripts/spec/problem.js";

const ok = { "204": { description: "Done." } };

/** A document with one operation, changed by `operation`, and these schemas. */
function document(
  operation: { [key: string]: Json },
  schemas: { [name: string]: Json } = {},
): Json {
  return {
    openapi: "3.1.0",
    info: { title: "One", version: "1" },
    tags: [{ name: "things" }],
    components: { schemas, securitySchemes: { basic: { type: "http", scheme: "basic" } } },
    paths: {
      "/things": {
        post: { operationId: "make_thing", tags: ["things"], responses: ok, ...operation },
      },
    },
  };
}

/** The same with a request body of this schema. */
function body(schema: Json, schemas: { [name: string]: Json } = {}): Json {
  const content = { "application/json": { schema } };
  return document({ requestBody: { required: true, content } }, schemas);
}

function messageOf(given: Json): string {
  const problems = new Problems();
  const sorted = canonical(given);
  try {
    checkExtensions(new Node(sorted), problems);
    problems.throwIfAny();
    buildApi(sorted);
    return "nothing was refused";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const at = "#/paths/~1things/post/requestBody/content/application~1json/schema";
const object = (
  properties: { [name: string]: Json },
  more: { [key: string]: Json } = {},
): Json => ({
  type: "object",
  properties,
  ...more,
});

/** Read from text: a literal with this key is what the linter warns of. */
const thenable: { [name: string]: Json } = JSON.parse('{"then":{"type":"string"}}');

describe("a schema that is not understood is refused with its pointer", () => {
  test.each<[string, Json, string, string]>([
    ["false", false, at, "the schema false"],
    ["an unknown keyword", { type: "string", lenght: 3 }, `${at}/lenght`, "unknown keyword lenght"],
    [
      "a keyword of another type",
      { type: "string", minimum: 3 },
      `${at}/minimum`,
      "minimum beside type",
    ],
    ["a type that is none", { type: "text" }, at, 'the type "text"'],
    [
      "a misspelt format, which would change the type",
      { type: "string", format: "date-tiem" },
      `${at}/format`,
      'the format "date-tiem"',
    ],
    [
      "a format of another type",
      { type: "integer", format: "date-time" },
      `${at}/format`,
      'the format "date-time"',
    ],
    ["a broken pattern", { type: "string", pattern: "(" }, at, "the pattern ("],
    ["not of anything", { type: "string", not: { type: "string" } }, `${at}/not`, "not: "],
    ["required of nothing", object({}, { required: ["ghost"] }), `${at}/required`, "ghost"],
    ["null in the type alone", { type: ["string", "null"], enum: ["a"] }, at, "an enum without it"],
    [
      "a default of another type",
      object({ a: { type: "string", default: 5 } }),
      `${at}/properties/a/default`,
      "the default 5",
    ],
    ["a dangling $ref", { $ref: "#/components/schemas/Ghost" }, at, "#/components/schemas/Ghost"],
    [
      "a union without a sign",
      { oneOf: [object({ a: { type: "string" } }), object({ b: { type: "string" } })] },
      at,
      "a union whose branches cannot be distinguished",
    ],
    [
      "an inclusive union by key",
      {
        anyOf: [
          object({ a: { type: "string" } }, { required: ["a"] }),
          object({ b: { type: "string" } }, { required: ["b"] }),
        ],
      },
      at,
      "a union whose branches cannot be distinguished",
    ],
    ["a name that is none", object({ "": { type: "string" } }), `${at}/properties/`, '""'],
    [
      "an inherited name",
      object({ to_string: { type: "string" } }),
      `${at}/properties/to_string`,
      "to_string",
    ],
    ["then", object(thenable), `${at}/properties/then`, "x-contract-name"],
    [
      "two names that become one",
      object({ "foo-bar": { type: "string" }, foo_bar: { type: "string" } }),
      `${at}/properties/foo_bar`,
      "foo-bar already has",
    ],
  ])("%s", (_, schema, pointer, words) => {
    const message = messageOf(body(schema));
    expect(message).toContain(`${pointer}\n`);
    expect(message).toContain(words);
    expect(message).toContain("supported:");
  });
});

describe("an operation that is not understood is refused with its pointer", () => {
  const operation = "#/paths/~1things/post";
  const parameter = (more: { [key: string]: Json }): { [key: string]: Json } => ({
    parameters: [{ name: "q", in: "query", schema: { type: "string" }, ...more }],
  });
  test.each<[string, { [key: string]: Json }, string, string]>([
    ["no tag", { tags: [] }, operation, "without a tag"],
    ["two tags", { tags: ["things", "more"] }, operation, "several tags"],
    ["no operationId", { operationId: "" }, operation, "without an operationId"],
    ["a name that is taken", { operationId: "constructor_thing" }, operation, '"constructor"'],
    ["no success", { responses: {} }, operation, "without a success response"],
    [
      "a status that is none",
      { responses: { ...ok, "6XX": { description: "" } } },
      `${operation}/responses/6XX`,
      "6XX",
    ],
    ["a place that is none", parameter({ in: "body" }), `${operation}/parameters/0`, "in body"],
    [
      "a style of another place",
      parameter({ style: "matrix" }),
      `${operation}/parameters/0/style`,
      "the style matrix in query",
    ],
    [
      "values deeper than the style",
      parameter({ schema: { type: "array", items: object({ a: { type: "string" } }) } }),
      `${operation}/parameters/0`,
      "nested too deeply",
    ],
    [
      "a header name with a line break",
      parameter({ in: "header", name: "x\r\ny" }),
      `${operation}/parameters/0`,
      'the header name "x\\r\\ny"',
    ],
    [
      "a variable that the path lacks",
      parameter({ in: "path", required: true }),
      `${operation}/parameters/0`,
      "a path parameter q",
    ],
    [
      "one name in two places",
      {
        parameters: [
          { name: "q", in: "query", schema: { type: "string" } },
          { name: "q", in: "header", schema: { type: "string" } },
        ],
      },
      `${operation}/parameters/1`,
      "the input name q",
    ],
    [
      "an operationId whose types would be the runtime's",
      { operationId: "call" },
      operation,
      "the type name CallFailure, which is already taken",
    ],
    [
      "a security scheme that is not declared",
      { security: [{ ghost: [] }] },
      `${operation}/security/0`,
      "ghost",
    ],
    [
      "a body without a media type",
      { requestBody: { content: {} } },
      `${operation}/requestBody`,
      "without a media type",
    ],
    [
      "a code that is not in the table",
      { responses: { ...ok, "409": { description: "", "x-contract-error-codes": ["nope"] } } },
      `${operation}/responses/409/x-contract-error-codes/0`,
      "the code nope, which is not in x-contract-errors",
    ],
    [
      "pagination over nothing",
      { "x-contract-pagination": { cursor: "c", items: "i", next: "n", more: "m" } },
      `${operation}/x-contract-pagination/cursor`,
      "optional string query parameter",
    ],
  ])("%s", (_, change, pointer, words) => {
    const message = messageOf(document(change));
    expect(message).toContain(`${pointer}\n`);
    expect(message).toContain(words);
  });
});

describe("what fetch cannot send is refused", () => {
  const content = { "application/json": { schema: { type: "string" } } };
  const response = { responses: ok, tags: ["things"], operationId: "find_things" };
  test.each<[string, { [method: string]: Json }, string, string]>([
    [
      "a body of GET",
      { get: { ...response, requestBody: { content, required: true } } },
      "/get/requestBody",
      "GET",
    ],
    [
      "a body of HEAD",
      { head: { ...response, requestBody: { content, required: true } } },
      "/head/requestBody",
      "HEAD",
    ],
    ["TRACE", { trace: response }, "/trace", "TRACE"],
  ])("%s", (_, item, pointer, words) => {
    const given = document({});
    const paths = { "/things": item };
    const message = messageOf({ ...Object(given), paths });
    expect(message).toContain(`#/paths/~1things${pointer}\n`);
    expect(message).toContain(words);
    const more = { post: { ...response, operationId: "make_thing" } };
    const { api, omitted } = buildApi(
      canonical({ ...Object(given), paths: { ...paths, "/more": more } }),
      {
        strict: false,
      },
    );
    expect(omitted).toMatchObject([{ pointer: expect.stringContaining("#/paths/~1things/") }]);
    expect(api.resources.flatMap(({ methods }) => methods)).toMatchObject([{ path: "/more" }]);
  });
});

describe("a server that fetch cannot reach", () => {
  const served = (servers: Json): Json => ({ ...Object(document({})), servers });
  test.each<[string, Json]>([
    ["javascript:", { url: "javascript:alert(1)" }],
    ["JavaScript with a tab", { url: "java\tscript:alert(1)" }],
    ["JavaScript that begins with a number", { url: "javascript:1/alert(1)" }],
    ["data that begins with a number", { url: "data:1;text/html,x" }],
    ["data:", { url: "data:text/html,x" }],
    ["file:", { url: "file:///etc" }],
    ["in a variable", { url: "{x}/v1", variables: { x: { default: "javascript:alert(1)//" } } }],
  ])("%s is refused", (_, server) => {
    expect(messageOf(served([server]))).toContain("#/servers/0\n");
    expect(() => buildApi(canonical(served([server])), { strict: false })).toThrow("the server");
  });
  test("a web socket is left out beside others, and paths and hosts with a port stay", () => {
    const servers = ["wss://a.example", "/v1", "localhost:8080", "HTTPS://b.example"];
    const { api, warnings } = buildApi(canonical(served(servers.map((url) => ({ url })))), {
      strict: false,
    });
    expect(api.servers.map(({ url }) => url)).toEqual(servers.slice(1));
    expect(warnings).toMatchObject([{ pointer: "#/servers/0" }]);
  });
});

describe("a path that has more than a path", () => {
  const targetOf = (path: string): unknown => {
    const item = { post: { operationId: "make_thing", tags: ["things"], responses: ok } };
    const { api } = buildApi(canonical({ ...Object(document({})), paths: { [path]: item } }), {
      strict: false,
    });
    return api.resources[0]?.methods[0]?.target;
  };
  test.each<[string, unknown]>([
    ["/things", undefined],
    ["/things#all", { path: "/things", query: [] }],
    [
      "/things?a=1&b=%26",
      {
        path: "/things",
        query: [
          ["a", "1"],
          ["b", "&"],
        ],
      },
    ],
    ["/things?a#b?c", { path: "/things", query: [["a", ""]] }],
  ])("%s", (path, wanted) => expect(targetOf(path)).toEqual(wanted));

  test("is refused where every doubt is an error", () => {
    const { paths, ...rest }: { readonly paths: { readonly "/things": Json } } = Object(
      document({}),
    );
    const message = messageOf({ ...rest, paths: { "/things#all": paths["/things"] } });
    expect(message).toContain("a path with a fragment");
  });
});

describe("extensions of ours are checked at load", () => {
  test.each<[string, Json, string, string]>([
    ["unknown", { type: "string", "x-contract-nope": 1 }, "/x-contract-nope", "unknown extension"],
    [
      "misplaced",
      { type: "string", "x-contract-pagination": {} },
      "/x-contract-pagination",
      "on schema",
    ],
    [
      "malformed",
      { type: "string", "x-contract-byte-length": { max: -1 } },
      "/x-contract-byte-length",
      "must be >= 0",
    ],
    [
      "misspelt inside",
      { type: "string", "x-contract-byte-length": { most: 1 } },
      "/x-contract-byte-length",
      "additional",
    ],
    [
      "a rule that names nothing",
      object({ a: { type: "string" } }, { "x-contract-some-of": ["b"] }),
      "/x-contract-some-of/0",
      "the name of an optional property",
    ],
    [
      "a rule of a required property",
      object({ a: { type: "string" } }, { required: ["a"], "x-contract-some-of": ["a"] }),
      "/x-contract-some-of/0",
      "the name of an optional property",
    ],
    [
      "a rule of a property that is no boolean",
      object({ a: { type: "string" } }, { "x-contract-requires": { a: ["a"] } }),
      "/x-contract-requires/a",
      "the name of an optional boolean property",
    ],
    [
      "a rule whose path leads nowhere",
      object(
        { a: { type: "boolean" }, b: object({ c: { type: "string" } }) },
        { "x-contract-requires": { a: ["b", "d"] } },
      ),
      "/x-contract-requires/a",
      "a path of property names, each in the object of the one before",
    ],
    [
      "a secret that is not true",
      { type: "string", "x-contract-secret": "yes" },
      "/x-contract-secret",
      "constant",
    ],
  ])("%s", (_, schema, suffix, words) => {
    const message = messageOf(body(schema));
    expect(message).toContain(`${at}${suffix}\n`);
    expect(message).toContain(words);
  });

  test("data and names of the document are not taken for extensions", () => {
    const schema = object(
      { "x-contract-nope": { type: "string" } },
      {
        example: { "x-contract-nope": 1 },
        default: { "x-contract-nope": 1 },
      },
    );
    expect(messageOf(body(schema))).toBe("nothing was refused");
  });

  test("keys of other tools are left alone", () => {
    expect(messageOf(body({ type: "object", "x-internal": true }))).toBe("nothing was refused");
  });
});

test("what follows from a problem is not a problem of its own", () => {
  const nameless = document({ operationId: "", tags: ["things"] });
  expect(messageOf(nameless)).toContain("1 problem in");
  const untagged = document({ tags: [] });
  expect(messageOf(untagged)).toContain("1 problem in");
  const twins = messageOf(body(object({ a_b: { type: "string" }, aB: { type: "string" } })));
  expect(twins).toContain("1 problem in");
  expect(twins).toContain(`${at}/properties/aB already has`);
});

test("all problems are reported at once", () => {
  const message = messageOf(
    body(object({ a: false, b: { type: "text" }, c: { type: "string", format: "nope" } })),
  );
  expect(message).toContain("3 problems");
});

test("two operations with one method name are refused, and both are named", () => {
  const given = {
    openapi: "3.1.0",
    info: { title: "Two", version: "1" },
    paths: {
      "/a": { get: { operationId: "list_things", tags: ["things"], responses: ok } },
      "/b": { get: { operationId: "things_list", tags: ["things"], responses: ok } },
    },
  };
  const message = messageOf(given);
  expect(message).toContain("#/paths/~1b/get\n");
  expect(message).toContain("#/paths/~1a/get already has");
  expect(message).toContain("x-contract-name");
});

describe("schemas that cannot be said in TypeScript as they stand", () => {
  const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
  const itself = "contains itself outside of an object";

  test.each<[string, Json]>([["null or itself", { oneOf: [{ type: "null" }, ref("Loop")] }]])(
    "%s",
    (_, schema) => {
      const message = messageOf(body(ref("Loop"), { Loop: schema }));
      expect(message).toContain("#/components/schemas/Loop\n");
      expect(message).toContain(itself);
    },
  );

  test.each<[string, Json]>([
    ["a property", object({ left: ref("Tree"), more: { type: "array", items: ref("Tree") } })],
    ["the items of an array", { type: "array", items: ref("Tree") }],
    ["the values of a map", { type: "object", additionalProperties: ref("Tree") }],
  ])("recursion through %s is fine", (_, schema) => {
    expect(messageOf(body(ref("Tree"), { Tree: schema }))).toBe("nothing was refused");
  });

  test("a name that is taken by the input type of another schema", () => {
    const schemas = { Foo: object({ a: { type: "string" } }), FooInput: object({}) };
    const given = document(
      {
        requestBody: {
          required: true,
          content: {
            "application/json": { schema: object({ a: ref("Foo"), b: ref("FooInput") }) },
          },
        },
        responses: {
          "200": { description: "", content: { "application/json": { schema: ref("Foo") } } },
        },
      },
      schemas,
    );
    expect(messageOf(given)).toContain("the type name FooInput");
  });

  test("a name that the language has", () => {
    const schemas = { Foo: { type: "object", "x-contract-name": "string" } };
    expect(messageOf(body(ref("Foo"), schemas))).toContain("#/components/schemas/Foo\n");
  });

  test("a parameter behind a $ref is looked at", () => {
    const parameters = [{ name: "x-f", in: "header", schema: ref("Foo") }];
    const message = messageOf(document({ parameters }, { Foo: object({ a: object({}) }) }));
    expect(message).toContain("a header parameter with values that are nested too deeply");
  });
});

test("a body that a GET may have is left out, with a warning", () => {
  const content = { "application/json": { schema: { type: "string" } } };
  const get = { responses: ok, tags: ["things"], operationId: "find", requestBody: { content } };
  const given = { ...Object(document({})), paths: { "/things": { get } } };
  const { api, omitted, warnings } = buildApi(canonical(given), { strict: false });
  expect(omitted).toEqual([]);
  expect(api.resources[0]?.methods[0]?.input).toEqual({ optional: true, parameters: [] });
  expect(warnings.map(({ found }) => found)).toEqual([
    "a body of GET, which fetch cannot send; it is ignored",
  ]);
});

test("a path item behind a $ref is read, and a document without operations is refused", () => {
  const item = { post: { operationId: "make_thing", tags: ["things"], responses: ok } };
  const given = {
    openapi: "3.1.0",
    info: { title: "One", version: "1" },
    components: { pathItems: { Things: item } },
    paths: { "/things": { $ref: "#/components/pathItems/Things" } },
  };
  expect(buildApi(canonical(given)).api.resources).toMatchObject([
    { methods: [{ path: "/things" }] },
  ]);
  expect(messageOf({ ...given, paths: {} })).toContain("no operation");
});

import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { withFiniteResponses } from "../../src/mock/engine/finite-schemas.js";
import { startMock } from "../../src/mock/index.js";

/** Schemas by name; a response has the first of them. */
type Schemas = Readonly<Record<string, object>>;

const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
const optional = (inner: object): object => ({ oneOf: [{ type: "null" }, inner] });

/** As many schemas as given, each of which is made from references to all. */
function mutual(count: number, make: (names: readonly string[]) => object): Schemas {
  const names = Array.from({ length: count }, (_, index) => `S${index}`);
  return Object.fromEntries(names.map((name) => [name, make(names)]));
}

/** Levels, of which each refers to the next one twice. */
function levels(
  make: (one: object, other: object) => object,
  last: object,
  depth: number = 30,
): Schemas {
  const made = Array.from({ length: depth }, (_, level) => {
    const next = level + 1 === depth ? "Last" : `L${level + 1}`;
    return [`L${level}`, make(ref(next), ref(next))] as const;
  });
  return Object.fromEntries([...made, ["Last", last]]);
}

const properties = (names: readonly string[], make = ref): object =>
  Object.fromEntries(names.map((name) => [`of${name}`, make(name)]));

const kinds: readonly (readonly [string, (names: readonly string[]) => object])[] = [
  ["optional properties", (names) => ({ type: "object", properties: properties(names) })],
  [
    "required properties that may be null",
    (names) => ({
      type: "object",
      required: names.map((name) => `of${name}`),
      properties: properties(names, (name) => optional(ref(name))),
    }),
  ],
  [
    "required arrays",
    (names) => ({
      type: "object",
      required: names.map((name) => `of${name}`),
      properties: properties(names, (name) => ({ type: "array", items: ref(name) })),
    }),
  ],
  [
    "values of any name",
    (names) => ({
      type: "object",
      properties: properties(names, (name) => ({
        type: "object",
        additionalProperties: ref(name),
      })),
    }),
  ],
  [
    "properties by a pattern",
    (names) => ({
      type: "object",
      additionalProperties: false,
      patternProperties: Object.fromEntries(names.map((name) => [`^${name}x$`, ref(name)])),
    }),
  ],
  [
    "all of several",
    (names) => ({
      allOf: names.map((name) => ({ type: "object", properties: { [`of${name}`]: ref(name) } })),
    }),
  ],
  [
    "one of several in a property",
    (names) => ({
      type: "object",
      properties: { any: { anyOf: [{ type: "string" }, ...names.map(ref)] } },
    }),
  ],
];

const cases: readonly (readonly [string, Schemas])[] = [
  ...[12, 40].flatMap((count) =>
    kinds
      .filter(([name]) => count === 12 || name !== "all of several")
      .map(([name, make]) => [`${count} schemas, ${name}`, mutual(count, make)] as const),
  ),
  [
    "30 levels of optional properties",
    levels((a, b) => ({ type: "object", properties: { a, b } }), { type: "string" }),
  ],
  [
    "30 levels of arrays",
    levels(
      (a, b) => ({
        type: "object",
        required: ["a", "b"],
        properties: { a: { type: "array", items: a }, b: { type: "array", items: b } },
      }),
      { type: "integer" },
    ),
  ],
  // Ajv itself follows each path of these, so they are fewer.
  ["12 levels of allOf", levels((a, b) => ({ allOf: [a, b] }), { type: "object" }, 12)],
];

function documentOf(schemas: Schemas): { readonly [name: string]: unknown } {
  const [first = ""] = Object.keys(schemas);
  const content = { "application/json": { schema: ref(first) } };
  return {
    openapi: "3.1.0",
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    info: { title: "References", version: "1" },
    paths: { "/a": { get: { responses: { "200": { description: "A value.", content } } } } },
    components: { schemas },
  };
}

/** How many objects and arrays a value has. */
function count(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce<number>((sum, inner) => sum + count(inner), 1);
}

describe("the sample value of schemas whose references have very many paths", () => {
  test.each(cases)("%s", async (_, schemas) => {
    const document = documentOf(schemas);
    // Each of the 2,000 schemas has a few objects beside it: those of its keywords.
    const finite = withFiniteResponses(document);
    expect(count(finite["paths"])).toBeLessThan(10_000);
    const ajv = new Ajv2020({ strict: false });
    ajv.addSchema(document, "document.json");
    const [first] = Object.keys(schemas);
    const validate = ajv.compile({ $ref: `document.json#/components/schemas/${first}` });
    await using mock = await startMock({ document });
    for (const prefer of ["dynamic=true", "dynamic=true, seed=2", "code=200"]) {
      const response = await fetch(`${mock.url}/a`, { headers: { prefer } });
      const text = await response.text();
      expect([response.status, text.slice(0, 200)]).toEqual([200, expect.any(String)]);
      const body: unknown = JSON.parse(text);
      expect(count(body)).toBeLessThanOrEqual(2000);
      validate(body);
      expect(validate.errors ?? []).toEqual([]);
    }
  });

  test.each([
    [
      "a schema that requires itself",
      mutual(12, (names) => ({
        type: "object",
        required: ["ofS1"],
        properties: properties(names),
      })),
    ],
    [
      "2^30 required values",
      levels((a, b) => ({ type: "object", required: ["a", "b"], properties: { a, b } }), {
        type: "string",
      }),
    ],
  ])("%s: the mock says that it has none", async (_, schemas) => {
    await using mock = await startMock({ document: documentOf(schemas) });
    const response = await fetch(`${mock.url}/a`, { headers: { prefer: "dynamic=true" } });
    expect([response.status, await response.json()]).toEqual([
      501,
      {
        code: "mock_no_sample",
        message:
          "The mock has no sample value for GET /a 200: the schema requires an endless or a very large value",
      },
    ]);
  });
});

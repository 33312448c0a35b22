import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Json } from "../../scripts/model/api.js";
import { isObject } from "../../scripts/spec/canonical.js";
import { loadSpec } from "../../scripts/spec/load.js";
import { toPointer } from "../../scripts/spec/problem.js";
import { build, writeDocument } from "./documents.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "empty-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ref: Json = { $ref: "#/components/schemas/Thing" };
const document: Json = {
  openapi: "3.1.0",
  info: { title: "One", version: "1", description: "All." },
  servers: [
    {
      url: "https://{host}.example.com",
      description: "One of two.",
      variables: { host: { default: "a", enum: ["a", "b"] } },
    },
  ],
  security: [{ key: [] }],
  tags: [{ name: "things", description: "Things." }],
  paths: {
    "/others": { get: { operationId: "others", responses: { "204": { description: "None." } } } },
    "/things/{id}": {
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
      post: {
        operationId: "make",
        summary: "Makes one.",
        tags: ["things"],
        security: [{ key: [] }],
        parameters: [
          { name: "q", in: "query", required: false, schema: { type: "string", enum: ["a"] } },
        ],
        requestBody: { required: true, content: { "application/json": { schema: ref } } },
        responses: {
          "200": {
            description: "The thing.",
            headers: { "X-A": { schema: { type: "string" } } },
            content: { "application/json": { schema: ref, examples: { one: { value: {} } } } },
          },
        },
        callbacks: { done: { "{$url}": { post: { responses: { "200": { description: "" } } } } } },
      },
    },
  },
  components: {
    schemas: {
      Thing: {
        type: "object",
        required: ["a"],
        properties: {
          a: { type: "string", minLength: 1, pattern: "a" },
          b: { type: "array", items: { type: "string" }, maxItems: 3 },
          c: { oneOf: [{ type: "string" }, { type: "integer", minimum: 1 }] },
          d: { additionalProperties: { type: "string" } },
          e: { allOf: [{ type: "object" }] },
        },
      },
    },
    securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Key" } },
  },
};

/** The keys that lead to every value of a document, except values in lists of strings. */
function placesIn(value: Json, at: readonly string[] = []): string[][] {
  const members: [string, Json][] = Array.isArray(value)
    ? value.flatMap((item, index) => (isObject(item) ? [[String(index), item]] : []))
    : isObject(value)
      ? Object.entries(value)
      : [];
  return members.flatMap(([key, member]) => [[...at, key], ...placesIn(member, [...at, key])]);
}

/** A document with null at a place. */
function emptied(value: Json, [key = "", ...rest]: readonly string[]): Json {
  if (Array.isArray(value)) return value.with(Number(key), change(value[Number(key)], rest));
  return isObject(value) ? { ...value, [key]: change(value[key], rest) } : value;
}

function change(value: Json | undefined, rest: readonly string[]): Json {
  return rest.length === 0 || value === undefined ? null : emptied(value, rest);
}

function write(changed: Json): string {
  return writeDocument(folder, { "openapi.json": JSON.stringify(changed, undefined, 2) });
}

/** Without these, something cannot be known: the version, a parameter, or a schema that others use. */
const needed = /^(openapi|.*parameters\/\d+\/(name|in)|components|components\/schemas)$/;
const places = placesIn(document).map((at): [string, string[]] => [at.join("/"), at]);

describe("a key without a value", () => {
  test.each(places.filter(([name]) => !needed.test(name) && !/\/(value|default)$/.test(name)))(
    "%s counts as absent, with a warning at its place",
    async (name, at) => {
      const changed = emptied(document, at);
      const spec = write(changed);
      const { omitted, warnings } = await build(spec);
      // Without its type, place or name, a security scheme is left out, and nothing else.
      const isScheme = /securitySchemes\/key($|\/)/.test(name);
      expect(omitted.map(({ operation }) => operation)).toEqual(
        isScheme ? ["the security scheme key"] : [],
      );
      // An item of a list is reported at the list: there, it is neither before nor after another.
      const isItem = /(servers|security|tags|parameters|Of)\/\d+$/.test(name);
      const own = warnings.filter(({ found }) => found.endsWith("without a value"));
      expect(own.map(({ source }) => source?.split("  ")[1])).toEqual([
        toPointer(isItem ? at.slice(0, -1) : at),
      ]);
      await expect(loadSpec(spec)).rejects.toThrow("problem");
    },
  );

  test.each(places.filter(([name]) => /parameters\/\d+\/(name|in)$/.test(name)))(
    "%s leaves out the operation",
    async (_, at) => {
      const { omitted } = await build(write(emptied(document, at)));
      expect(omitted.map(({ operation }) => operation)).toEqual(["POST /things/{id}"]);
    },
  );

  const responding = (schema: Json): Promise<unknown> => {
    const at = ["components", "schemas", "Thing", "properties", "a"];
    const replace = (value: Json, [key, ...rest]: readonly string[]): Json =>
      key === undefined
        ? schema
        : isObject(value)
          ? { ...value, [key]: replace(value[key] ?? {}, rest) }
          : value;
    return build(write(replace(document, at))).then(({ api }) => {
      const shape = api.models.find(({ name }) => name === "Thing")?.shape;
      return shape?.kind === "object"
        ? shape.properties.find(({ name }) => name === "a")?.shape
        : undefined;
    });
  };

  test("stays null where null is a value", async () => {
    expect(await responding({ const: null, examples: [null] })).toEqual({ kind: "null" });
    expect(await responding({ enum: [1, null] })).toMatchObject({ kind: "nullable" });
    expect(await responding({ type: ["string", "null"], default: null })).toMatchObject({
      kind: "nullable",
    });
  });

  test.each<[string, Json]>([
    ["a list of types", { type: ["string", null] }],
    ["a branch", { oneOf: [{ type: "string" }, null] }],
    ["the type of a branch", { anyOf: [{ type: "string" }, { type: null }] }],
  ])("is the type null in %s", async (_, schema) => {
    expect(await responding(schema)).toMatchObject({ kind: "nullable", shape: { kind: "string" } });
  });

  test("is a name where names are: a property may be anything", async () => {
    expect(await responding(null)).toEqual({ kind: "unknown" });
  });

  test("is left out of a list, and the places after it are found", async () => {
    const bad = { name: "x", in: "nowhere", schema: { type: "string" } };
    const at = ["paths", "/others", "get", "parameters"];
    const others = { responses: {}, operationId: "others", parameters: [null, bad] };
    const changed = {
      ...Object(document),
      paths: { "/others": { get: others }, "/a": { get: {} } },
    };
    const { omitted, warnings } = await build(write(changed));
    const list = `#/${at.map((key) => key.replaceAll("/", "~1")).join("/")}`;
    expect(omitted.map(({ source }) => source?.split("  ")[1])).toEqual([`${list}/1`]);
    const own = warnings.filter(({ found }) => found === "an item of parameters without a value");
    expect(own.map(({ source }) => source?.split("  ")[1])).toEqual([list]);
  });

  test("is read the same in Swagger 2.0", async () => {
    const spec = writeDocument(folder, {
      "swagger.yaml": `swagger: "2.0"
info: { title: One, version: "1" }
schemes:
consumes:
securityDefinitions:
security:
tags:
definitions:
  Thing: { type: object, required: , properties: { a: , b: { type: string, enum: } } }
paths:
  /things:
    parameters:
    post:
      operationId: make
      parameters:
        - { name: body, in: body, required: , schema: { $ref: "#/definitions/Thing" } }
      responses: { 200: , 201: { description: One., schema: { $ref: "#/definitions/Thing" } } }
`,
    });
    const { api, omitted } = await build(spec);
    expect(omitted).toEqual([]);
    expect(api.models).toMatchObject([
      { name: "Thing", shape: { properties: [{ name: "a" }, { name: "b" }] } },
    ]);
  });
});

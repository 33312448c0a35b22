import { describe, expect, test } from "vitest";
import openapi from "../../generated/openapi.json" with { type: "json" };
import { startMock } from "../../src/mock/index.js";

const info = { $ref: "#/components/schemas/AccessTokenInfo" };
const list = "/v1/access-tokens";

/** Our own document, with more schemas, and more properties of a token. */
function documentWith(
  properties: object,
  schemas: object = {},
  required: readonly string[] = [],
): object {
  const document = structuredClone(openapi);
  const { AccessTokenInfo: token } = document.components.schemas;
  Object.assign(token.properties, properties);
  token.required.push(...required);
  Object.assign(document.components.schemas, schemas);
  return document;
}

describe("sample values of a recursive schema conform to the document", () => {
  const node = {
    type: "object",
    required: ["next"],
    properties: { next: { oneOf: [{ type: "null" }, { $ref: "#/components/schemas/Node" }] } },
  };
  test.each<[string, object, object?, (readonly string[])?]>([
    ["in an alternative to null", { parent: { oneOf: [{ type: "null" }, info] } }],
    ["in a list", { children: { type: "array", items: info } }],
    [
      "in both, required",
      { parent: { anyOf: [info, { type: "null" }] }, children: { type: "array", items: info } },
      {},
      ["parent", "children"],
    ],
    ["in an optional property", { parent: info }],
    [
      "by another schema",
      { first: { $ref: "#/components/schemas/Node" } },
      { Node: node },
      ["first"],
    ],
    [
      "by two that refer to each other",
      { a: { $ref: "#/components/schemas/A" } },
      {
        A: { type: "object", properties: { b: { $ref: "#/components/schemas/B" } } },
        B: {
          type: "object",
          properties: { a: { type: "array", items: { $ref: "#/components/schemas/A" } } },
        },
      },
    ],
    [
      "in values of any name",
      { tree: { $ref: "#/components/schemas/Tree" } },
      { Tree: { type: "object", additionalProperties: { $ref: "#/components/schemas/Tree" } } },
    ],
    [
      "in properties by a pattern",
      { tree: { $ref: "#/components/schemas/Tree" } },
      {
        Tree: {
          type: "object",
          additionalProperties: false,
          patternProperties: { "^x": { $ref: "#/components/schemas/Tree" } },
        },
      },
    ],
    ["beside other keywords", { parent: { ...info, description: "The issuer." } }],
    ["in all of several", { parent: { allOf: [info, { type: "object" }] } }],
  ])("%s", async (_, properties, schemas, required) => {
    await using mock = await startMock({ document: documentWith(properties, schemas, required) });
    for (const prefer of ["dynamic=true", "dynamic=true, seed=1", "code=200"]) {
      const headers = { authorization: `Bearer ${mock.rootToken}`, prefer };
      const response = await fetch(`${mock.url}${list}`, { headers });
      const body = await response.text();
      // Examples of the document do not have the property, and need not.
      const isOfExample = prefer === "code=200" && required !== undefined;
      if (!isOfExample) expect(response.status, body).toBe(200);
    }
  });

  test("a list is empty if no finite item is valid", async () => {
    const document = documentWith({ parent: info }, {}, ["parent"]);
    await using mock = await startMock({ document });
    const headers = { authorization: `Bearer ${mock.rootToken}`, prefer: "dynamic=true" };
    const response = await fetch(`${mock.url}${list}`, { headers });
    // A listing may be empty.
    expect([response.status, await response.json()]).toMatchObject([200, { access_tokens: [] }]);
  });
});

import { describe, expect, test } from "vitest";
import { ContractError } from "../../src/index.js";
import { undeclaredMembers } from "../../src/runtime/undeclared.js";
import { failure, json, listed, listen, rig, listedScope as scope, text } from "./harness.js";

const token = listed("a");

function page(changes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { access_tokens: [listed("first"), { ...token, ...changes }], has_more: false };
}

describe("a listing that violates the contract is a ContractError with a pointer", () => {
  const broken: readonly (readonly [string, unknown, string, string, string])[] = [
    ["an array for the page", [], "", "an object", "an array"],
    ["null for the page", null, "", "an object", "null"],
    ["a text for the page", "none", "", "an object", "a string"],
    ["no items", { has_more: false }, "/access_tokens", "an array", "nothing"],
    [
      "null for items",
      { access_tokens: null, has_more: false },
      "/access_tokens",
      "an array",
      "null",
    ],
    [
      "an object for items",
      { access_tokens: {}, has_more: false },
      "/access_tokens",
      "an array",
      "an object",
    ],
    ["no has_more", { access_tokens: [] }, "/has_more", "a boolean", "nothing"],
    [
      "a text for has_more",
      { access_tokens: [], has_more: "false" },
      "/has_more",
      "a boolean",
      "a string",
    ],
    [
      "null for an item",
      { access_tokens: [null], has_more: false },
      "/access_tokens/0",
      "an object",
      "null",
    ],
    ["no id", page({ id: undefined }), "/access_tokens/1/id", "a string", "nothing"],
    ["null for an id", page({ id: null }), "/access_tokens/1/id", "a string", "null"],
    ["a number for an id", page({ id: 5 }), "/access_tokens/1/id", "a string", "a number"],
    [
      "null for auto_prefix_streams",
      page({ auto_prefix_streams: null }),
      "/access_tokens/1/auto_prefix_streams",
      "a boolean",
      "null",
    ],
    ["no scope", page({ scope: undefined }), "/access_tokens/1/scope", "an object", "nothing"],
    ["null for a scope", page({ scope: null }), "/access_tokens/1/scope", "an object", "null"],
    [
      "an array for a scope",
      page({ scope: [] }),
      "/access_tokens/1/scope",
      "an object",
      "an array",
    ],
    [
      "a text for a resource set",
      page({ scope: { ...scope, basins: "a" } }),
      "/access_tokens/1/scope/basins",
      "an object",
      "a string",
    ],
    [
      "an empty resource set",
      page({ scope: { ...scope, basins: {} } }),
      "/access_tokens/1/scope/basins",
      'exactly one of "exact", "prefix"',
      "none",
    ],
    [
      "a resource set of both kinds",
      page({ scope: { ...scope, streams: { exact: "a", prefix: "a" } } }),
      "/access_tokens/1/scope/streams",
      'exactly one of "exact", "prefix"',
      "2 of them",
    ],
    [
      "null for an exact name",
      page({ scope: { ...scope, access_tokens: { exact: null } } }),
      "/access_tokens/1/scope/access_tokens/exact",
      "a string",
      "null",
    ],
    [
      "an object for ops",
      page({ scope: { ...scope, ops: { 0: "read" } } }),
      "/access_tokens/1/scope/ops",
      "an array",
      "an object",
    ],
    [
      "a number among ops",
      page({ scope: { ...scope, ops: ["read", "append", 3] } }),
      "/access_tokens/1/scope/ops/2",
      "a string",
      "a number",
    ],
    [
      "a number for a permission",
      page({ scope: { ...scope, op_groups: { stream: { read: 1 } } } }),
      "/access_tokens/1/scope/op_groups/stream/read",
      "a boolean",
      "a number",
    ],
    [
      "null for a permission",
      page({ scope: { ...scope, op_groups: { account: { write: null } } } }),
      "/access_tokens/1/scope/op_groups/account/write",
      "a boolean",
      "null",
    ],
  ];

  test.each(broken)("%s", async (_, body, pointer, expected, found) => {
    const { client } = rig(() => json(200, body));
    const error = await failure(client.accessTokens.list());
    expect(error).toBeInstanceOf(ContractError);
    expect(error).toMatchObject({
      name: "ContractError",
      operation: "list_access_tokens",
      pointer,
      expected,
      outcome: "none",
    });
    const where = pointer === "" ? "the response" : `the response at ${pointer}`;
    expect(String(error)).toBe(
      `ContractError: accessTokens.list: ${where} violates the contract: expected ${expected}, found ${found}`,
    );
  });
});

describe("a response that is not JSON", () => {
  test.each([
    ["malformed JSON", "{"],
    ["HTML", "<html>Welcome to the hotel's network</html>"],
    ["two values", '{"access_tokens":[],"has_more":false}{}'],
  ])("%s under a 200 is a ContractError", async (_, body) => {
    for (const headers of [{}, { "content-length": String(body.length) }]) {
      const { client } = rig(() => text(200, body, headers));
      const error = await failure(client.accessTokens.list());
      expect(error).toBeInstanceOf(ContractError);
      expect(error).toMatchObject({
        operation: "list_access_tokens",
        pointer: "",
        expected: "JSON",
      });
    }
  });

  test.each([
    ["an empty body", () => text(200, "")],
    ["an empty body that says so", () => text(200, "", { "content-length": "0" })],
    ["no body", () => new Response(null, { status: 200 })],
    ["a 204", () => new Response(null, { status: 204 })],
  ])("%s is a ContractError", async (_, answer) => {
    const { client } = rig(answer);
    const error = await failure(client.accessTokens.list());
    expect(error).toBeInstanceOf(ContractError);
    expect(error).toMatchObject({ pointer: "", expected: "an object" });
  });

  test("is a ContractError over HTTP, with and without Content-Length", async () => {
    const server = await listen((request, response) => {
      response.writeHead(200, request.url?.includes("limit") ? { "content-length": "0" } : {});
      response.end();
    });
    try {
      for (const input of [{}, { limit: 1 }]) {
        const error = await failure(server.client.accessTokens.list(input));
        expect(error).toBeInstanceOf(ContractError);
      }
    } finally {
      await server.close();
    }
  });
});

describe("the response to issue", () => {
  test.each([
    [{}, "/access_token", "nothing"],
    [{ access_token: null }, "/access_token", "null"],
    [{ access_token: { value: "secret" } }, "/access_token", "an object"],
    ["secret", "", "a string"],
  ])(
    "%j is a ContractError: the token exists, but its secret is lost",
    async (body, pointer, found) => {
      const { client } = rig(() => json(201, body));
      const error = await failure(client.accessTokens.issue({ id: "a", scope: { ops: ["read"] } }));
      expect(error).toBeInstanceOf(ContractError);
      expect(error).toMatchObject({ operation: "issue_access_token", pointer, outcome: "applied" });
      expect(String(error)).toMatch(new RegExp(`found ${found}$`));
    },
  );
});

describe("the response to revoke", () => {
  test("has no body", async () => {
    const { client } = rig(() => new Response(null, { status: 204 }));
    expect(await client.accessTokens.revoke({ id: "a" })).toBeUndefined();
  });

  test.each([200, 202])("%i is a ContractError: only 204 confirms the revoke", async (status) => {
    const { client } = rig(() => json(status, { ok: true }));
    const error = await failure(client.accessTokens.revoke({ id: "a" }));
    expect(error).toBeInstanceOf(ContractError);
    expect(error).toMatchObject({ expected: "status 204", outcome: "applied" });
    expect(String(error)).toContain(`found status ${status}`);
  });
});

describe("a response with more than the contract describes", () => {
  test("unknown keys are accepted and left out of the result", async () => {
    const body = { ...page({ owner: "me" }), next: "x" };
    const { client } = rig(() => json(200, body));
    const answer = await client.accessTokens.list();
    expect(Object.keys(answer)).toEqual(["accessTokens", "hasMore"]);
    expect(Object.keys(answer.accessTokens[1] ?? {}).sort()).toEqual([
      "autoPrefixStreams",
      "expiresAt",
      "id",
      "scope",
    ]);
  });

  test("unknown operations pass unchanged", async () => {
    const ops = ["read", "summon-dragon", "__proto__"];
    const { client } = rig(() => json(200, page({ scope: { ...scope, ops } })));
    const answer = await client.accessTokens.list();
    expect(answer.accessTokens[1]?.scope.ops).toEqual(ops);
  });

  test("the key __proto__ is harmless at any depth", async () => {
    const evil = '"__proto__":{"polluted":true,"exact":"all","has_more":true,"read":true}';
    const item = JSON.stringify(token).replaceAll("{", `{${evil},`).replaceAll(",}", "}");
    const { client } = rig(() => text(200, `{${evil},"access_tokens":[${item}],"has_more":false}`));
    const answer = await client.accessTokens.list();
    const clean = await rig(() =>
      json(200, { access_tokens: [token], has_more: false }),
    ).client.accessTokens.list();
    // What the contract does not declare is kept where no loop and no JSON sees it.
    expect(JSON.stringify(answer)).toBe(JSON.stringify(clean));
    expect(Object.entries(undeclaredMembers(answer))).toEqual([
      ["__proto__", { polluted: true, exact: "all", has_more: true, read: true }],
    ]);
    expect(Object.getPrototypeOf(answer)).toBe(Object.prototype);
    expect(Object.getPrototypeOf(answer.accessTokens[0]?.scope)).toBe(Object.prototype);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  test("__proto__ does not replace a missing key", async () => {
    const { client } = rig(() => text(200, '{"__proto__":{"access_tokens":[],"has_more":false}}'));
    expect(await failure(client.accessTokens.list())).toMatchObject({ pointer: "/access_tokens" });
  });
});

describe("an optional property that is missing", () => {
  test("is null, or the default", async () => {
    const { client } = rig(() =>
      json(200, page({ scope: { op_groups: { stream: { read: true } } } })),
    );
    const answer = await client.accessTokens.list();
    expect(answer.accessTokens[1]).toEqual({
      id: "a",
      autoPrefixStreams: false,
      expiresAt: null,
      scope: {
        accessTokens: null,
        basins: null,
        streams: null,
        ops: null,
        opGroups: { account: null, basin: null, stream: { read: true, write: false } },
      },
    });
  });
});

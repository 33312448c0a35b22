import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { violationsOfAnswer } from "../../src/mock/engine/answer.js";
import {
  createEngine,
  type Engine,
  type EngineOptions,
  loadDocument,
} from "../../src/mock/engine/engine.js";
import { violationsOf } from "../../src/mock/engine/request.js";

interface Json {
  [key: string]: Json;
}

// A deep copy each time, for a test to break.
const read = (): Json =>
  JSON.parse(readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8"));

async function engineOf(document: Json, options: EngineOptions): Promise<Engine> {
  return createEngine(await loadDocument(document), options);
}

describe("diagnostics of a request", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await engineOf(read(), { badBody: "bad_json", advice: "" });
  });

  const answer = async (
    method: string,
    path: string,
    {
      query = {},
      body,
      type = "application/json",
      accept,
    }: {
      query?: Record<string, string | string[]>;
      body?: unknown;
      type?: string;
      accept?: string;
    } = {},
  ): Promise<string> => {
    const length = body === undefined ? 0 : JSON.stringify(body).length;
    const headers = {
      authorization: "Bearer any",
      "content-length": String(length),
      ...(body !== undefined && { "content-type": type }),
      ...(accept !== undefined && { accept }),
    };
    const given = await engine.answer({ method, path, query, headers, body }, undefined);
    const { code, message }: { code?: string; message?: string } = Object(given.body);
    return code === undefined ? String(given.status) : `${given.status} ${code} ${message}`;
  };

  const id = "a";
  test.each<[unknown, string]>([
    [[], "body: expected an object, found an array"],
    [{}, "body: the property id is missing; body: the property scope is missing"],
    [{ id, scope: null }, "scope: expected an object, found null"],
    [{ id: 5, scope: {} }, "id: expected a string, found a number"],
    [{ id: "..", scope: {} }, 'id: must not be "." or ".."'],
    [{ id: "", scope: {} }, "id: expected 1 to 96 bytes of UTF-8, found 0"],
    [{ id: "é".repeat(49), scope: {} }, "id: expected 1 to 96 bytes of UTF-8, found 98"],
    [{ id: "a\0", scope: {} }, "400 bad_json id: must not contain NUL"],
    [{ id: "\ud800", scope: {} }, "id: is not well-formed Unicode"],
    [
      { id, scope: { basins: {} } },
      "scope.basins: expected exactly one of exact and prefix, found neither",
    ],
    [
      { id, scope: { basins: { exact: "a", prefix: "a" } } },
      "scope.basins: expected exactly one of exact and prefix, found exact and prefix",
    ],
    [
      { id, scope: { basins: { exact: 5 } } },
      "scope.basins.exact: expected a string, found a number",
    ],
    [{ id, scope: { basins: "all" } }, 'scope.basins: expected an object, found the string "all"'],
    [{ id, scope: { ops: ["read", "fly"] } }, 'scope.ops[1]: expected one of "list-basins", '],
    [
      { id, scope: { ops: "read" } },
      'scope.ops: expected an array or null, found the string "read"',
    ],
    [
      { id, scope: { op_groups: { basin: { read: "yes" } } } },
      'scope.op_groups.basin.read: expected a boolean, found the string "yes"',
    ],
    [
      { id, scope: {}, expires_at: "tomorrow" },
      'expires_at: expected a string of the format date-time, found "tomorrow"',
    ],
    ...[
      "2027-01-01T00:00:00+0100",
      "2027-01-01T00:00:00+01",
      "2027-01-01T00:00:00",
      "2027-01-01 00:00:00Z",
      "2027-02-29T00:00:00Z",
      "2027-01-01T22:59:60Z",
    ].map((text): [unknown, string] => [
      { id, scope: {}, expires_at: text },
      `expires_at: expected a string of the format date-time, found "${text}"`,
    ]),
    [
      { id, scope: { access_tokens: { prefix: "\ud83d" } } },
      "bad_json scope.access_tokens.prefix: is not well-formed Unicode",
    ],
    [
      { id, scope: { ops: ["read", "\ude00x"] }, more: [{ "a.b": "a\ud800" }] },
      "bad_json scope.ops[1]: is not well-formed Unicode; more[0].a.b: is not well-formed Unicode",
    ],
    [
      { id, scope: { "x\ud83d": null } },
      'bad_json scope: the key "x\\ud83d" is not well-formed Unicode',
    ],
    [{ id, scope: {}, "\udfff": 1 }, 'body: the key "\\udfff" is not well-formed Unicode'],
    ["\ud83d", "body: is not well-formed Unicode"],
    [["\ud83d"], "[0]: is not well-formed Unicode"],
    [
      { id, scope: { op_groups: { stream: { read: null } } } },
      "scope.op_groups.stream.read: expected a boolean, found null",
    ],
  ])("issue %j", async (body, words) => {
    const given = await answer("post", "/access-tokens", { body });
    expect(given).toContain("400 bad_json ");
    expect(given).toContain(words);
  });

  test("a string that is too long in characters and in bytes has one diagnostic", async () => {
    const body = { id: "x".repeat(97), scope: {} };
    const words = "400 bad_json id: expected 1 to 96 bytes of UTF-8, found 97";
    expect(await answer("post", "/access-tokens", { body })).toBe(words);
  });

  test.each([
    "2027-01-01T00:00:00+01:00",
    "2027-01-01t00:00:00.123456789z",
    "2028-02-29T23:59:60-00:00",
  ])("an RFC 3339 timestamp is accepted: %s", async (text) => {
    const body = { id, scope: {}, expires_at: text };
    expect(await answer("post", "/access-tokens", { body })).toBe("201");
  });

  test("characters beyond the BMP are accepted everywhere, in keys too", async () => {
    const body = { id: "😀", scope: { access_tokens: { prefix: "é😀" } }, "😀": ["\uffff"] };
    expect(await answer("post", "/access-tokens", { body })).toBe("201");
  });

  test.each<[object, string, string]>([
    [{ minLength: 1 }, "", "expected at least 1 character, found 0"],
    [{ minLength: 2 }, "", "expected at least 2 characters, found 0"],
    [{ maxLength: 1 }, "ab", "expected at most 1 character, found 2"],
    [{ "x-contract-byte-length": { min: 1 } }, "", "expected at least 1 byte of UTF-8, found 0"],
    [{ "x-contract-byte-length": { max: 1 } }, "é", "expected at most 1 byte of UTF-8, found 2"],
    [{ "x-contract-byte-length": { max: 2 } }, "é!", "expected at most 2 bytes of UTF-8, found 3"],
  ])("numbers go with their nouns: %j", async (limits, note, words) => {
    const document = read();
    const { IssueAccessTokenRequest: schema } = Object(document["components"])["schemas"];
    Object.assign(schema.properties, { note: { type: "string", ...limits } });
    const limited = await engineOf(document, { badBody: "bad_json", advice: "" });
    const [, issue] = limited.contract.operations;
    expect(issue?.body?.check?.({ id, scope: {}, note })).toEqual([{ path: ["note"], words }]);
  });

  test("a deep pointer and a long key are shortened", async () => {
    let deep: unknown = "\ud83d";
    for (let level = 0; level < 100_000; level += 1) deep = { a: deep };
    const long = { ["k".repeat(1000)]: "\ud83d" };
    const headers = {
      authorization: "Bearer any",
      "content-length": "1",
      "content-type": "application/json",
    };
    const body = { id, scope: {}, deep, long };
    const request = { method: "post", path: "/access-tokens", query: {}, headers, body };
    const words = "is not well-formed Unicode";
    const places = [`long.${"k".repeat(40)}…: ${words}`, `deep${".a".repeat(9)}.…: ${words}`];
    expect((await engine.answer(request, undefined)).body).toEqual({
      code: "bad_json",
      message: places.join("; "),
    });
  });

  test("at most a hundred violations are reported", async () => {
    const more = Array.from({ length: 1000 }, () => ({ "\ud83d": "\ud83d" }));
    const told = await answer("post", "/access-tokens", { body: { id, scope: {}, more } });
    expect(told).toMatch(/; and 95 more$/);
  });

  test.each<[Record<string, string | string[]>, string]>([
    [{ limit: "-1" }, "limit: expected at least 0, found -1"],
    [{ limit: "1.5" }, "limit: expected an integer, found 1.5"],
    [{ limit: "-0.5" }, "limit: expected an integer, found -0.5"],
    [{ limit: "many" }, 'limit: expected an integer, found the string "many"'],
    ...["0x10", "1.0", "-0", "-00", "+-1", "2.00", "1.", " 1", "1_000", "٣"].map(
      (limit): [Record<string, string>, string] => [{ limit }, "limit: expected an integer"],
    ),
    [{ limit: "1e2" }, "limit: expected an integer"],
    [{ limit: "" }, "limit: expected an integer"],
    [{ limit: ["1", "2"] }, "limit: is given more than once"],
    [{ prefix: "x".repeat(97) }, "prefix: expected at most 96 bytes of UTF-8, found 97"],
    [{ start_after: "é".repeat(49) }, "start_after: expected at most 96 bytes of UTF-8, found 98"],
    [{ prefix: "a\0" }, "prefix: must not contain NUL"],
  ])("list %j", async (query, words) => {
    const given = await answer("get", "/access-tokens", { query });
    expect(given).toContain("400 bad_query ");
    expect(given).toContain(words);
  });

  test.each([
    { limit: "0" },
    { limit: "+5" },
    { limit: "99999999999999999999" },
    { prefix: "a,b" },
    { unknown: "x" },
  ])("list accepts %j", async (query) => {
    expect(await answer("get", "/access-tokens", { query })).toBe("200");
  });

  test.each<[string, string]>([
    ["/access-tokens/..", 'id: must not be "." or ".."'],
    ["/access-tokens/%2e%2E", 'id: must not be "." or ".."'],
    ["/access-tokens/", "id: expected 1 to 96 bytes of UTF-8, found 0"],
    [`/access-tokens/${"x".repeat(97)}`, "id: expected 1 to 96 bytes of UTF-8, found 97"],
    ["/access-tokens/a%00b", "id: must not contain NUL"],
  ])("revoke %s", async (path, words) => {
    const given = await answer("delete", path);
    expect(given).toContain("400 bad_path ");
    expect(given).toContain(words);
  });

  test("every valid id is accepted", async () => {
    const ascii = Array.from({ length: 126 }, (_, index) => String.fromCharCode(index + 1));
    for (const char of [...ascii.filter((one) => one !== "."), "é", "😀", "a,b", "a/b", "{id}"]) {
      const path = `/access-tokens/${encodeURIComponent(char)}`;
      expect(await answer("delete", path), JSON.stringify(char)).toBe("204");
    }
  });

  test.each([
    [
      "text/plain",
      "400 bad_header Content-Type is not valid. Supported content types: application/json",
    ],
    ["application/xml", "400 bad_header"],
    ["nonsense", "400 bad_header"],
    [";;;", "400 bad_header"],
  ])("content type %s", async (type, words) => {
    expect(await answer("post", "/access-tokens", { body: "x", type })).toContain(words);
  });

  test.each([
    "application/problem+json",
    "application/merge-patch+json",
    "application/vnd.api+JSON; charset=utf-8",
    "application/a+b+json",
    "text/plain",
    "text/json",
  ])("the error about the content type %s does not repeat the body", async (type) => {
    const body = JSON.stringify({ id, scope: { ops: ["read"] } });
    const headers = {
      authorization: "Bearer any",
      "content-length": String(body.length),
      "content-type": type,
    };
    const request = { method: "post", path: "/access-tokens", query: {}, headers, body };
    const given = await engine.answer(request, undefined);
    const message = "Content-Type is not valid. Supported content types: application/json";
    expect(given).toMatchObject({ status: 400, body: { code: "bad_header", message } });
    expect(given.headers["sl-violations"]).toContain('"header","content-type"');
    expect(given.headers["sl-violations"]).not.toContain("scope");
  });

  test("a content type with a plus is accepted", async () => {
    const document = read();
    const { requestBody } = Object(document["paths"])["/access-tokens"].post;
    const schema = { type: "string" };
    Object.assign(requestBody, { content: { "application/x+json": { schema } } });
    const named = await engineOf(document, { badBody: "bad_json", advice: "" });
    const headers = {
      authorization: "Bearer any",
      "content-length": "1",
      "content-type": "application/x+json",
    };
    const request = { method: "post", path: "/access-tokens", query: {}, headers, body: "x" };
    expect((await named.answer(request, undefined)).status).toBe(201);
  });

  test.each([
    ["garbage", "406 mock_not_acceptable"],
    ["text/html", "406 mock_not_acceptable"],
    ["text/html, */*;q=0.1", "200"],
    ["application/*", "200"],
  ])("accept %s", async (accept, words) => {
    expect(await answer("get", "/access-tokens", { accept })).toContain(words);
  });

  test("no diagnostic has Prism's own words", async () => {
    const [, issue] = engine.contract.operations;
    if (issue === undefined) throw new Error("no operation");
    const values = [
      null,
      true,
      0,
      "",
      "a",
      [],
      {},
      { exact: "a" },
      { prefix: 1 },
      ["read"],
      [1],
      { stream: { read: true } },
    ];
    const keys = ["id", "scope", "expires_at", "auto_prefix_streams"] as const;
    const inner = ["basins", "op_groups", "ops"] as const;
    const valid = { id: "a", scope: {} };
    const bodies = [
      ...keys.flatMap((key) => values.map((value) => ({ ...valid, [key]: value }))),
      ...inner.flatMap((key) => values.map((value) => ({ ...valid, scope: { [key]: value } }))),
    ];
    for (const body of bodies) {
      const request = {
        method: "post",
        path: "/access-tokens",
        query: {},
        headers: { "content-type": "application/json" },
        body,
      };
      const isRefused = violationsOf(issue, request).length > 0;
      const given = await answer("post", "/access-tokens", { body });
      expect(given.startsWith("201"), JSON.stringify(body)).toBe(!isRefused);
    }
  });
});

describe("a response that would violate the contract is not sent", () => {
  test.each<[string, number, unknown, Record<string, string>, string]>([
    [
      "a body of another shape",
      200,
      { access_tokens: 5 },
      {},
      "access_tokens: expected an array, found a number",
    ],
    ["a success that the operation does not have", 201, {}, {}, "has no status 201"],
    ["an error that it does not have", 409, { code: "x", message: "" }, {}, "has no status 409"],
    [
      "a code of another status",
      403,
      { code: "authn", message: "" },
      {},
      "does not have the error code authn",
    ],
    [
      "an error without a message",
      403,
      { code: "permission_denied" },
      {},
      "the property message is missing",
    ],
    ["another type", 200, {}, { "content-type": "text/html" }, "content-type is text/html"],
    [
      "a header of another type",
      429,
      { code: "rate_limited", message: "" },
      { "retry-after-ms": "soon" },
      "expected an integer",
    ],
  ])("%s", async (_, status, body, headers, words) => {
    const engine = await engineOf(read(), { badBody: "bad_json", advice: "" });
    const answer = {
      status,
      body,
      headers: { "content-type": "application/json", ...headers },
      operationId: "list_access_tokens",
      reason: undefined,
    };
    expect(violationsOfAnswer(engine.contract, answer).join()).toContain(words);
  });

  test("the client gets a 500 that says so", async () => {
    const engine = await engineOf(read(), { badBody: "bad_json", advice: "" });
    const headers = { authorization: "Bearer any" };
    const request = { method: "get", path: "/access-tokens", query: {}, headers, body: undefined };
    const answer = await engine.answer(request, {
      answers: () => true,
      authenticate: () => undefined,
      answer: () => ({ status: 200, body: { access_tokens: [{ id: ".." }], has_more: false } }),
    });
    expect(answer).toMatchObject({
      status: 500,
      body: {
        code: "mock_answer_breaks_contract",
        message: expect.stringContaining("access_tokens[0]"),
      },
    });
  });
});

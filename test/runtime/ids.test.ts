import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { failure, json, type Loopback, listed, listen, rig, untyped } from "./harness.js";

const bytes = (text: string): number => new TextEncoder().encode(text).length;

/** Every id that the contract allows, those that URLs are sensitive to more often than by chance. */
const validId = fc
  .oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: 40 }),
    fc.array(fc.constantFrom(..."./\\%?#:;@&=+$,!'()*~ \t\r\n\"<>[]{}|^`äé日😀"), {
      minLength: 1,
      maxLength: 30,
    }),
  )
  .map((value) => (typeof value === "string" ? value : value.join("")))
  .filter((id) => id !== "." && id !== ".." && !id.includes("\0") && bytes(id) <= 96 && id !== "");

describe("an id over HTTP", () => {
  let server: Loopback;
  let last: { method: string | undefined; url: string; body: string };

  beforeAll(async () => {
    server = await listen((request, response) => {
      const { method, url = "" } = request;
      let body = "";
      request.setEncoding("utf8");
      request.on("data", (chunk: string) => {
        body += chunk;
      });
      request.on("end", () => {
        last = { method, url, body };
        const status = method === "DELETE" ? 204 : method === "POST" ? 201 : 200;
        response.writeHead(status, { "content-type": "application/json" });
        if (method === "POST") response.write('{"access_token":"secret"}');
        if (method === "GET") response.write('{"access_tokens":[],"has_more":false}');
        response.end();
      });
    });
  });
  afterAll(() => server.close());

  test("is one percent-encoded path segment, and reaches no other URL", async () => {
    await fc.assert(
      fc.asyncProperty(validId, async (id) => {
        await server.client.accessTokens.revoke({ id });
        expect(last.method).toBe("DELETE");
        const [, segment] = /^\/v1\/access-tokens\/([\w.~!'()*%-]+)$/.exec(last.url) ?? [];
        expect(decodeURIComponent(segment ?? "")).toBe(id);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ["a/b", "a%2Fb"],
    ["../x", "..%2Fx"],
    ["...", "..."],
    ["%2e%2e", "%252e%252e"],
    ["a?b#c", "a%3Fb%23c"],
    ["a\\..\\b", "a%5C..%5Cb"],
    [" ", "%20"],
    ["a\tb\nc", "a%09b%0Ac"],
    ["$&$1{id}", "%24%26%241%7Bid%7D"],
    ["😀", "%F0%9F%98%80"],
    ["http://example.com/", "http%3A%2F%2Fexample.com%2F"],
  ])("%j is sent as %s", async (id, segment) => {
    await server.client.accessTokens.revoke({ id });
    expect(last.url).toBe(`/v1/access-tokens/${segment}`);
  });

  test("arrives unchanged in a body", async () => {
    await fc.assert(
      fc.asyncProperty(validId, async (id) => {
        await server.client.accessTokens.issue({ id, scope: { ops: ["read"] } });
        expect(JSON.parse(last.body)).toEqual({ id, scope: { ops: ["read"] } });
      }),
      { numRuns: 50 },
    );
  });

  test("arrives unchanged in a query", async () => {
    await fc.assert(
      fc.asyncProperty(validId, validId, async (prefix, startAfter) => {
        await server.client.accessTokens.list({ prefix, startAfter, limit: 7 });
        const { pathname, searchParams } = new URL(last.url, server.origin);
        expect(pathname).toBe("/v1/access-tokens");
        expect([...searchParams]).toEqual([
          ["prefix", prefix],
          ["start_after", startAfter],
          ["limit", "7"],
        ]);
      }),
      { numRuns: 100 },
    );
  });
});

describe("an id that the contract does not allow is a TypeError, and nothing is sent", () => {
  const refused: readonly (readonly [name: string, id: unknown, expected: string])[] = [
    ["the empty string", "", "id: expected from 1 to 96 bytes of UTF-8, found 0"],
    [".", ".", 'id: expected neither "." nor "..", found "."'],
    ["..", "..", 'id: expected neither "." nor "..", found ".."'],
    ["97 ASCII letters", "a".repeat(97), "id: expected from 1 to 96 bytes of UTF-8, found 97"],
    ["33 characters of 3 bytes", "日".repeat(33), "from 1 to 96 bytes of UTF-8, found 99"],
    ["25 characters of 4 bytes", "😀".repeat(25), "from 1 to 96 bytes of UTF-8, found 100"],
    ["NUL", "a\0b", "id: expected a string without NUL, found one with it"],
    [
      "a high surrogate alone",
      "a\ud800",
      "id: expected well-formed Unicode, found a lone surrogate",
    ],
    [
      "a low surrogate alone",
      "\udc00a",
      "id: expected well-formed Unicode, found a lone surrogate",
    ],
    ["nothing", undefined, "id: expected a string, found nothing"],
    ["null", null, "id: expected a string, found null"],
    ["a number", 5, "id: expected a string, found a number"],
    ["an array", ["a"], "id: expected a string, found an array"],
  ];

  test.each(refused)("%s in a path", async (_, id, expected) => {
    const { client, seen } = rig(() => new Response(null, { status: 204 }));
    const error = await failure(client.accessTokens.revoke({ id: untyped(id) }));
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain("accessTokens.revoke: ");
    expect(String(error)).toContain(expected);
    expect(seen).toEqual([]);
  });

  test.each(refused)("%s in a body", async (_, id, expected) => {
    const { client, seen } = rig(() => json(201, { access_token: "secret" }));
    const error = await failure(
      client.accessTokens.issue({ id: untyped(id), scope: { ops: ["read"] } }),
    );
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain("accessTokens.issue: ");
    expect(String(error)).toContain(expected);
    expect(seen).toEqual([]);
  });

  test("the limit is in bytes, and inclusive", async () => {
    const { client, seen } = rig(() => new Response(null, { status: 204 }));
    for (const id of ["a".repeat(96), "日".repeat(32), "😀".repeat(24)]) {
      await client.accessTokens.revoke({ id });
    }
    expect(seen).toHaveLength(3);
  });
});

describe("the input of a listing", () => {
  test.each([
    [{ prefix: "a".repeat(97) }, "prefix: expected at most 96 bytes of UTF-8, found 97"],
    [{ prefix: "\0" }, "prefix: expected a string without NUL"],
    [{ startAfter: "日".repeat(33) }, "startAfter: expected at most 96 bytes of UTF-8, found 99"],
    [{ startAfter: "\ud800" }, "startAfter: expected well-formed Unicode"],
    [{ limit: -1 }, "limit: expected a number of at least 0, found -1"],
    [{ limit: 1.5 }, "limit: expected an integer"],
    [{ limit: Number.NaN }, "limit: expected an integer"],
    [{ limit: "10" }, "limit: expected an integer, found a string"],
    [null, "input: expected an object, found null"],
    [[], "input: expected an object, found an array"],
    ["ci/", "input: expected an object, found a string"],
  ])("%j is a TypeError, and nothing is sent", async (input, expected) => {
    const { client, seen } = rig(() => json(200, { access_tokens: [], has_more: false }));
    const error = await failure(client.accessTokens.list(untyped(input)));
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain("accessTokens.list: ");
    expect(String(error)).toContain(expected);
    expect(seen).toEqual([]);
  });

  test("is sent only if given; empty strings and 0 count as given", async () => {
    const { client, seen } = rig(() =>
      json(200, { access_tokens: [listed("a")], has_more: false }),
    );
    await client.accessTokens.list();
    await client.accessTokens.list({ prefix: undefined, startAfter: undefined, limit: undefined });
    await client.accessTokens.list({ prefix: "", startAfter: "", limit: 0 });
    expect(seen.map(({ url }) => new URL(url).search)).toEqual([
      "",
      "",
      "?prefix=&start_after=&limit=0",
    ]);
  });
});

/** How a request is given to `fetch`. */
import { expect, test } from "vitest";
import { type Fetch, S2 } from "../../src/index.js";
import { canary, emptyPage, json, origin } from "./harness.js";

/** What a `fetch` was called with, in order. */
type Given = Parameters<Fetch>[];

function client(): { readonly client: S2; readonly given: Given } {
  const given: Given = [];
  const fetch: Fetch = async (...parameters) => {
    given.push(parameters);
    return json(200, emptyPage);
  };
  return { client: new S2({ accessToken: canary, endpoint: origin, retry: false, fetch }), given };
}

const input = { id: "ü", scope: { ops: ["read"] } } as const;

test("methods call fetch with a URL and a RequestInit", async () => {
  const { client: s2, given } = client();
  await s2.accessTokens.list({ prefix: "a/ b" });
  await s2.accessTokens.issue(input, { headers: { "x-trace": "1" } }).catch(() => {});
  await s2.accessTokens.revoke({ id: "a/b" }).catch(() => {});
  expect(given.map(([url, init]) => [init?.method, url, init?.body])).toEqual([
    ["GET", `${origin}/v1/access-tokens?prefix=a%2F%20b`, undefined],
    ["POST", `${origin}/v1/access-tokens`, '{"id":"ü","scope":{"ops":["read"]}}'],
    ["DELETE", `${origin}/v1/access-tokens/a%2Fb`, undefined],
  ]);
  expect(given.map(([, init]) => init?.redirect)).toEqual(["manual", "manual", "manual"]);
  expect(given.map(([, init]) => init?.signal instanceof AbortSignal)).toEqual([true, true, true]);
  expect(Object.fromEntries(new Headers(given[1]?.[1]?.headers))).toEqual({
    authorization: `Bearer ${canary}`,
    "content-type": "application/json",
    "x-trace": "1",
  });
});

test("the request equals the one that openapi-fetch makes", async () => {
  const { client: s2, given } = client();
  await s2.accessTokens.issue(input).catch(() => {});
  s2.raw.use({ onRequest: () => undefined });
  await s2.accessTokens.issue(input).catch(() => {});
  const [unmade, made] = given.map((parameters) => new Request(...parameters));
  expect(given.map(([it]) => typeof it)).toEqual(["string", "object"]);
  const facts = async (request: Request | undefined): Promise<unknown> => ({
    method: request?.method,
    url: request?.url,
    headers: Object.fromEntries(request?.headers ?? []),
    redirect: request?.redirect,
    body: await request?.text(),
  });
  expect(await facts(unmade)).toEqual(await facts(made));
});

test("middleware gets a Request, from the next call on", async () => {
  const { client: s2, given } = client();
  const seen: unknown[] = [];
  await s2.accessTokens.list();
  expect(() => s2.raw.use(...[5 as never])).toThrow("Middleware must be an object");
  await s2.accessTokens.list();
  const middleware = {
    onRequest: ({ request }: { readonly request: Request }) => void seen.push(request),
  };
  s2.raw.use(middleware);
  await s2.accessTokens.list();
  s2.raw.eject(middleware);
  await s2.accessTokens.list();
  expect(seen).toEqual([expect.any(Request)]);
  expect(given.map(([it]) => typeof it)).toEqual(["string", "string", "object", "object"]);
});

test("the raw client calls fetch with a Request", async () => {
  const { client: s2, given } = client();
  await s2.raw.GET("/access-tokens");
  expect(given).toEqual([[expect.any(Request)]]);
});

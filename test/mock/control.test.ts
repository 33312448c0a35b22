import { afterAll, beforeAll, expect, test } from "vitest";
import { S2 } from "../../src/index.js";
import { type Mock, type RequestRecord, startMock } from "../../src/mock/index.js";

const records: RequestRecord[] = [];
let mock: Mock;
beforeAll(async () => {
  mock = await startMock({
    tokens: [{ id: "seed", scope: { ops: ["read"] } }],
    onRequest: (record) => records.push(record),
  });
});
afterAll(() => mock?.stop());

let count = 0;
function fresh(): { headers: Record<string, string>; call: typeof control } {
  count += 1;
  const headers = { "mock-session": `control-${count}` };
  return { headers, call: (method, path, body) => control(method, path, body, headers) };
}

async function control(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${mock.url}/__mock/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${mock.controlToken}`,
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
}

function client(headers: Record<string, string>, accessToken = mock.rootToken): S2 {
  return new S2({ accessToken, endpoint: mock.url, headers, retry: false });
}

test("health needs no token", async () => {
  const response = await fetch(`${mock.url}/__mock/health`);
  expect([response.status, await response.json()]).toEqual([200, { status: "ok" }]);
});

test.each(["state", "clock", "faults", "journal", "nothing"])(
  "%s needs the token of the control",
  async (path) => {
    for (const authorization of ["", `Bearer ${mock.rootToken}`]) {
      const answer = await control("GET", path, undefined, { authorization });
      expect(answer).toMatchObject({ status: 401, body: { code: "mock_control_token" } });
    }
  },
);

test("the state goes out and in, and a reset leads back to the start", async () => {
  const [one, other] = [fresh(), fresh()];
  const { accessToken } = await client(one.headers).accessTokens.issue({
    id: "lister",
    scope: { ops: ["list-access-tokens"] },
  });
  const state = await one.call("GET", "state");
  expect(state).toMatchObject({
    status: 200,
    body: { tokens: [{ id: "lister", access_token: accessToken }, { id: "seed" }] },
  });
  expect(await other.call("PUT", "state", state.body)).toEqual(state);
  expect((await client(other.headers, accessToken).accessTokens.list()).accessTokens).toHaveLength(
    2,
  );
  expect(await other.call("POST", "reset")).toEqual({ status: 204, body: undefined });
  expect(await other.call("GET", "state")).toMatchObject({ body: { tokens: [{ id: "seed" }] } });
});

test.each([
  [{}, 'expected { "tokens"'],
  [{ tokens: [{ id: "..", scope: {} }] }, 'tokens[0].id: must not be "." or ".."'],
  [{ tokens: [{ id: "a", scope: {} }] }, "permissions cannot be empty"],
  [
    { tokens: [{ id: "a", scope: { ops: ["read"] }, access_token: 5 }] },
    "tokens[0].access_token: expected a text",
  ],
  [[], 'expected { "tokens"'],
])("a state %j is refused, and the one before stays", async (state, words) => {
  const { call } = fresh();
  const answer = await call("PUT", "state", state);
  expect(answer).toMatchObject({
    status: 400,
    body: { code: "mock_bad_control", message: expect.stringContaining(words) },
  });
  expect(await call("GET", "state")).toMatchObject({ body: { tokens: [{ id: "seed" }] } });
});

test("the clock", async () => {
  const { headers, call } = fresh();
  const fixed = { mode: "fixed", at: "2100-01-01T00:00:00Z" };
  const want = { ...fixed, now: "2100-01-01T00:00:00.000Z" };
  expect(await call("PUT", "clock", fixed)).toEqual({ status: 200, body: want });
  expect(await call("GET", "clock")).toEqual({ status: 200, body: want });
  const { accessTokens } = client(headers);
  const soon = { id: "a", scope: { ops: ["read"] as const }, expiresAt: "2099-12-31T23:59:59Z" };
  await expect(accessTokens.issue(soon)).rejects.toThrow("expires_at has passed");
  expect(await call("PUT", "clock", { mode: "fast" })).toMatchObject({ status: 400 });
  expect(await call("PUT", "clock", [])).toMatchObject({ status: 400 });
});

test("faults", async () => {
  const { headers, call } = fresh();
  const plan = { faults: [{ fault: "storage", times: 1 }] };
  expect(await call("PUT", "faults", plan)).toEqual({ status: 200, body: plan });
  await expect(client(headers).accessTokens.list()).rejects.toThrow("storage");
  await expect(client(headers).accessTokens.list()).resolves.toBeDefined();
  expect(await call("PUT", "faults", { faults: [{ fault: "fly" }] })).toMatchObject({
    status: 400,
  });
  expect(await call("GET", "faults")).toEqual({ status: 200, body: plan });
});

test("the journal tells the requests of its session, and no secret", async () => {
  const { headers, call } = fresh();
  const canary = "a-canary-that-nobody-issued";
  const state = {
    tokens: [{ id: "a", scope: { ops: ["read"] }, access_token: "another-canary-of-a-seed" }],
  };
  await call("PUT", "state", state);
  await client(headers).accessTokens.list({ prefix: "another-canary-of-a-seed" });
  await client(headers, canary)
    .accessTokens.list({ prefix: canary })
    .catch(() => {});
  const answer = await call("GET", "journal");
  expect(answer.body).toMatchObject({
    requests: [
      { method: "GET", status: 200, operation: "list_access_tokens" },
      { method: "GET", status: 401, code: "authn", reason: "the bearer is unknown or was revoked" },
    ],
  });
  expect(mock.session(headers["mock-session"] ?? "").journal()).toHaveLength(2);
  for (const text of [JSON.stringify(answer.body), JSON.stringify(records)]) {
    for (const secret of [canary, "another-canary-of-a-seed", mock.rootToken, mock.controlToken]) {
      expect(text).not.toContain(secret);
    }
  }
  expect(await call("DELETE", "journal")).toMatchObject({ status: 204 });
  expect(await call("GET", "journal")).toEqual({ status: 200, body: { requests: [] } });
});

test("the journal keeps only so many", async () => {
  await using small = await startMock({ limits: { maxJournal: 3 } });
  for (const prefix of ["a", "b", "c", "d"]) {
    await new S2({ accessToken: small.rootToken, endpoint: small.url }).accessTokens.list({
      prefix,
    });
  }
  expect(small.journal().map(({ path }) => path.slice(-1))).toEqual(["b", "c", "d"]);
});

test.each([
  ["GET", "nothing", 404, "mock_no_such_route"],
  ["GET", "", 404, "mock_no_such_route"],
  ["GET", "__proto__", 404, "mock_no_such_route"],
  ["DELETE", "state", 405, "mock_method_not_allowed"],
  ["GET", "reset", 405, "mock_method_not_allowed"],
])("%s %s", async (method, path, status, code) => {
  expect(await control(method, path)).toMatchObject({ status, body: { code } });
});

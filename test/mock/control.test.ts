import { afterAll, beforeAll, describe, expect, test } from "vitest";
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

test("health needs no bearer token", async () => {
  const response = await fetch(`${mock.url}/__mock/health`);
  expect([response.status, await response.json()]).toEqual([200, { status: "ok" }]);
});

test.each(["state", "clock", "faults", "journal", "nothing"])(
  "%s needs the control's bearer token",
  async (path) => {
    for (const authorization of ["", `Bearer ${mock.rootToken}`]) {
      const answer = await control("GET", path, undefined, { authorization });
      expect(answer).toMatchObject({ status: 401, body: { code: "mock_control_token" } });
    }
  },
);

test("the state can be exported and imported, and a reset restores the start", async () => {
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
    "tokens[0].access_token: expected a string",
  ],
  [[], 'expected { "tokens"'],
  [{ tokens: [], revoked_ids: [5] }, "revoked_ids[0]: expected a string, found a number"],
  [{ tokens: [], revoked_ids: "a" }, "revoked_ids: expected an array of ids"],
  [{ tokens: [], revoked_ids: ["x".repeat(97)] }, "revoked_ids[0]: expected from 1 to 96 bytes"],
  [{ tokens: [], revoked_ids: Array(10_001).fill("a") }, "they exceed the limit maxTokens"],
  [{ tokens: [], issued: -1 }, "issued: expected an integer from 0 to"],
  [
    { tokens: [1, 2].map(() => ({ id: "a", scope: { ops: ["read"] } })) },
    "tokens[1]: Access token already exists",
  ],
  [
    { tokens: ["a", "b"].map((id) => ({ id, scope: { ops: ["read"] }, access_token: "same" })) },
    "tokens[1]: the secret: another token has this secret",
  ],
])("a state %j is refused, and the one before stays", async (state, words) => {
  const { call } = fresh();
  const answer = await call("PUT", "state", state);
  expect(answer).toMatchObject({
    status: 400,
    body: { code: "mock_bad_control", message: expect.stringContaining(words) },
  });
  expect(await call("GET", "state")).toMatchObject({ body: { tokens: [{ id: "seed" }] } });
});

test("an imported state equals the exported one, with expired tokens and revoked ids", async () => {
  await using strict = await startMock({ rules: { reuseRevokedIds: false, keepExpired: true } });
  const call = async (method: string, body?: string): Promise<string> => {
    const headers = { authorization: `Bearer ${strict.controlToken}` };
    const init = { method, headers, ...(body !== undefined && { body }) };
    return (await fetch(`${strict.url}/__mock/state`, init)).text();
  };
  const { accessTokens } = new S2({ accessToken: strict.rootToken, endpoint: strict.url });
  const scope = { ops: ["issue-access-token" as const], accessTokens: { prefix: "" } };
  const expiresAt = new Date(Date.now() + 3_600_000);
  const { accessToken } = await accessTokens.issue({ id: "parent", scope, expiresAt });
  const parent = new S2({ accessToken, endpoint: strict.url });
  await parent.accessTokens.issue({ id: "child", scope });
  await accessTokens.issue({ id: "gone", scope });
  await accessTokens.revoke({ id: "gone" });
  strict.setClock({ mode: "offset", milliseconds: 7_200_000 });
  const state = await call("GET");
  expect(JSON.parse(state)).toMatchObject({
    tokens: [{ id: "child", issuer: accessToken }, { id: "parent" }],
    revoked_ids: ["gone"],
    issued: 3,
  });
  expect(await call("PUT", state)).toBe(state);
  await expect(accessTokens.issue({ id: "gone", scope })).rejects.toThrow("already exists");
});

test("an import does not restore a revoked secret", async () => {
  const { headers, call } = fresh();
  const { accessTokens } = client(headers);
  const scope = { ops: ["list-access-tokens" as const] };
  await accessTokens.issue({ id: "a", scope });
  const { accessToken } = await accessTokens.issue({ id: "b", scope });
  await accessTokens.revoke({ id: "a" });
  await call("PUT", "state", { tokens: [] });
  await accessTokens.issue({ id: "x", scope });
  await accessTokens.issue({ id: "b", scope });
  await expect(client(headers, accessToken).accessTokens.list()).rejects.toThrow("authn");
});

describe("PUT accepts the response of GET", () => {
  const ids = ["a", "b", "c"] as const;
  const both = async (path: string, put?: unknown): Promise<unknown> => {
    const { call: send } = fresh();
    const call = async (method: string, body?: unknown): Promise<unknown> => {
      const answer = await send(method, path, body);
      expect(answer.status, JSON.stringify(answer)).toBe(200);
      return answer.body;
    };
    if (put !== undefined) await call("PUT", put);
    const given = await call("GET");
    expect({ ...Object(await call("PUT", given)), now: 0 }).toEqual({ ...Object(given), now: 0 });
    return given;
  };
  const tokens = ids.map((id) => ({ id, scope: { ops: ["read"] } }));

  test.each([0, 1, 2 ** 52, 2 ** 53 - 20_000])("a state with %d issued tokens", async (issued) => {
    const given = await both("state", { tokens, issued });
    // The seed has its own.
    expect(given).toMatchObject({ issued: Math.max(issued, 1) + 3 });
  });

  test.each([2 ** 53 - 2, 2 ** 53 - 1])(
    "a state with %d issued tokens, which cannot issue more",
    async (issued) => {
      const known = tokens.map((token) => ({ ...token, access_token: `not-a-real-${token.id}` }));
      expect(await both("state", { tokens: known, issued })).toMatchObject({ issued });
      const session = mock.session(`full-${issued}`);
      const headers = {
        authorization: `Bearer ${mock.controlToken}`,
        "mock-session": session.name,
      };
      const body = JSON.stringify({ tokens: known, issued });
      await fetch(`${mock.url}/__mock/state`, { method: "PUT", headers, body });
      expect(() => session.issue({ id: "d", scope: { ops: ["read"] } })).toThrow(
        "cannot count further",
      );
      session.reset();
      session.issue({ id: "d", scope: { ops: ["read"] } });
    },
  );

  test.each([2 ** 53, 1e300, -1, 0.5, "1"])(
    "%j is rejected as the number of issued tokens",
    async (issued) => {
      const { call } = fresh();
      expect(await call("PUT", "state", { tokens: [], issued })).toMatchObject({
        status: 400,
        body: { message: expect.stringContaining("issued: expected an integer") },
      });
    },
  );

  test("the clock", async () => {
    await both("clock");
    await both("clock", { mode: "offset", milliseconds: 5 });
    await both("clock", { mode: "fixed", at: "2100-01-01T00:00:00Z" });
  });

  test("a fault plan, and how many requests are left to fail", async () => {
    await both("faults");
    const faults = [
      { fault: "latency:0", operation: "list_access_tokens", times: 2, skip: 0 },
      { fault: "unavailable" },
    ];
    const plan = { seed: 2, faults };
    const [first, second] = faults;
    expect(await both("faults", plan)).toEqual({
      seed: 2,
      faults: [{ ...first, left: 2 }, second],
    });
    const { headers, call } = fresh();
    const name = headers["mock-session"] ?? "";
    mock.session(name).setFaults({
      faults: [
        { fault: "latency:0", times: 3 },
        { fault: "reset", times: Number.POSITIVE_INFINITY },
      ],
    });
    const authorization = `Bearer ${mock.rootToken}`;
    await fetch(`${mock.url}/v1/access-tokens`, {
      headers: { authorization, "mock-session": name },
    });
    expect(await call("GET", "faults")).toMatchObject({
      body: { faults: [{ fault: "latency:0", times: 3, left: 2 }, { fault: "reset" }] },
    });
  });
});

test("a body is read as JSON with any content type, and a malformed one is an error", async () => {
  const send = async (body: string): Promise<unknown> => {
    const headers = { authorization: `Bearer ${mock.controlToken}`, "mock-session": "types" };
    const response = await fetch(`${mock.url}/__mock/clock`, { method: "PUT", headers, body });
    return response.json();
  };
  expect(await send('{"mode":"real"}')).toMatchObject({ mode: "real" });
  expect(await send('{"mode":')).toMatchObject({
    code: "mock_bad_control",
    message: expect.stringContaining("the body is not JSON: "),
  });
});

test("a web page of this machine may call it", async () => {
  const origin = "http://localhost:5173";
  const preflight = await fetch(`${mock.url}/__mock/clock`, {
    method: "OPTIONS",
    headers: { origin, "access-control-request-method": "PUT" },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("allow")).toBe("GET, PUT, HEAD, OPTIONS");
  expect(preflight.headers.get("access-control-allow-origin")).toBe(origin);
  expect((await fetch(`${mock.url}/__mock/nothing`, { method: "OPTIONS" })).status).toBe(404);
});

test("HEAD gets the response of GET without the body", async () => {
  const headers = { authorization: `Bearer ${mock.controlToken}` };
  const response = await fetch(`${mock.url}/__mock/state`, { method: "HEAD", headers });
  expect([response.status, await response.text()]).toEqual([200, ""]);
});

test("the number of sessions is limited, and sessions can be deleted", async () => {
  await using small = await startMock({ limits: { maxSessions: 2 } });
  const list = async (name: string): Promise<string | undefined> => {
    const headers = { authorization: `Bearer ${small.rootToken}`, "mock-session": name };
    const response = await fetch(`${small.url}/v1/access-tokens`, { headers });
    const { code, message }: { code?: string; message?: string } = await response.json();
    return code && `${response.status} ${code}: ${message}`;
  };
  const end = async (name: string): Promise<number> => {
    const headers = { authorization: `Bearer ${small.controlToken}`, "mock-session": name };
    return (await fetch(`${small.url}/__mock/session`, { method: "DELETE", headers })).status;
  };
  small.session("one").issue({ id: "a", scope: { ops: ["read"] } });
  expect(await list("two")).toMatch(/^429 mock_too_many_sessions: .*DELETE \/__mock\/session/);
  expect(await end("one")).toBe(204);
  expect(await list("two")).toBeUndefined();
  small.endSession("two");
  expect(small.session("one").tokens()).toEqual([]);
  small.issue({ id: "a", scope: { ops: ["read"] } });
  expect(await end("default")).toBe(204);
  expect(small.tokens()).toEqual([]);
});

test("all journals stay within maxJournalBytes, and the largest drops requests first", async () => {
  await using small = await startMock({ limits: { maxJournalBytes: 20_000 } });
  const call = (session: string): Promise<unknown> =>
    fetch(`${small.url}/v1/${"x".repeat(1000)}`, { headers: { "mock-session": session } });
  await call("quiet");
  for (let count = 0; count < 20; count += 1) await call("loud");
  expect(small.session("quiet").journal()).toHaveLength(1);
  const { length } = small.session("loud").journal();
  expect(length).toBeGreaterThan(2);
  expect(length).toBeLessThan(8);
  small.endSession("loud");
  for (let count = 0; count < 4; count += 1) await call("quiet");
  expect(small.session("quiet").journal().length).toBeGreaterThan(2);
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
  for (const setting of [
    [],
    { mode: "fixed", at: "2027" },
    { mode: "fixed", at: "Jan 5" },
    { mode: "fixed", at: "2027-01-01T00:00:00" },
    { mode: "fixed", at: "2027-02-30T00:00:00Z" },
    { mode: "fixed", at: "9999-12-31T23:59:59-00:01" },
    { mode: "offset", milliseconds: 9_000_000_000_000_000 },
    { mode: "offset", milliseconds: -9e14 },
    { mode: "offset", milliseconds: 0.5 },
  ]) {
    expect(await call("PUT", "clock", setting)).toMatchObject({ status: 400 });
  }
  expect(await call("GET", "clock")).toEqual({ status: 200, body: want });
  const leap = { mode: "fixed", at: "2016-12-31t23:59:60z" };
  expect(await call("PUT", "clock", leap)).toMatchObject({
    body: { now: "2017-01-01T00:00:00.000Z" },
  });
});

test("faults", async () => {
  const { headers, call } = fresh();
  const plan = { faults: [{ fault: "storage", times: 1 }] };
  expect(await call("PUT", "faults", plan)).toEqual({
    status: 200,
    body: { faults: [{ fault: "storage", times: 1, left: 1 }] },
  });
  await expect(client(headers).accessTokens.list()).rejects.toThrow("storage");
  await expect(client(headers).accessTokens.list()).resolves.toBeDefined();
  expect(await call("PUT", "faults", { faults: [{ fault: "fly" }] })).toMatchObject({
    status: 400,
  });
  expect(await call("GET", "faults")).toEqual({
    status: 200,
    body: { faults: [{ fault: "storage", times: 1, left: 0 }] },
  });
});

test("the journal has the requests of its session, without secrets", async () => {
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
      {
        method: "GET",
        status: 401,
        code: "authn",
        reason: "the bearer token is unknown or was revoked",
      },
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

test("the journal keeps the last maxJournal requests", async () => {
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

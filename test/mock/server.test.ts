import { connect } from "node:http2";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ConflictError, S2, UnauthorizedError } from "../../src/index.js";
import { type Mock, type RequestRecord, startMock } from "../../src/mock/index.js";

const records: RequestRecord[] = [];
let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ onRequest: (record) => records.push(record) });
});
afterAll(() => mock?.stop());

const scope = { ops: ["read"] } as const;

/** A session of its own for each test. */
let count = 0;
function fresh(): { session: string; headers: Record<string, string> } {
  count += 1;
  const session = `test-${count}`;
  return { session, headers: { "mock-session": session } };
}

function client(headers: Record<string, string>, accessToken = mock.rootToken): S2 {
  return new S2({ accessToken, endpoint: mock.url, headers, retry: false });
}

function call(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  if (!headers.has("authorization")) headers.set("authorization", `Bearer ${mock.rootToken}`);
  return fetch(`${mock.url}${path}`, { ...init, headers });
}

async function codeOf(response: Response): Promise<string> {
  const body: { code: string; message: string } = JSON.parse(await response.text());
  expect(body).toEqual({ code: expect.any(String), message: expect.any(String) });
  return `${response.status} ${body.code}`;
}

describe("with the client", () => {
  test("issue, list, use, revoke", async () => {
    const { headers } = fresh();
    const { accessTokens } = client(headers);
    const { accessToken } = await accessTokens.issue({
      id: "lister/é",
      scope: { ops: ["list-access-tokens"] },
    });
    const own = client(headers, accessToken);
    const { accessTokens: listed, hasMore } = await own.accessTokens.list();
    expect(listed.map(({ id }) => id)).toEqual(["lister/é"]);
    expect(hasMore).toBe(false);
    await accessTokens.revoke({ id: "lister/é" });
    await expect(own.accessTokens.list()).rejects.toThrow(UnauthorizedError);
  });

  test("of many simultaneous issues of one id, exactly one is a success", async () => {
    const { accessTokens } = client(fresh().headers);
    const attempts = Array.from({ length: 20 }, () => accessTokens.issue({ id: "one", scope }));
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const failures = outcomes.flatMap((it) => (it.status === "rejected" ? [it.reason] : []));
    expect(failures.every((error) => error instanceof ConflictError)).toBe(true);
  });

  test("listAll", async () => {
    const { accessTokens } = client(fresh().headers);
    const ids = Array.from({ length: 25 }, (_, index) => `t${String(index).padStart(2, "0")}`);
    for (const id of ids) await accessTokens.issue({ id, scope });
    const walked: string[] = [];
    for await (const { id } of accessTokens.listAll({ limit: 7 })) walked.push(id);
    expect(walked).toEqual(ids);
  });
});

describe("bearer tokens", () => {
  test.each([
    ["none", {}, "401 authn"],
    ["another scheme", { authorization: "Basic eDp5" }, "401 authn"],
    ["an empty one", { authorization: "Bearer " }, "401 authn"],
    ["an unknown one", { authorization: "Bearer nobody" }, "401 authn"],
  ])("%s", async (_, headers, want) => {
    const response = await fetch(`${mock.url}/v1/access-tokens`, { headers });
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
    expect(await codeOf(response)).toBe(want);
  });

  test("one that looks real is rejected with the reason, and not repeated", async () => {
    const real = "YAAAAAAAAABl0Nvc3BhY2VUb2tlbi1pcy1ub3QtcmVhbA9xQ";
    const authorization = `Bearer ${real}`;
    for (const prefer of ["", "code=200"]) {
      const response = await call("/v1/access-tokens", { headers: { authorization, prefer } });
      const text = await response.text();
      expect(response.status).toBe(401);
      expect(text).toContain("looks like a token of the real service");
      expect(text).toContain(mock.rootToken);
      expect(text).not.toContain(real);
    }
    await expect(startMock({ rootToken: real })).rejects.toThrow("rootToken: this looks like");
  });
});

describe("HTTP", () => {
  test.each(["/v1/access-tokens", "/access-tokens"])("GET %s", async (path) => {
    const response = await call(path);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
  });

  test("HEAD gets the headers of GET and no body", async () => {
    const [head, get] = await Promise.all([
      call("/v1/access-tokens", { method: "HEAD" }),
      call("/v1/access-tokens"),
    ]);
    expect(head.status).toBe(200);
    expect(await head.text()).toBe("");
    expect(head.headers.get("content-length")).toBe(get.headers.get("content-length"));
  });

  test.each([
    ["PUT", "/v1/access-tokens", "GET, POST, HEAD, OPTIONS"],
    ["GET", "/v1/access-tokens/a", "DELETE, OPTIONS"],
    ["PATCH", "/access-tokens/a", "DELETE, OPTIONS"],
  ])("%s %s is not allowed, and Allow lists what is", async (method, path, allow) => {
    const response = await call(path, { method });
    expect(response.headers.get("allow")).toBe(allow);
    expect(await codeOf(response)).toBe("405 mock_method_not_allowed");
    const options = await call(path, { method: "OPTIONS" });
    expect([options.status, options.headers.get("allow")]).toEqual([204, allow]);
  });

  test.each([
    "/v1",
    "/v1/",
    "/v1/nothing",
    "/nothing",
    "/v1/access-tokens/a/b",
    "/v2/access-tokens",
  ])("%s is an unknown path", async (path) => {
    for (const method of ["GET", "DELETE"]) {
      expect(await codeOf(await call(path, { method }))).toBe("404 mock_no_such_route");
    }
    expect((await call(path, { method: "OPTIONS" })).status).toBe(404);
  });

  test("a revoke without an id fails, also if the URL is normalized to that", async () => {
    expect(await codeOf(await call("/v1/", { method: "DELETE" }))).toBe("404 mock_no_such_route");
    const empty = await call("/v1/access-tokens/", { method: "DELETE" });
    expect(await codeOf(empty)).toBe("400 bad_path");
  });
});

describe("pages in a browser", () => {
  const preflight = (origin: string): Promise<Response> =>
    fetch(`${mock.url}/v1/access-tokens`, {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization, content-type",
      },
    });

  test.each(["http://localhost:3000", "http://127.0.0.1:8080", "http://[::1]:1"])(
    "of this machine, %s, are allowed",
    async (origin) => {
      const asked = await preflight(origin);
      expect(asked.status).toBe(204);
      expect(asked.headers.get("access-control-allow-origin")).toBe(origin);
      expect(asked.headers.get("access-control-allow-headers")).toBe("authorization, content-type");
      expect(asked.headers.get("access-control-allow-methods")).toContain("DELETE");
      const answer = await call("/v1/access-tokens", { headers: { origin } });
      expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
      expect(answer.headers.get("vary")).toBe("origin");
    },
  );

  test.each(["https://evil.test", "http://localhost.evil.test", "null", "http://1.2.3.4"])(
    "of other origins, %s, are rejected",
    async (origin) => {
      for (const response of [
        await preflight(origin),
        await call("/v1/access-tokens", { headers: { origin } }),
      ]) {
        expect(response.headers.get("access-control-allow-origin")).toBeNull();
        expect(await codeOf(response)).toBe("403 mock_origin_refused");
      }
    },
  );

  test("of an allowed origin are allowed", async () => {
    const other = await startMock({ allowedOrigins: ["https://app.test"] });
    const headers = { origin: "https://app.test", authorization: `Bearer ${other.rootToken}` };
    const response = await fetch(`${other.url}/v1/access-tokens`, { headers });
    expect(response.headers.get("access-control-allow-origin")).toBe("https://app.test");
    await other.stop();
  });
});

describe("sessions", () => {
  test("are separate", async () => {
    const [one, other] = [fresh(), fresh()];
    await client(one.headers).accessTokens.issue({ id: "a", scope });
    const { accessTokens } = await client(other.headers).accessTokens.list();
    expect(accessTokens).toEqual([]);
    await client(other.headers).accessTokens.issue({ id: "a", scope });
  });

  test("reject an invalid name", async () => {
    const response = await call("/v1/access-tokens", { headers: { "mock-session": "a b" } });
    expect(await codeOf(response)).toBe("400 mock_bad_session");
  });

  test("are limited in number", async () => {
    const small = await startMock({ limits: { maxSessions: 2 } });
    const statuses = ["a", "b"].map(async (name) => {
      const headers = { authorization: `Bearer ${small.rootToken}`, "mock-session": name };
      return (await fetch(`${small.url}/v1/access-tokens`, { headers })).status;
    });
    expect((await Promise.all(statuses)).toSorted()).toEqual([200, 429]);
    await small.stop();
  });
});

describe("from code", () => {
  test("seed tokens, read them, and reset", async () => {
    await using seeded = await startMock({
      tokens: [{ id: "seed", scope, accessToken: "not-a-real-seed" }],
    });
    expect(seeded.issue({ id: "more", scope })).toMatch(/^not-a-real-secret-/);
    expect(seeded.tokens().map(({ id }) => id)).toEqual(["more", "seed"]);
    expect(seeded.tokens()[1]?.scope).toMatchObject({ basins: null, ops: ["read"] });
    const own = new S2({ accessToken: "not-a-real-seed", endpoint: seeded.url });
    await expect(own.accessTokens.list()).rejects.toThrow("Operation not permitted");
    seeded.reset();
    expect(seeded.tokens().map(({ id }) => id)).toEqual(["seed"]);
  });

  test("an invalid seed token is an error at the start", async () => {
    const twice = [
      { id: "a", scope },
      { id: "a", scope },
    ];
    await expect(startMock({ tokens: twice })).rejects.toThrow(
      "tokens[1]: Access token already exists",
    );
    await expect(startMock({ tokens: [{ id: "..", scope }] })).rejects.toThrow(
      'tokens[0]: expected neither "."',
    );
  });

  test("set and advance the clock", async () => {
    const { session, headers } = fresh();
    const control = mock.session(session);
    control.setClock({ mode: "fixed", at: "2100-01-01T00:00:00Z" });
    const secret = control.issue({
      id: "a",
      scope: { ops: ["list-access-tokens"] },
      expiresAt: "2100-01-01T01:00:00Z",
    });
    const own = client(headers, secret);
    expect((await own.accessTokens.list()).accessTokens).toHaveLength(1);
    control.setClock({ mode: "fixed", at: "2100-01-01T01:00:00Z" });
    expect(control.now()).toEqual(new Date("2100-01-01T01:00:00Z"));
    await expect(own.accessTokens.list()).rejects.toThrow(UnauthorizedError);
    control.setClock({ mode: "offset", milliseconds: -86_400_000 });
    expect(control.now().getTime()).toBeLessThan(Date.now() - 86_000_000);
    expect(() => control.setClock({ mode: "fixed", at: "noon" })).toThrow("clock: expected");
  });

  test("serve another document with the same state, and reject an invalid one", async () => {
    await using changing = await startMock();
    changing.issue({ id: "a", scope });
    await expect(changing.serve({ openapi: "3.1.0" })).rejects.toThrow("#/");
    const { accessTokens } = new S2({ accessToken: changing.rootToken, endpoint: changing.url });
    expect((await accessTokens.list()).accessTokens.map(({ id }) => id)).toEqual(["a"]);
  });

  test.each([
    [{ limits: { maxTokens: 0 } }, "limits.maxTokens: expected a positive integer"],
    [{ limits: { many: 1 } }, "limits.many: no such limit"],
    [{ limits: { toString: 1 } }, "limits.toString: no such limit"],
    [{ limits: { maxHeaderBytes: 5e9 } }, "limits.maxHeaderBytes: expected at most 16777216"],
    [{ limits: { maxBodyBytes: 1e9 } }, "limits.maxBodyBytes: expected at most 67108864"],
    [{ limits: { requestTimeout: 2 ** 31 } }, "limits.requestTimeout: expected at most 86400000"],
    [{ limits: { headersTimeout: 2 ** 31 } }, "limits.headersTimeout: expected at most 86400000"],
    [{ rules: { badExpiry: "no" } }, "rules.badExpiry"],
    [{ rootToken: "a b" }, "rootToken: expected visible ASCII"],
    [{ document: [] }, "document: expected an OpenAPI document"],
  ])("%j is rejected", async (options, words) => {
    // As from JavaScript, which no compiler has seen.
    await expect(startMock(options as Parameters<typeof startMock>[0])).rejects.toThrow(words);
  });
});

describe("without state, as Prism does", () => {
  test.each([
    ["", 200, "ci/build/42"],
    ["example=list_empty", 200, '"access_tokens":[]'],
    ["code=429", 429, "rate_limited"],
    ["code=503, example=server_draining", 503, "server_draining"],
    ["code=418", 404, "mock_no_such_example"],
    ["code=many", 422, "mock_bad_prefer"],
    ["dynamic=true", 200, "has_more"],
  ])("Prefer: %s", async (prefer, status, words) => {
    await using plain = await startMock({ stateless: true });
    const headers = { authorization: "Bearer any", ...(prefer !== "" && { prefer }) };
    const response = await fetch(`${plain.url}/v1/access-tokens`, { headers });
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(words);
  });

  test("a request can choose an example with state, too, without changing it", async () => {
    const { session } = fresh();
    const response = await call("/v1/access-tokens", {
      method: "POST",
      headers: {
        prefer: "code=201",
        "mock-session": session,
        authorization: "Bearer any",
        "content-type": "application/json",
      },
      body: JSON.stringify({ id: "a", scope }),
    });
    expect([response.status, await response.text()]).toEqual([
      201,
      expect.stringContaining("not-a-real-secret"),
    ]);
    expect(mock.session(session).tokens()).toEqual([]);
  });
});

test("HTTP/2 without TLS on the same port gives the same responses", async () => {
  const { headers } = fresh();
  const session = connect(mock.url);
  const send = (
    method: string,
    path: string,
    body?: object,
  ): Promise<{ status: unknown; text: string }> =>
    new Promise((resolve, reject) => {
      const stream = session.request({
        ":method": method,
        ":path": path,
        authorization: `Bearer ${mock.rootToken}`,
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      });
      let status: unknown;
      let text = "";
      stream.setEncoding("utf8");
      stream.on("response", (answer) => {
        status = answer[":status"];
      });
      stream.on("data", (part: string) => {
        text += part;
      });
      stream.once("end", () => resolve({ status, text }));
      stream.once("error", reject);
      stream.end(body === undefined ? undefined : JSON.stringify(body));
    });
  const issued = await send("POST", "/v1/access-tokens", { id: "a/b", scope });
  expect(issued.status).toBe(201);
  const listed = await send("GET", "/v1/access-tokens?limit=5");
  expect(listed.status).toBe(200);
  const overHttp1 = await call("/v1/access-tokens?limit=5", { headers });
  expect(listed.text).toBe(await overHttp1.text());
  expect(await send("DELETE", "/v1/access-tokens/a%2Fb")).toEqual({ status: 204, text: "" });
  const again = await send("DELETE", "/v1/access-tokens/a%2Fb");
  expect(again).toMatchObject({ status: 404, text: expect.stringContaining("not_found") });
  session.close();
  expect(
    records.filter(({ protocol }) => protocol === "HTTP/2").map(({ status }) => status),
  ).toEqual([201, 200, 204, 404]);
});

test("records contain no secret", async () => {
  const { session, headers } = fresh();
  const canary = "not-a-real-canary-5c1f7e";
  mock.session(session).issue({ id: "canary", scope, accessToken: canary });
  const authorization = `Bearer ${canary}`;
  const tries: [string, RequestInit][] = [
    ["/v1/access-tokens", {}],
    [`/v1/access-tokens?prefix=${canary}`, {}],
    [`/v1/access-tokens/${canary}`, { method: "DELETE" }],
    [`/${canary}`, {}],
    ["/v1/access-tokens", { method: "POST", body: `{"id":"${canary}"` }],
    ["/v1/access-tokens", { method: "POST", body: JSON.stringify({ id: canary, scope: canary }) }],
  ];
  for (const [path, init] of tries) {
    const more = { ...headers, authorization, "content-type": "application/json" };
    await call(path, { ...init, headers: more });
  }
  const unknown = "not-issued-canary-77aa1b";
  await call(`/v1/${unknown}`, { headers: { ...headers, authorization: `Bearer ${unknown}` } });
  await client(headers).accessTokens.issue({ id: "fresh", scope });
  const text = JSON.stringify(records);
  expect(text).toContain("[secret]");
  for (const secret of [canary, unknown, mock.rootToken, "not-a-real-secret-"]) {
    expect(text).not.toContain(secret);
  }
});

import { S2, S2Error } from "@s2-dev/streamstore";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Mock, type RequestRecord, startMock } from "../../src/mock/index.js";

/** The official client of S2 for TypeScript, as a team uses it that does not use ours. */
const records: RequestRecord[] = [];
let mock: Mock;
let client: S2;
beforeAll(async () => {
  mock = await startMock({
    // The snippet's expiry is written in it, and a day will come after it.
    clock: { mode: "fixed", at: "2026-01-01T00:00:00Z" },
    onRequest: (record) => records.push(record),
  });
  client = connect(mock.rootToken);
});
afterAll(() => mock?.stop());
beforeEach(() => {
  mock.reset();
  records.length = 0;
});

function connect(accessToken: string): S2 {
  return new S2({ accessToken, endpoints: { account: mock.url } });
}

async function failure(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => "a success",
    (reason: unknown) => reason,
  );
  return error instanceof S2Error
    ? `${error.status} ${error.code}: ${error.message}`
    : String(error);
}

test("the snippet of S2's page on access tokens", async () => {
  const tokens = await client.accessTokens.list();
  expect(tokens.accessTokens).toEqual([]);
  const { accessToken: issuedToken } = await client.accessTokens.issue({
    id: "user-1234-rw-token",
    scope: {
      basins: { prefix: "" },
      streams: { prefix: "users/1234/" },
      opGroups: { stream: { read: true, write: true } },
    },
    expiresAt: new Date("2027-01-01"),
  });
  expect(issuedToken).toMatch(/^not-a-real-secret-/);
  await client.accessTokens.revoke({ id: "user-1234-rw-token" });
  expect(records.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([
    "GET /v1/access-tokens 200",
    "POST /v1/access-tokens 201",
    "DELETE /v1/access-tokens/user-1234-rw-token 204",
  ]);
});

describe("successes", () => {
  test("what is issued is read back in full", async () => {
    await client.accessTokens.issue({
      id: "a/b é",
      scope: { streams: { prefix: "s/" }, ops: ["read", "append"] },
      autoPrefixStreams: true,
      expiresAt: "2026-06-01T00:00:00Z",
    });
    const { accessTokens, hasMore } = await client.accessTokens.list();
    expect(hasMore).toBe(false);
    expect(accessTokens).toEqual([
      expect.objectContaining({
        id: "a/b é",
        autoPrefixStreams: true,
        expiresAt: new Date("2026-06-01T00:00:00Z"),
      }),
    ]);
    expect(accessTokens[0]?.scope).toMatchObject({
      streams: { prefix: "s/" },
      ops: ["append", "read"],
    });
  });

  test("all pages are walked", async () => {
    const ids = ["a", "b", "c", "d", "e"];
    for (const id of ids) mock.issue({ id, scope: { ops: ["read"] } });
    const walked: string[] = [];
    for await (const { id } of client.accessTokens.listAll({ limit: 2 })) walked.push(id);
    expect(walked).toEqual(ids);
  });

  test("an issued token is a bearer", async () => {
    const own = connect(mock.issue({ id: "lister", scope: { ops: ["list-access-tokens"] } }));
    expect((await own.accessTokens.list()).accessTokens).toHaveLength(1);
  });
});

describe("errors", () => {
  const scope = { ops: ["read" as const] };
  test.each<[string, (s2: S2) => Promise<unknown>, string]>([
    [
      "a taken id",
      (s2) => s2.accessTokens.issue({ id: "taken", scope }),
      "409 resource_already_exists",
    ],
    ["an empty scope", (s2) => s2.accessTokens.issue({ id: "x", scope: {} }), "422 invalid"],
    [
      "auto-prefixing without a prefix",
      (s2) => s2.accessTokens.issue({ id: "x", scope, autoPrefixStreams: true }),
      "422 invalid",
    ],
    [
      "an expiry of nonsense",
      (s2) => s2.accessTokens.issue({ id: "x", scope, expiresAt: "tomorrow" }),
      "400 bad_json",
    ],
    [
      "an unknown id",
      (s2) => s2.accessTokens.revoke({ id: "nobody" }),
      "404 access_token_not_found",
    ],
    ["a limit below zero", (s2) => s2.accessTokens.list({ limit: -1 }), "400 bad_query"],
  ])("%s", async (_, call, want) => {
    mock.issue({ id: "taken", scope });
    expect(await failure(call(client))).toContain(want);
  });

  // URLs normalise these away: the client calls another path, and a mock that answers 204 there hides it.
  test.each(["..", ".", ""])("a revoke of %j, which is no id, is no success", async (id) => {
    expect(await failure(client.accessTokens.revoke({ id }))).toMatch(/^4\d\d /);
  });

  test("an unknown bearer, one that may not, and one that has expired", async () => {
    expect(await failure(connect("nobody").accessTokens.list())).toContain("401 authn");
    const reader = mock.issue({ id: "reader", scope, expiresAt: "2026-01-01T01:00:00Z" });
    expect(await failure(connect(reader).accessTokens.list())).toContain("403 permission_denied");
    mock.setClock({ mode: "fixed", at: "2026-01-01T01:00:00Z" });
    expect(await failure(connect(reader).accessTokens.list())).toContain("401 authn");
  });
});

import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { S2, S2Error } from "@s2-dev/streamstore";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Mock, startMock } from "../../src/mock/index.js";

/** Each request as the mock recorded it: method, path and status. */
const wire: string[] = [];
let mock: Mock;
let client: S2;
beforeAll(async () => {
  mock = await startMock({
    // The seed's expiry is written in it, and a day will come after it.
    clock: { mode: "fixed", at: "2026-01-01T00:00:00Z" },
    onRequest: ({ method, path, status }) => wire.push(`${method} ${path} ${status}`),
  });
  client = clientOf(mock.rootToken);
});
beforeEach(() => {
  mock.reset();
  wire.length = 0;
});
afterAll(() => mock?.stop());

function clientOf(accessToken: string): S2 {
  return new S2({ accessToken, endpoints: { account: mock.url } });
}

/** What the official client says of a refusal. */
async function refusal(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof S2Error)) throw new Error(`not an S2Error: ${String(error)}`);
  return `${error.origin} ${error.status} ${error.code}: ${error.message}`;
}

const scope = { ops: ["read"] } as const;
const issuing = (id: string): { id: string; scope: { ops: ["read"] } } => ({
  id,
  scope: { ops: [...scope.ops] },
});

test("the seed's snippet runs to the letter, with three successes in order", async () => {
  const folder = mkdtempSync(join(tmpdir(), "interop-"));
  try {
    const snippet = readFileSync(new URL("../contract/seed-snippet.txt", import.meta.url), "utf8");
    const options = { accessToken: mock.rootToken, endpoints: { account: mock.url } };
    const file = join(folder, "snippet.mts");
    const entry = import.meta.resolve("@s2-dev/streamstore");
    const lines = [
      `import { S2 } from ${JSON.stringify(entry)};`,
      `const client = new S2(${JSON.stringify(options)});`,
    ];
    writeFileSync(file, `${lines.join("\n")}\n${snippet}`);
    const { stderr } = await promisify(execFile)(process.execPath, ["--import", "tsx", file], {
      cwd: fileURLToPath(new URL("../../", import.meta.url)),
    });
    expect(stderr).toBe("");
    expect(wire).toEqual([
      "GET /v1/access-tokens 200",
      "POST /v1/access-tokens 201",
      "DELETE /v1/access-tokens/user-1234-rw-token 204",
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

describe("successes", () => {
  test("issue, list, use and revoke", async () => {
    const id = "ci/build é";
    const { accessToken } = await client.accessTokens.issue({
      id,
      scope: {
        basins: { exact: "" },
        streams: { prefix: "" },
        opGroups: { account: { read: true }, stream: { read: true } },
      },
      autoPrefixStreams: true,
      expiresAt: new Date("2027-01-01"),
    });
    const own = clientOf(accessToken);
    const nothing = { read: false, write: false };
    expect(await own.accessTokens.list()).toEqual({
      accessTokens: [
        {
          id,
          scope: {
            basins: null,
            streams: { prefix: "" },
            accessTokens: null,
            opGroups: {
              account: { read: true, write: false },
              basin: nothing,
              stream: { read: true, write: false },
            },
            ops: [],
          },
          autoPrefixStreams: true,
          expiresAt: new Date("2027-01-01"),
        },
      ],
      hasMore: false,
    });
    await client.accessTokens.revoke({ id });
    expect(await refusal(own.accessTokens.list())).toBe("server 401 authn: Invalid access token");
    expect(wire).toEqual([
      "POST /v1/access-tokens 201",
      "GET /v1/access-tokens 200",
      "DELETE /v1/access-tokens/ci%2Fbuild%20%C3%A9 204",
      "GET /v1/access-tokens 401",
    ]);
  });

  test.each([
    [undefined, ["a", "b/1", "b/2", "b/3", "c"], false],
    [{ prefix: "b/" }, ["b/1", "b/2", "b/3"], false],
    [{ prefix: "b/", startAfter: "b/1" }, ["b/2", "b/3"], false],
    [{ prefix: "b/", startAfter: "a" }, ["b/1", "b/2", "b/3"], false],
    [{ limit: 2 }, ["a", "b/1"], true],
    [{ prefix: "b/", startAfter: "b/1", limit: 2 }, ["b/2", "b/3"], false],
    [{ prefix: "none" }, [], false],
    [{ limit: 0 }, ["a", "b/1", "b/2", "b/3", "c"], false],
  ])("list %j", async (args, ids, more) => {
    for (const id of ["c", "b/2", "b/1", "a", "b/3"]) mock.issue({ id, scope });
    const { accessTokens, hasMore } = await client.accessTokens.list(args);
    expect([accessTokens.map(({ id }) => id), hasMore]).toEqual([ids, more]);
  });

  test("its helper walks all pages", async () => {
    for (const id of ["a", "b", "c"]) mock.issue({ id, scope });
    const ids: string[] = [];
    for await (const { id } of client.accessTokens.listAll({ limit: 2 })) ids.push(id);
    expect(ids).toEqual(["a", "b", "c"]);
    expect(wire).toEqual([
      "GET /v1/access-tokens?limit=2 200",
      "GET /v1/access-tokens?limit=2&start_after=b 200",
    ]);
  });
});

describe("refusals", () => {
  test("an id that is taken", async () => {
    await client.accessTokens.issue(issuing("a"));
    expect(await refusal(client.accessTokens.issue(issuing("a")))).toMatch(
      /^server 409 resource_already_exists: /,
    );
  });

  test("an id that is unknown, and one that was revoked", async () => {
    expect(await refusal(client.accessTokens.revoke({ id: "none" }))).toMatch(
      /^server 404 access_token_not_found: /,
    );
    await client.accessTokens.issue(issuing("a"));
    await client.accessTokens.revoke({ id: "a" });
    expect(await refusal(client.accessTokens.revoke({ id: "a" }))).toMatch(
      /^server 404 access_token_not_found: /,
    );
  });

  test("both of 422", async () => {
    expect(await refusal(client.accessTokens.issue({ id: "a", scope: {} }))).toBe(
      "server 422 invalid: Access token permissions cannot be empty",
    );
    const exact = { ...issuing("a").scope, streams: { exact: "one" } };
    expect(
      await refusal(client.accessTokens.issue({ id: "a", scope: exact, autoPrefixStreams: true })),
    ).toBe("server 422 invalid: Auto prefixing is only allowed for streams with prefix matching");
  });

  test("escalation of operations and of resources, and what is not permitted at all", async () => {
    const issuer = clientOf(
      mock.issue({
        id: "issuer",
        scope: {
          ops: ["issue-access-token", "read"],
          accessTokens: { prefix: "ci/" },
          streams: { prefix: "ci/" },
        },
      }),
    );
    const denied = "server 403 permission_denied: Operation not permitted";
    const { accessTokens } = issuer;
    await accessTokens.issue(issuing("ci/1"));
    const write = { id: "ci/2", scope: { ops: ["append" as const] } };
    expect(await refusal(accessTokens.issue(write))).toBe(denied);
    const wide = { id: "ci/2", scope: { ...issuing("").scope, streams: { prefix: "" } } };
    expect(await refusal(accessTokens.issue(wide))).toMatch(/^server 403 permission_denied: /);
    expect(await refusal(accessTokens.issue(issuing("other")))).toMatch(
      /^server 403 permission_denied: /,
    );
    expect(await refusal(accessTokens.list())).toBe(denied);
    expect(await refusal(accessTokens.revoke({ id: "ci/1" }))).toBe(denied);
  });

  test("a bearer that nobody has issued", async () => {
    const { accessTokens } = clientOf("nobody");
    const calls: readonly (() => Promise<unknown>)[] = [
      () => accessTokens.list(),
      () => accessTokens.issue(issuing("a")),
      () => accessTokens.revoke({ id: "a" }),
    ];
    for (const call of calls) {
      expect(await refusal(call())).toBe("server 401 authn: Invalid access token");
    }
  });

  test("a limit that is none", async () => {
    expect(await refusal(client.accessTokens.list({ limit: -1 }))).toMatch(
      /^server 400 bad_query: limit: /,
    );
  });
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AccessTokenInfo, isCallError, S2 } from "../../src/index.js";
import { type Mock, type MockSession, startMock } from "../../src/mock/index.js";
import { blocksOfMarkdown } from "./blocks.js";
import { readText } from "./project.js";
import { rotate } from "./rotate.js";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock?.stop());

test("the README has the recipe that is tested here", () => {
  const source = readText("test/readme/rotate.ts");
  const recipe = source.slice(source.indexOf("async function rotate"));
  const blocks = blocksOfMarkdown("README.md", readText("README.md"));
  expect(blocks.filter(({ text }) => text.includes(recipe.trim()))).toHaveLength(1);
});

let count = 0;
async function start(): Promise<{
  readonly session: MockSession;
  readonly client: S2;
  readonly old: AccessTokenInfo;
}> {
  count += 1;
  const name = `rotate-${count}`;
  const session = mock.session(name);
  const client = new S2({
    accessToken: mock.rootToken,
    endpoint: mock.url,
    headers: { "mock-session": name },
    retry: { baseDelay: 0, maxDelay: 0 },
  });
  const streams = { prefix: "ci/" };
  session.issue({ id: "ci/1", scope: { streams, ops: ["append"] }, autoPrefixStreams: true });
  const old = await client.accessTokens.get({ id: "ci/1" });
  if (old === undefined) throw new Error("the token is not listed");
  return { session, client, old };
}

const next = { id: "ci/2", expiresAt: "2125-01-01T00:00:00Z" };
const operations = ["issue_access_token", "revoke_access_token"] as const;
/** Failures of which nobody knows whether they were applied, that were not, and that were. */
const faults = ["unavailable", "hot_server", "storage:after", "reset", "reset:after"] as const;
const cases = operations.flatMap((operation) =>
  faults.flatMap((fault) =>
    [1, 2, Number.POSITIVE_INFINITY].map((times) => [operation, fault, times] as const),
  ),
);

describe("rotate", () => {
  test("replaces the token by one with the same scope", async () => {
    const { session, client, old } = await start();
    const held: string[] = [];
    await rotate(client, old, next, async (secret) => void held.push(secret));
    expect(held).toHaveLength(1);
    expect(session.tokens().map(({ id }) => id)).toEqual(["ci/2"]);
    const replaced = await client.accessTokens.get({ id: "ci/2" });
    expect(replaced).toMatchObject({ scope: old.scope, autoPrefixStreams: true });
  });

  test.each(cases)(
    "%s fails with %s, %d times: a token is left",
    async (operation, fault, times) => {
      const { session, client, old } = await start();
      session.setFaults({
        faults: [{ fault, operation, ...(Number.isFinite(times) && { times }) }],
      });
      const held: string[] = [];
      const failed = await rotate(client, old, next, async (secret) => void held.push(secret)).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(failed === undefined || isCallError(failed)).toBe(true);
      const ids = session.tokens().map(({ id }) => id);
      // The old token works, or the new one does and its secret was handed over.
      expect(ids.includes("ci/1") || (ids.includes("ci/2") && held.length === 1)).toBe(true);
      if (failed === undefined) expect(ids).toEqual(["ci/2"]);
    },
  );

  test("the hand-over fails: both tokens are left", async () => {
    const { session, client, old } = await start();
    const lost = new Error("the store is away");
    await expect(rotate(client, old, next, () => Promise.reject(lost))).rejects.toBe(lost);
    expect(session.tokens().map(({ id }) => id)).toEqual(["ci/1", "ci/2"]);
  });

  test("the id is taken: nobody's token is revoked", async () => {
    const { session, client, old } = await start();
    session.issue({ id: next.id, scope: { ops: ["read"] } });
    await expect(rotate(client, old, next, async () => {})).rejects.toMatchObject({
      code: "resource_already_exists",
    });
    expect(session.tokens().map(({ id }) => id)).toEqual(["ci/1", "ci/2"]);
  });

  test("after an issue of unknown outcome, another id succeeds", async () => {
    const { session, client, old } = await start();
    session.setFaults({
      faults: [{ fault: "storage:after", operation: "issue_access_token", times: 1 }],
    });
    const handOver = async (): Promise<void> => {};
    await expect(rotate(client, old, next, handOver)).rejects.toMatchObject({ outcome: "unknown" });
    await rotate(client, old, { ...next, id: "ci/3" }, handOver);
    expect(session.tokens().map(({ id }) => id)).toEqual(["ci/3"]);
  });
});

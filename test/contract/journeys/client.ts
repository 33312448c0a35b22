import assert from "node:assert/strict";
import type { S2 } from "../../../src/index.js";

/** What a journey is given. */
export interface Traveller {
  /** A client that may do everything. */
  readonly root: S2;
  /** A client with another bearer. */
  readonly as: (accessToken: string) => S2;
  /** The moment at which something expires, and how to get there. */
  readonly expiry: Date;
  readonly untilExpiry: () => Promise<void>;
}

type Journey = (traveller: Traveller) => Promise<void>;

/** The journeys of `openapi/journeys.arazzo.yaml`, under the same names, through the generated client. */
export const journeys: Readonly<Record<string, Journey>> = {
  lifecycle: async ({ root, as }) => {
    const id = "journey-lifecycle";
    const issued = await root.accessTokens.issue({ id, scope: { ops: ["list-access-tokens"] } });
    const own = as(issued.accessToken);
    const listed = await root.accessTokens.get({ id });
    assert.deepEqual(listed?.scope.ops, ["list-access-tokens"]);
    assert.equal(listed?.autoPrefixStreams, false);
    assert.deepEqual(await ids(own, id), [id]);
    await refused(own.accessTokens.revoke({ id }), 403, "permission_denied");
    await root.accessTokens.revoke({ id });
    await refused(own.accessTokens.list(), 401, "authn");
    await refused(root.accessTokens.revoke({ id }), 404, "access_token_not_found");
  },

  expiry: async ({ root, as, expiry, untilExpiry }) => {
    const id = "journey-expiry";
    const scope = { ops: ["list-access-tokens" as const] };
    const own = as((await root.accessTokens.issue({ id, scope, expiresAt: expiry })).accessToken);
    assert.deepEqual(await ids(own, id), [id]);
    assert.deepEqual((await root.accessTokens.get({ id }))?.expiresAt, expiry);
    await untilExpiry();
    await refused(own.accessTokens.list(), 401, "authn");
  },

  escalation: async ({ root, as }) => {
    const id = "journey-escalation";
    const issued = await root.accessTokens.issue({
      id,
      scope: {
        ops: ["issue-access-token", "read"],
        streams: { prefix: "logs/" },
        accessTokens: { prefix: `${id}-` },
      },
    });
    const { accessTokens } = as(issued.accessToken);
    const streams = { prefix: "logs/" };
    const excessive = [
      { id: `${id}-a`, scope: { ops: ["append" as const], streams } },
      { id: `${id}-b`, scope: { ops: ["read" as const], streams: { prefix: "log" } } },
      { id: "journey-elsewhere", scope: { ops: ["read" as const], streams } },
    ];
    for (const token of excessive) {
      await refused(accessTokens.issue(token), 403, "permission_denied");
    }
    const within = { ops: ["read" as const], streams: { prefix: "logs/web/" } };
    await accessTokens.issue({ id: `${id}-reader`, scope: within });
    assert.deepEqual(await ids(root, id), [id, `${id}-reader`]);
    for (const one of [`${id}-reader`, id]) await root.accessTokens.revoke({ id: one });
  },

  pagination: async ({ root }) => {
    const { accessTokens } = root;
    const prefix = "journey-pages-";
    const issue = (name: string): Promise<unknown> =>
      accessTokens.issue({ id: prefix + name, scope: { ops: ["read"] } });
    for (const name of ["a", "c", "e"]) await issue(name);
    const walked: string[] = [];
    for await (const page of accessTokens.listAll({ prefix, limit: 2 }).pages()) {
      walked.push(...page.accessTokens.map(({ id }) => id.slice(prefix.length)));
      if (walked.length > 2) continue;
      await issue("b");
      await issue("d");
      await accessTokens.revoke({ id: `${prefix}c` });
    }
    assert.deepEqual(walked, ["a", "c", "d", "e"]);
    for (const name of ["a", "b", "d", "e"]) await accessTokens.revoke({ id: prefix + name });
  },

  duplicate: async ({ root, as }) => {
    const id = "journey-duplicate";
    const issued = await root.accessTokens.issue({ id, scope: { ops: ["list-access-tokens"] } });
    const again = root.accessTokens.issue({ id, scope: { ops: ["append"] } });
    await refused(again, 409, "resource_already_exists");
    const [first] = (await as(issued.accessToken).accessTokens.list({ prefix: id })).accessTokens;
    assert.deepEqual(first?.scope.ops, ["list-access-tokens"]);
    await root.accessTokens.revoke({ id });
  },
};

async function ids({ accessTokens }: S2, prefix: string): Promise<readonly string[]> {
  const listed = await accessTokens.list({ prefix });
  return listed.accessTokens.map(({ id }) => id);
}

async function refused(call: Promise<unknown>, status: number, code: string): Promise<void> {
  await assert.rejects(call, { status, code });
}

import type { components } from "../../../generated/wire.js";
import type { AccessTokenInfo, ResourceSet } from "../../../src/index.js";
import type { Caller } from "./callers.js";
import type { Input } from "./input.js";

type Schemas = components["schemas"];
type Permissions = Schemas["ReadWritePermissions"] | null | undefined;

/**
 * The limit: what a person writes who needs nothing else. One `fetch` a call, the mapping that the client has too, and
 * no check, no limit of time, no retry.
 */
export function handWritten(fetch: typeof globalThis.fetch, base: string, token: string): Caller {
  const authorization = `Bearer ${token}`;
  return {
    name: "hand-written",
    list: async (limit) => {
      const response = await fetch(`${base}/access-tokens?limit=${limit}`, {
        headers: { authorization },
      });
      if (!response.ok) throw new Error(`status ${response.status}`);
      // Unchecked on purpose: this is the contender that takes answers at their word.
      const page = (await response.json()) as Schemas["ListAccessTokensResponse"];
      return { accessTokens: page.access_tokens.map(toToken), hasMore: page.has_more };
    },
    issue: async (input) => {
      const response = await fetch(`${base}/access-tokens`, {
        method: "POST",
        headers: { authorization, "content-type": "application/json" },
        body: JSON.stringify(toBody(input)),
      });
      if (!response.ok) throw new Error(`status ${response.status}`);
      const answer = (await response.json()) as Schemas["IssueAccessTokenResponse"];
      return { accessToken: answer.access_token };
    },
    revoke: async (id) => {
      const response = await fetch(`${base}/access-tokens/${encodeURIComponent(id)}`, {
        method: "DELETE",
        headers: { authorization },
      });
      if (!response.ok) throw new Error(`status ${response.status}`);
    },
  };
}

function toToken({ id, auto_prefix_streams, expires_at, scope }: Schemas["AccessTokenInfo"]) {
  return {
    id,
    autoPrefixStreams: auto_prefix_streams,
    scope: {
      accessTokens: toSet(scope.access_tokens),
      basins: toSet(scope.basins),
      opGroups:
        scope.op_groups == null
          ? null
          : {
              account: toPermissions(scope.op_groups.account),
              basin: toPermissions(scope.op_groups.basin),
              stream: toPermissions(scope.op_groups.stream),
            },
      ops: scope.ops ?? null,
      streams: toSet(scope.streams),
    },
    expiresAt: expires_at == null ? null : new Date(expires_at),
  } satisfies AccessTokenInfo;
}

function toSet(set: Schemas["ResourceSet"] | null | undefined): ResourceSet | null {
  if (set == null) return null;
  return "exact" in set ? { exact: set.exact } : { prefix: set.prefix };
}

function toPermissions(permissions: Permissions) {
  return permissions == null
    ? null
    : { read: permissions.read ?? false, write: permissions.write ?? false };
}

/** The request as it travels. */
export function toBody({
  id,
  scope: { basins, streams, opGroups },
  expiresAt,
}: Input): Schemas["IssueAccessTokenRequest"] {
  const scope = { basins, streams, op_groups: opGroups };
  return { id, scope, expires_at: expiresAt.toISOString() };
}

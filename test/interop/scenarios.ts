import type { FaultPlan, Mock, MockOptions } from "../../src/mock/index.js";

/** What a client said of its calls, a line for each, and the requests that the mock saw. */
export interface Seen {
  readonly said: readonly string[];
  readonly wire: readonly string[];
}

/** One situation that every client is put into. */
export interface Scenario extends Seen {
  /** The argument of every `scenarios` program. */
  readonly name: string;
  /** For the heading of the table. */
  readonly title: string;
  readonly options?: Pick<MockOptions, "tokens" | "faults" | "document">;
  /** Prepares a mock; the secret that it gives is the caller's in place of the root's. */
  readonly prepare?: (mock: Mock) => string;
}

const scope = { ops: ["read" as const] };
const three = ["a", "b", "c"].map((id) => ({ id, scope }));
const listPath = "/v1/access-tokens";

/** `times` requests of an operation fail. */
function failing(operation: string, fault: string, times: number): FaultPlan {
  return { faults: [{ operation, fault, times }] };
}

/** A caller that may do all with tokens; then it expires. */
function expired(mock: Mock): string {
  const secret = mock.issue({
    id: "caller",
    scope: { accessTokens: { prefix: "" }, opGroups: { account: { read: true, write: true } } },
    expiresAt: new Date("2026-02-01"),
  });
  mock.setClock({ mode: "fixed", at: "2026-03-01T00:00:00Z" });
  return secret;
}

/**
 * The scenarios, each with what a client does that keeps to the contract. A client that does otherwise has a row in
 * `differences.ts`.
 */
export const scenarios: readonly Scenario[] = [
  {
    name: "page-boundary",
    title: "a page boundary",
    options: { tokens: three },
    said: ["list a,b more=true", "list c more=false", "list a,b,c more=false", "walk a,b,c"],
    wire: [
      `GET ${listPath}?limit=2 200`,
      `GET ${listPath}?limit=2&start_after=b 200`,
      `GET ${listPath}?limit=3 200`,
      `GET ${listPath} 200`,
    ],
  },
  {
    name: "expiry",
    title: "a date of expiry, none, and one that is past",
    said: [
      "issue secret",
      "issue secret",
      "list dated 2027-01-01T00:00:00Z, endless never",
      "issue server 422 invalid",
    ],
    wire: [
      `POST ${listPath} 201`,
      `POST ${listPath} 201`,
      `GET ${listPath} 200`,
      `POST ${listPath} 422`,
    ],
  },
  {
    name: "expired",
    title: "a caller whose token has expired",
    prepare: expired,
    said: ["list server 401 authn", "issue server 401 authn", "revoke server 401 authn"],
    wire: [`GET ${listPath} 401`, `POST ${listPath} 401`, `DELETE ${listPath}/other 401`],
  },
  {
    name: "taken-id",
    title: "an id that is taken",
    options: { tokens: [{ id: "taken", scope }] },
    said: ["issue server 409 resource_already_exists"],
    wire: [`POST ${listPath} 409`],
  },
  {
    name: "missing-permission",
    title: "a missing permission",
    prepare: (mock) => mock.issue({ id: "caller", scope }),
    said: [
      "list server 403 permission_denied",
      "issue server 403 permission_denied",
      "revoke server 403 permission_denied",
    ],
    wire: [`GET ${listPath} 403`, `POST ${listPath} 403`, `DELETE ${listPath}/other 403`],
  },
  {
    name: "unknown-operation",
    title: "an unknown operation in a response",
    options: { tokens: three, faults: failing("list_access_tokens", "unknown", 1) },
    said: ["list a,b,c more=false"],
    wire: [`GET ${listPath} 200`],
  },
  {
    name: "list-503",
    title: "list: 503, then success",
    options: { tokens: three, faults: failing("list_access_tokens", "unavailable", 2) },
    said: ["list a,b,c more=false"],
    wire: [`GET ${listPath} 503`, `GET ${listPath} 503`, `GET ${listPath} 200`],
  },
  {
    name: "issue-503",
    title: "issue: 503 that may have had an effect",
    options: { faults: failing("issue_access_token", "unavailable", 1) },
    said: ["issue server 503 unavailable"],
    wire: [`POST ${listPath} 503`],
  },
  {
    name: "issue-500-after-commit",
    title: "issue: 500 after the commit",
    options: { faults: failing("issue_access_token", "other:after", 1) },
    said: ["issue server 500 other"],
    wire: [`POST ${listPath} 500`],
  },
  {
    name: "dot-ids",
    title: "`..`, `.` and an empty id, and `a/b`",
    options: { tokens: [{ id: "a/b", scope }] },
    said: [
      "revoke client",
      "issue client",
      "revoke client",
      "issue client",
      "revoke client",
      "revoke ok",
    ],
    wire: [`DELETE ${listPath}/a%2Fb 204`],
  },
  ...["gzip", "zstd"].map((encoding) => ({
    name: encoding,
    title: `compression: ${encoding}`,
    said: ["issue secret", `list ${encoding} more=false`],
    wire: [`POST ${listPath} 201`, `GET ${listPath} 200`],
  })),
];

import type { Operation } from "../../../src/index.js";
import { type Situation, target } from "./situation.js";

/** What kind of refusal it is. */
type Kind = "authentication" | "shape" | "permission" | "rule" | "escalation" | "state";

/** One thing that is wrong with a request, and how it is refused. */
export interface Rung {
  readonly cause: string;
  readonly kind: Kind;
  /** What it changes; two causes that change the same cannot apply at once. */
  readonly slot: string;
  /** Whether it can be said only of a body that can be parsed. */
  readonly isInBody?: boolean;
  readonly change: Partial<Situation> & { readonly body?: Situation["body"] };
  /** Status and code. */
  readonly want: string;
  /** In the words of the refusal. */
  readonly words: RegExp;
}

/** All that can be wrong with the calls of one operation, the cause that wins first. */
export interface Ladder {
  readonly operation: string;
  /** A situation in which nothing is wrong. */
  readonly start: Situation;
  /** Status of the success. */
  readonly success: number;
  readonly rungs: readonly Rung[];
}

const allowed: readonly Operation[] = [
  "issue-access-token",
  "revoke-access-token",
  "list-access-tokens",
  "read",
];

const start: Situation = {
  credential: "valid",
  operations: allowed,
  accessTokens: { prefix: "t/" },
  exists: false,
  method: "GET",
  path: "",
  contentType: "application/json",
  body: undefined,
  cut: false,
};

const authentication: readonly Rung[] = (
  [
    ["missing", /no header Authorization/],
    ["unknown", /unknown or was revoked/],
    ["revoked", /unknown or was revoked/],
    ["expired", /has expired/],
  ] as const
).map(([credential, words]) => ({
  cause: `the bearer token is ${credential}`,
  kind: "authentication",
  slot: "credential",
  change: { credential },
  want: "401 authn",
  words,
}));

function lacks(operation: Operation): Rung {
  return {
    cause: `the caller may not ${operation}`,
    kind: "permission",
    slot: "operations",
    change: { operations: allowed.filter((one) => one !== operation) },
    want: "403 permission_denied",
    words: new RegExp(`does not have the operation ${operation}`),
  };
}

const outside: Rung = {
  cause: "the id is outside the caller's access_tokens",
  kind: "permission",
  slot: "accessTokens",
  isInBody: true,
  change: { accessTokens: { prefix: "other/" } },
  want: "403 permission_denied",
  words: /id is outside/,
};

const list: Ladder = {
  operation: "list_access_tokens",
  start,
  success: 200,
  rungs: [
    ...authentication,
    {
      cause: "the query breaks its schema",
      kind: "shape",
      slot: "path",
      change: { path: "?limit=-1" },
      want: "400 bad_query",
      words: /limit/,
    },
    lacks("list-access-tokens"),
  ],
};

const issue: Ladder = {
  operation: "issue_access_token",
  start: {
    ...start,
    method: "POST",
    body: { id: target, scope: { ops: ["read"], streams: { prefix: "a/b" } } },
  },
  success: 201,
  rungs: [
    ...authentication,
    {
      cause: "the body is of another type",
      kind: "shape",
      slot: "contentType",
      change: { contentType: "text/plain" },
      want: "400 bad_header",
      words: /Content-Type/,
    },
    {
      cause: "the body ends half way",
      kind: "shape",
      slot: "cut",
      change: { cut: true },
      want: "400 bad_json",
      words: /JSON/,
    },
    {
      cause: "the body breaks its schema",
      kind: "shape",
      slot: "op_groups",
      isInBody: true,
      change: { body: { scope: { op_groups: { account: "all" } } } },
      want: "400 bad_json",
      words: /op_groups/,
    },
    lacks("issue-access-token"),
    outside,
    {
      cause: "the scope allows no operation",
      kind: "rule",
      slot: "ops",
      isInBody: true,
      change: { body: { scope: { ops: [] } } },
      want: "422 invalid",
      words: /permissions cannot be empty/,
    },
    {
      cause: "auto-prefixing goes with no prefix",
      kind: "rule",
      slot: "streams",
      isInBody: true,
      change: { body: { auto_prefix_streams: true, scope: { streams: { exact: "a/b" } } } },
      want: "422 invalid",
      words: /only allowed for streams with prefix/,
    },
    {
      cause: "expires_at has passed",
      kind: "rule",
      slot: "expires_at",
      isInBody: true,
      change: { body: { expires_at: "2099-12-31T00:00:00Z" } },
      want: "422 invalid",
      words: /has passed/,
    },
    {
      cause: "expires_at is later than the caller's own",
      kind: "rule",
      slot: "expires_at",
      isInBody: true,
      change: { body: { expires_at: "2100-01-02T00:00:00Z" } },
      want: "422 invalid",
      words: /later than/,
    },
    {
      cause: "the scope has an operation that the caller lacks",
      kind: "escalation",
      slot: "ops",
      isInBody: true,
      change: { body: { scope: { ops: ["read", "append"] } } },
      want: "403 permission_denied",
      words: /operations that the caller does not have: append/,
    },
    {
      cause: "the scope has basins that the caller lacks",
      kind: "escalation",
      slot: "basins",
      isInBody: true,
      change: { body: { scope: { basins: { prefix: "" } } } },
      want: "403 permission_denied",
      words: /basins: the caller has/,
    },
    {
      cause: "the id is taken",
      kind: "state",
      slot: "exists",
      isInBody: true,
      change: { exists: true },
      want: "409 resource_already_exists",
      words: /already exists/,
    },
  ],
};

const revoke: Ladder = {
  operation: "revoke_access_token",
  start: { ...start, method: "DELETE", path: `/${encodeURIComponent(target)}`, exists: true },
  success: 204,
  rungs: [
    ...authentication,
    {
      cause: "the id is too long",
      kind: "shape",
      slot: "path",
      change: { path: `/${"t".repeat(97)}` },
      want: "400 bad_path",
      words: /id: expected 1 to 96 bytes/,
    },
    lacks("revoke-access-token"),
    outside,
    {
      cause: "there is no token of the id",
      kind: "state",
      slot: "exists",
      change: { exists: false },
      want: "404 access_token_not_found",
      words: /no token has this id/,
    },
  ],
};

/** One ladder for each operation. */
export const ladders: readonly Ladder[] = [list, issue, revoke];

/**
 * Our wire types against those that `@s2-dev/streamstore` publishes. Nothing here runs: `tsc -p .` is the test.
 *
 * Every pair in `Compared` is the same to the compiler, or is a row of `differences` with its reason. A pair that
 * grows apart lacks a row; a pair that converges has a row too many. Either is a compile error that names the pair.
 */
// By path, because the package does not export its generated types.

import type { components, operations, paths } from "../../generated/wire.js";
import type * as theirs from "../../node_modules/@s2-dev/streamstore/dist/esm/generated/types.gen.js";
import type { Equal, Flat } from "./equal.js";

type Schemas = components["schemas"];

/** No body, as their generator writes it. */
type Nothing = ReturnType<() => void>;

/** What a response carries: the type of its JSON, if it has any. */
type Content<Response> = Response extends { content: { "application/json": infer Body } }
  ? Body
  : Nothing;

/** What each status of ours carries. */
type Contents<Operation extends keyof operations> = {
  [Status in keyof operations[Operation]["responses"]]: Content<
    operations[Operation]["responses"][Status]
  >;
};

/** The same statuses on both sides, by what we say of them. */
type Shared<Operation extends keyof operations, Statuses> = Flat<
  Pick<Contents<Operation>, keyof Contents<Operation> & keyof Statuses>
>;

/** Statuses that we declare and they do not. */
type OnlyOurs<Operation extends keyof operations, Statuses> = Exclude<
  keyof Contents<Operation>,
  keyof Statuses
>;

/** A reason for each status that only we declare. */
type StatusReasons<Operation extends keyof operations, Statuses> = Reasons<
  keyof Contents<Operation>,
  OnlyOurs<Operation, Statuses>
>;

type ListStatuses = theirs.ListAccessTokensResponses & theirs.ListAccessTokensErrors;
type IssueStatuses = theirs.IssueAccessTokenResponses & theirs.IssueAccessTokenErrors;
type RevokeStatuses = theirs.RevokeAccessTokenResponses & theirs.RevokeAccessTokenErrors;

type Parameters<Operation extends keyof operations> = operations[Operation]["parameters"];

/** Ours first, theirs second. */
interface Compared {
  AccessTokenIdStr: [Schemas["AccessTokenIdStr"], theirs.AccessTokenIdStr];
  AccessTokenInfo: [Schemas["AccessTokenInfo"], theirs.AccessTokenInfo];
  AccessTokenScope: [Schemas["AccessTokenScope"], theirs.AccessTokenScope];
  ErrorInfo: [Schemas["ErrorInfo"], theirs.ErrorInfo];
  IssueAccessTokenRequest: [Schemas["IssueAccessTokenRequest"], theirs.IssueAccessTokenRequest];
  IssueAccessTokenResponse: [Schemas["IssueAccessTokenResponse"], theirs.IssueAccessTokenResponse];
  ListAccessTokensResponse: [Schemas["ListAccessTokensResponse"], theirs.ListAccessTokensResponse];
  Operation: [Schemas["Operation"], theirs.Operation];
  PermittedOperationGroups: [Schemas["PermittedOperationGroups"], theirs.PermittedOperationGroups];
  ReadWritePermissions: [Schemas["ReadWritePermissions"], theirs.ReadWritePermissions];
  ResourceSet: [Schemas["ResourceSet"], theirs.ResourceSet];

  "list: path": [keyof paths & "/access-tokens", theirs.ListAccessTokensData["url"]];
  "list: query": [Parameters<"list_access_tokens">["query"], theirs.ListAccessTokensData["query"]];
  "list: path parameters": [
    Parameters<"list_access_tokens">["path"],
    theirs.ListAccessTokensData["path"],
  ];
  "list: body": [
    operations["list_access_tokens"]["requestBody"],
    theirs.ListAccessTokensData["body"],
  ];
  "issue: path": [keyof paths & "/access-tokens", theirs.IssueAccessTokenData["url"]];
  "issue: query": [Parameters<"issue_access_token">["query"], theirs.IssueAccessTokenData["query"]];
  "issue: path parameters": [
    Parameters<"issue_access_token">["path"],
    theirs.IssueAccessTokenData["path"],
  ];
  "issue: body": [
    operations["issue_access_token"]["requestBody"]["content"]["application/json"],
    theirs.IssueAccessTokenData["body"],
  ];
  "revoke: path": [keyof paths & "/access-tokens/{id}", theirs.RevokeAccessTokenData["url"]];
  "revoke: query": [
    Parameters<"revoke_access_token">["query"],
    theirs.RevokeAccessTokenData["query"],
  ];
  "revoke: path parameters": [
    Parameters<"revoke_access_token">["path"],
    theirs.RevokeAccessTokenData["path"],
  ];
  "revoke: body": [
    operations["revoke_access_token"]["requestBody"],
    theirs.RevokeAccessTokenData["body"],
  ];

  "list: answers": [Shared<"list_access_tokens", ListStatuses>, Flat<ListStatuses>];
  "issue: answers": [Shared<"issue_access_token", IssueStatuses>, Flat<IssueStatuses>];
  "revoke: answers": [Shared<"revoke_access_token", RevokeStatuses>, Flat<RevokeStatuses>];
}

/** The pairs that are not the same. */
type Differing = {
  [Name in keyof Compared]: Equal<Compared[Name][0], Compared[Name][1]> extends true ? never : Name;
}[keyof Compared];

/** A reason for each key that differs, and none for a key that does not. */
type Reasons<Key extends PropertyKey, Different extends Key> = {
  readonly [One in Different]: string;
} & { readonly [One in Exclude<Key, Different>]?: never };

const nullable =
  "Their Rust client sends auto_prefix_streams as null, and the service takes that for false.";

/** Why a pair is meant to differ. */
export const differences: Reasons<keyof Compared, Differing> = {
  IssueAccessTokenRequest: nullable,
  "issue: body": nullable,
};

const bearer = "Every call carries a bearer token, so every call may be refused.";
const limited = "Any call may be rate limited, which says how long to wait.";
const coded = "An error code of the service has this status.";

/**
 * Why we declare a status that they do not. Rows are written out, because the compiler finds a row too many among
 * written ones only. A status that they declare and we do not is a row of {@link differences}.
 */
export const statuses: {
  readonly list: StatusReasons<"list_access_tokens", ListStatuses>;
  readonly issue: StatusReasons<"issue_access_token", IssueStatuses>;
  readonly revoke: StatusReasons<"revoke_access_token", RevokeStatuses>;
} = {
  list: {
    401: bearer,
    429: limited,
    500: coded,
    501: coded,
    502: coded,
    503: coded,
    504: coded,
  },
  issue: {
    401: bearer,
    422: "The answer to a scope without operations, and to auto-prefixing without a prefix.",
    429: limited,
    500: coded,
    501: coded,
    502: coded,
    503: coded,
    504: coded,
  },
  revoke: {
    401: bearer,
    404: "The answer to an id that is unknown or already revoked.",
    429: limited,
    500: coded,
    501: coded,
    502: coded,
    503: coded,
    504: coded,
  },
};

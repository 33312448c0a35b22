/**
 * A program of a user of the package, who has the published types and no more. It uses all that the package exports, and
 * is compiled by each compiler under each of its set-ups. It is not part of the project's own type check, which knows
 * the sources. What it exports has inferred types, which declarations of the user's own must be able to name.
 */
import {
  type AccessTokenIdStr,
  type AccessTokenInfo,
  type AccessTokenScope,
  type AccessTokenScopeInput,
  type AccessTokenScopeInputFields,
  AccessTokens,
  Api,
  ApiError,
  type AtLeastOneOf,
  type AuthOptions,
  all,
  BadGatewayError,
  BadRequestError,
  baseUrls,
  type Call,
  CallError,
  type CallEvent,
  type CallFailure,
  type CallOptions,
  type ClientOptions,
  ConflictError,
  ContractError,
  createClient,
  createFetchClient,
  type DateInput,
  defaultBaseUrl,
  type ErrorCode,
  type ErrorCodeFacts,
  type ErrorEvent,
  type ErrorInfo,
  type ExactSet,
  type ExplainOptions,
  errorCodes,
  exact,
  explainScope,
  type Fetch,
  type FetchClient,
  ForbiddenError,
  GatewayTimeoutError,
  type Hooks,
  InternalServerError,
  type IssueAccessTokenFailure,
  type IssueAccessTokenRequest,
  type IssueAccessTokenRequestFields,
  type IssueAccessTokenRequestWithAutoPrefixStreams,
  type IssueAccessTokenRequestWithoutAutoPrefixStreams,
  type IssueAccessTokenResponse,
  isApiError,
  isCallError,
  isUnrecognized,
  type ListAccessTokensFailure,
  type ListAccessTokensParams,
  type ListAccessTokensResponse,
  type Listing,
  NotFoundError,
  NotImplementedError,
  none,
  type OnlyOneOf,
  type Operation,
  type OperationFacts,
  type OperationGroup,
  type OperationTable,
  type Outcome,
  operationTable,
  type PermittedOperationGroups,
  type PermittedOperationGroupsInput,
  type PermittedOperationGroupsInputFields,
  type PrefixSet,
  prefix,
  type ReadWritePermissions,
  type ReadWritePermissionsInput,
  type ReadWritePermissionsInputFields,
  type RequestEvent,
  RequestTimeoutError,
  type Requires,
  type ResourceKind,
  type ResourceSet,
  type ResourceSetInput,
  type ResponseEvent,
  type RetryEvent,
  type RetryOptions,
  type RevokeAccessTokenFailure,
  type RevokeAccessTokenParams,
  S2,
  type S2Options,
  type ScopeRow,
  type ServerSentEvent,
  ServiceUnavailableError,
  type Settled,
  settle,
  TimeoutError,
  type TimeoutOptions,
  type ToArrayOptions,
  TooManyRequestsError,
  TransportError,
  UnauthorizedError,
  type UnlistedCode,
  type UnlistedError,
  UnprocessableContentError,
  type UnrecognizedNumber,
  type UnrecognizedString,
  type UnrecognizedTag,
  type UnrecognizedVariant,
  type WithResponse,
  withResponse,
} from "s2-token-contract";
import { createFetchClient as createRaw } from "s2-token-contract/fetch";
import document from "s2-token-contract/openapi.json" with { type: "json" };
import type { components, operations, paths } from "s2-token-contract/wire";

const retry: RetryOptions = { attempts: 2, baseDelay: 10, maxDelay: 20 };
const timeouts: TimeoutOptions = { attempt: 1000, total: 2000 };
const send: Fetch = (input, init) => fetch(input, init);

const events: CallEvent[] = [];
export const hooks: Hooks = {
  request: (event: RequestEvent) => events.push(event),
  response: (event: ResponseEvent) => events.push(event),
  retry: ({ error, delay }: RetryEvent) => console.log(error.message, delay),
  error: ({ error, duration }: ErrorEvent) => console.log(String(error), duration),
};

const options: S2Options = {
  accessToken: async () => "any",
  endpoint: "http://127.0.0.1:4010",
  fetch: send,
  headers: { "x-trace": "1" },
  userAgent: "surface/1",
  hooks,
  retry,
  timeouts,
};
export const client = new S2(options);
export const resource: AccessTokens = client.accessTokens;
const api: Api = client;
void [AccessTokens, Api, api];

// @ts-expect-error no such option
new S2({ token: "any" });

const readWrite: ReadWritePermissionsInput = { read: true, write: false };
const groups: PermittedOperationGroupsInput = { stream: readWrite };
const streams: ResourceSet = { prefix: "ci/" };
const operation: Operation = "append";
const scope: AccessTokenScopeInput = { streams, opGroups: groups, ops: [operation], basins: null };
const id: AccessTokenIdStr = "ci/build/42";
const until: DateInput = new Date("2099-01-01T00:00:00Z");

// @ts-expect-error a set is one name or one prefix
export const both: ResourceSet = { exact: "a", prefix: "b" };
// @ts-expect-error not an operation
export const misspelt: AccessTokenScopeInput = { ops: ["apend"] };

// @ts-expect-error it allows nothing
export const nothing: AccessTokenScopeInput = { streams: all };

const covered: OperationFacts = {
  group: "stream" satisfies OperationGroup,
  access: "write",
  certain: true,
  needs: ["basins" satisfies ResourceKind],
};
const table: OperationTable = { ...operationTable, "create-stream": covered };
const explained: ExplainOptions = { table };
export const rows: readonly ScopeRow[] = explainScope(
  { basins: all, streams: exact("a"), accessTokens: none, ops: ["read"] },
  explained,
);
export const set: PrefixSet = prefix("a");

export async function calls(signal: AbortSignal) {
  const call: CallOptions = { signal, headers: { "x-trace": "2" }, retry: false, timeouts };
  const wanted: ListAccessTokensParams = { prefix: "ci/", startAfter: "ci/a", limit: 10 };
  const page: ListAccessTokensResponse = await client.accessTokens.list(wanted, call);
  const walk: Listing<AccessTokenInfo, ListAccessTokensResponse> = client.accessTokens.listAll();
  let count = page.accessTokens.length;
  for await (const { id, expiresAt, autoPrefixStreams } of walk) {
    const moment: Date | null = expiresAt;
    if (autoPrefixStreams && moment !== null) count += id.length;
  }
  for await (const { accessTokens, hasMore } of walk.pages()) {
    count += hasMore ? accessTokens.length : 0;
  }
  const found: AccessTokenInfo | undefined = await client.accessTokens.get({ id }, call);
  const listed: AccessTokenScope | undefined = found?.scope;
  if (found !== undefined) {
    await client.accessTokens.issue({ ...found, id: "ci/43" });
    await client.accessTokens.issue({ id, scope: found.scope, expiresAt: until });
  }
  const listedGroups: PermittedOperationGroups | null | undefined = listed?.opGroups;
  const permissions: ReadWritePermissions | null | undefined = listedGroups?.stream;
  const prefixed = { ...scope, streams: prefix("ci/") };
  const input: IssueAccessTokenRequest = {
    id,
    scope: prefixed,
    expiresAt: until,
    autoPrefixStreams: true,
  };
  // @ts-expect-error a set that may be a name is no prefix
  const unprefixed: IssueAccessTokenRequest = { id, scope, autoPrefixStreams: true };
  const issued: IssueAccessTokenResponse = await client.accessTokens.issue(input, call);
  const gone: RevokeAccessTokenParams = { id };
  const revoked: Call<void, RevokeAccessTokenFailure> = client.accessTokens.revoke(gone, call);
  await revoked;
  // @ts-expect-error what was read cannot be written to
  page.hasMore = false;
  return { count, permissions, unprefixed, secret: issued.accessToken };
}

/** Every code of the operation, and what else can happen: the compiler refuses the last line if one is missing. */
export async function exhaustive() {
  const result: Settled<void, RevokeAccessTokenFailure> = await settle(
    client.accessTokens.revoke({ id }),
  );
  if (result.ok) return "revoked";
  const { error } = result;
  switch (error.code) {
    case "bad_path":
    case "bad_header": {
      const narrowed: BadRequestError = error;
      return narrowed.message;
    }
    case "access_token_not_found": {
      const narrowed: NotFoundError = error;
      const body: ErrorInfo | string | undefined = narrowed.body;
      return body;
    }
    case "authn":
    case "permission_denied":
    case "request_timeout":
    case "rate_limited":
    case "other":
    case "storage":
    case "not_implemented":
    case "hot_server":
    case "unavailable":
    case "server_draining":
    case "upstream_timeout":
      return error.status;
    default: {
      const rest: CallFailure = error;
      const code: UnlistedCode | undefined = rest.code;
      const answered: UnlistedError | undefined = rest.name === "ApiError" ? rest : undefined;
      return answered?.headers.get("x-request-id") ?? code;
    }
  }
}

/** A switch that forgets codes: what is left is no {@link UnlistedCode}. */
export async function forgetful() {
  const result = await settle(client.accessTokens.list());
  if (result.ok) return undefined;
  if (result.error.code === "authn") return undefined;
  // @ts-expect-error the other codes of the operation are left
  const rest: UnlistedCode | undefined = result.error.code;
  return rest;
}

export async function inferred() {
  const [listed, issued] = await Promise.all([
    settle(client.accessTokens.list()),
    settle(client.accessTokens.issue({ id, scope })),
  ]);
  return { listed, issued, code: issued.ok ? undefined : issued.error.code };
}

export type Failures = IssueAccessTokenFailure | ListAccessTokensFailure;

const classes = [
  BadRequestError,
  UnauthorizedError,
  ForbiddenError,
  NotFoundError,
  RequestTimeoutError,
  ConflictError,
  UnprocessableContentError,
  TooManyRequestsError,
  InternalServerError,
  NotImplementedError,
  BadGatewayError,
  ServiceUnavailableError,
  GatewayTimeoutError,
] as const;

export function explain(error: unknown) {
  if (!isCallError(error)) return String(error);
  const outcome: Outcome = error.outcome;
  if (classes.some((Class) => error instanceof Class)) return outcome;
  if (isApiError(error) || error instanceof ApiError) return `${error.status} ${error.requestId}`;
  if (error instanceof TimeoutError) return `${error.which} ${error.limit}`;
  if (error instanceof ContractError) return `${error.pointer} ${error.expected}`;
  const rest: CallError = error;
  return rest instanceof TransportError && rest instanceof CallError && rest.retryable;
}

const known: ErrorCode = "authn";
const facts: ErrorCodeFacts = errorCodes[known];
const raw: FetchClient = createFetchClient({ baseUrl: baseUrls[0] ?? defaultBaseUrl });

export async function below() {
  const query: operations["list_access_tokens"]["parameters"]["query"] = { start_after: "ci/" };
  const { data, error, response } = await client.raw.GET("/access-tokens", { params: { query } });
  const body: components["schemas"]["IssueAccessTokenRequest"] = { id, scope: { ops: ["read"] } };
  const issued = await createRaw().POST("/access-tokens", { body });
  // @ts-expect-error no such path
  await raw.GET("/tokens");
  const path: keyof paths = "/access-tokens/{id}";
  const count = data?.access_tokens.length;
  return [count, error?.code, response.status, issued.data?.access_token, path, facts.status];
}

export const version: string = document.openapi;

/** A client without the environment of S2, as `createClient` makes it. */
const auth: AuthOptions = { accessToken: () => "any" };
const own: ClientOptions = { auth, baseUrl: "http://127.0.0.1:4010/v1", maxResponseBytes: 1024 };
const limit: ToArrayOptions = { maxItems: 10 };

export async function others() {
  const made: Api = createClient(own);
  const answered: WithResponse<void> = await withResponse(made.accessTokens.revoke({ id }));
  const some: readonly AccessTokenInfo[] = await made.accessTokens.listAll().toArray(limit);
  return [answered.status, answered.headers.get("x-request-id"), some.map(grants)];
}

/** What a listed token may do: sets and operations may be of kinds that are newer than the contract. */
function grants({ scope: { streams, ops } }: AccessTokenInfo) {
  if (isUnrecognized(streams)) {
    const kept: UnrecognizedVariant = streams;
    return JSON.stringify(kept.raw);
  }
  const named: ResourceSetInput | null = streams;
  const newer: UnrecognizedString | undefined = ops?.find(isNewer);
  return named?.exact ?? named?.prefix ?? newer;
}

function isNewer(one: Operation | UnrecognizedString): one is UnrecognizedString {
  const names: readonly string[] = Object.keys(operationTable);
  return !names.includes(one);
}

/** Without its rules, an input is its fields; with auto-prefix it needs a prefix. */
const fields: AccessTokenScopeInputFields = { ops: ["read"] };
const least: AtLeastOneOf<"opGroups" | "ops", AccessTokenScopeInputFields> = { ops: ["read"] };
const request: IssueAccessTokenRequestFields = { id, scope: least };
const prefixing: IssueAccessTokenRequestWithAutoPrefixStreams = {
  id,
  scope: { ...least, streams: prefix("ci/") },
  autoPrefixStreams: true,
};
const plain: IssueAccessTokenRequestWithoutAutoPrefixStreams = { id, scope: least };
const one: ExactSet = exact("a");
const group: ReadWritePermissionsInputFields = { read: true };
const covers: PermittedOperationGroupsInputFields = { stream: readWrite };
export const inputs: readonly object[] = [fields, request, prefixing, plain, one, group, covers];

/** Types that stand in messages of the compiler, and those that other documents use. */
export type Named = [
  OnlyOneOf<"exact" | "prefix">,
  Requires<"scope", "autoPrefixStreams", IssueAccessTokenRequestFields>,
  ServerSentEvent<string>,
  UnrecognizedNumber,
  UnrecognizedTag<"kind", UnrecognizedString>,
];

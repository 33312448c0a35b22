/** What the public types allow and refuse. Nothing here runs: `tsc -p .` is the test. */
import {
  type AccessTokenInfo,
  type AccessTokenScope,
  type AccessTokenScopeInput,
  ApiError,
  all,
  ConflictError,
  type DateInput,
  type ErrorInfo,
  exact,
  type IssueAccessTokenRequest,
  type IssueAccessTokenResponse,
  isApiError,
  isUnrecognized,
  type ListAccessTokensResponse,
  type Listing,
  none,
  type Operation,
  type Outcome,
  type PermittedOperationGroups,
  prefix,
  type ReadWritePermissions,
  RequestTimeoutError,
  type ResourceSet,
  type ResourceSetInput,
  S2,
  type UnrecognizedString,
} from "../../src/index.js";
import type { Equal, Holds } from "./equal.js";

/** The seed's call, and what goes with it. */
export async function calls(client: S2): Promise<void> {
  const { accessTokens, hasMore } = await client.accessTokens.list();
  const tokens: readonly AccessTokenInfo[] = accessTokens;
  const more: boolean = hasMore;
  for await (const { id, expiresAt } of client.accessTokens.listAll()) {
    const shown: [string, Date | null] = [id, expiresAt];
    void shown;
  }
  const issued = await client.accessTokens.issue({ id: "a", scope: { ops: ["read"] } });
  const secret: string = issued.accessToken;
  await client.accessTokens.revoke({ id: "a" });
  await client.accessTokens.list({ prefix: undefined }, { signal: AbortSignal.abort() });
  void [tokens, more, secret];

  // @ts-expect-error an id is needed
  await client.accessTokens.revoke();
  // @ts-expect-error an id is needed
  await client.accessTokens.revoke({});
  // @ts-expect-error an id is a text, and in an object
  await client.accessTokens.revoke("a");
  // @ts-expect-error an id is not optional
  await client.accessTokens.revoke({ id: undefined });
  // @ts-expect-error a request is needed
  await client.accessTokens.issue();
  // @ts-expect-error a scope is needed
  await client.accessTokens.issue({ id: "a" });
  // @ts-expect-error a scope is not null
  await client.accessTokens.issue({ id: "a", scope: null });
  // Null is false, as the official Rust client sends it.
  await client.accessTokens.issue({ id: "a", scope: { ops: ["read"] }, autoPrefixStreams: null });
  // @ts-expect-error a group has no null for its halves in the contract
  await client.accessTokens.issue({ id: "a", scope: { opGroups: { stream: { read: null } } } });
  // @ts-expect-error snake_case is for the wire
  await client.accessTokens.issue({ id: "a", scope: { op_groups: {} } });
  // @ts-expect-error no such parameter
  await client.accessTokens.list({ startsWith: "a" });
  // @ts-expect-error snake_case is for the wire
  await client.accessTokens.list({ start_after: "a" });
  // @ts-expect-error a limit is a number
  await client.accessTokens.list({ limit: "10" });
  // @ts-expect-error no such call option
  await client.accessTokens.list({}, { timeout: 5 });
  const found: AccessTokenInfo | undefined = await client.accessTokens.get({ id: "a" });
  const collected: AccessTokenInfo[] = await client.accessTokens.listAll().toArray();
  void [found, collected];
  // @ts-expect-error an id is in an object
  await client.accessTokens.get("a");
  // @ts-expect-error a listing is no array, awaited or not
  void (await client.accessTokens.listAll()).length;
}

/** The options of the client. */
export function options(): void {
  new S2();
  new S2({ accessToken: "x", endpoint: "http://127.0.0.1:4010", headers: { a: "b" } });
  new S2({ accessToken: undefined, fetch: (input, init) => fetch(input, init) });
  new S2({ accessToken: "x", fetch });
  // @ts-expect-error it is called as the platform's is: with a URL, too
  new S2({ accessToken: "x", fetch: (request: Request) => fetch(request) });
  // @ts-expect-error a token is a text
  new S2({ accessToken: 5 });
  // @ts-expect-error no such option
  new S2({ baseUrl: "http://127.0.0.1:4010" });
}

/** One resource set is one of two; neither and both are refused, in requests and in answers. */
export function resourceSets(given: ResourceSet): readonly ResourceSet[] {
  const exact: ResourceSet = { exact: "" };
  const prefix: ResourceSet = { prefix: "" };
  // @ts-expect-error one of the two, not both
  const both: ResourceSetInput = { exact: "a", prefix: "a" };
  // @ts-expect-error one of the two, not none
  const none: ResourceSet = {};
  // @ts-expect-error a name is a text
  const nameless: ResourceSet = { exact: null };
  // @ts-expect-error a kind of set that nobody has read
  const suffix: ResourceSetInput = { suffix: "a" };
  // @ts-expect-error nobody can write what only a server knows
  const raw: ResourceSetInput = { raw: { suffix: "a" } };
  void [both, suffix, raw];
  const scope: AccessTokenScopeInput = {
    // @ts-expect-error one of the two, not both
    basins: { exact: "a", prefix: "a" },
    streams: null,
    accessTokens: undefined,
  };
  void scope;
  // Looking at one of the two tells about the other.
  if (given.exact !== undefined) void (given.exact satisfies string);
  else if (given.prefix !== undefined) void (given.prefix satisfies string);
  // @ts-expect-error a newer server may send another kind
  else void (given satisfies never);
  const name: string = isUnrecognized(given) ? "newer" : (given.exact ?? given.prefix);
  void name;
  return [exact, prefix, none, nameless];
}

/** A scope that allows no operation is refused where it shows, and so is auto-prefixing without a prefix. */
export async function scopes(client: S2, ops: readonly Operation[], read: boolean): Promise<void> {
  const id = "a";
  // What is only known when it runs is let through: the service has the last word.
  await client.accessTokens.issue({ id, scope: { ops } });
  await client.accessTokens.issue({ id, scope: { opGroups: { stream: { read } } } });
  await client.accessTokens.issue({ id, scope: { ops, opGroups: null } });
  await client.accessTokens.issue({
    id,
    scope: { ops: null, opGroups: { basin: { write: read } } },
  });
  await client.accessTokens.issue({ id, scope: { opGroups: { basin: null, stream: { read } } } });
  // @ts-expect-error no operation
  await client.accessTokens.issue({ id, scope: {} });
  // @ts-expect-error no operation, on every stream
  await client.accessTokens.issue({ id, scope: { streams: all } });
  // @ts-expect-error no operation
  await client.accessTokens.issue({ id, scope: { ops: null, opGroups: undefined } });
  // @ts-expect-error no group
  await client.accessTokens.issue({ id, scope: { opGroups: {} } });
  // @ts-expect-error no half of a group
  await client.accessTokens.issue({ id, scope: { opGroups: { stream: {} } } });

  const streams = prefix("users/");
  await client.accessTokens.issue({ id, scope: { ops, streams }, autoPrefixStreams: true });
  await client.accessTokens.issue({ id, scope: { ops, streams: all }, autoPrefixStreams: read });
  await client.accessTokens.issue({ id, scope: { ops }, autoPrefixStreams: false });
  // @ts-expect-error no set
  await client.accessTokens.issue({ id, scope: { ops }, autoPrefixStreams: true });
  // @ts-expect-error null is no set
  await client.accessTokens.issue({ id, scope: { ops, streams: null }, autoPrefixStreams: true });
  const named = { ops, streams: exact("a") };
  // @ts-expect-error an exact name is no prefix
  await client.accessTokens.issue({ id, scope: named, autoPrefixStreams: true });
  // @ts-expect-error it may be true, and then there is no prefix
  await client.accessTokens.issue({ id, scope: { ops, streams: none }, autoPrefixStreams: read });
}

/** Operations are closed when written and open when read. */
export function operations(token: AccessTokenInfo): AccessTokenScopeInput {
  const read: readonly string[] | null = token.scope.ops;
  void read;
  for (const operation of token.scope.ops ?? []) {
    // Known values compare, and are completed in an editor; unknown ones are no error.
    if (operation === "read") continue;
    // @ts-expect-error a misspelt value compares with nothing
    if (operation === "raed") continue;
    // @ts-expect-error what is read may be unknown, so it is no Operation
    const known: Operation = operation;
    void known;
  }
  const written: AccessTokenScopeInput = { ops: ["read", "set-default-location"] };
  // @ts-expect-error no such operation
  const wrong: AccessTokenScopeInput = { ops: ["raed"] };
  const newer: AccessTokenScopeInput = { ops: ["rename-stream" as UnrecognizedString] };
  const again: AccessTokenScopeInput = token.scope;
  return [written, wrong, newer, again][0] ?? written;
}

/** Dates go in as one of three and come out as one. */
export function dates(token: AccessTokenInfo): readonly (DateInput | null)[] {
  const request: Pick<IssueAccessTokenRequest, "expiresAt">[] = [
    { expiresAt: new Date() },
    { expiresAt: 0 },
    { expiresAt: "2125-06-30T12:00:00Z" },
    { expiresAt: null },
    { expiresAt: undefined },
    // @ts-expect-error a flag is no date
    { expiresAt: true },
  ];
  void request;
  // @ts-expect-error null means that the token never expires: it must be looked at
  token.expiresAt.getTime();
  return [token.expiresAt];
}

/** What comes out is read-only, to any depth. */
export function outputs(
  page: ListAccessTokensResponse,
  token: AccessTokenInfo,
  issued: IssueAccessTokenResponse,
): void {
  // @ts-expect-error read-only
  page.hasMore = true;
  // @ts-expect-error read-only
  page.accessTokens = [];
  // @ts-expect-error read-only
  page.accessTokens.push(token);
  // @ts-expect-error read-only
  token.id = "b";
  // @ts-expect-error read-only
  token.expiresAt = null;
  // @ts-expect-error read-only
  token.scope.basins = null;
  // @ts-expect-error read-only
  token.scope.ops?.push("read");
  // @ts-expect-error read-only
  issued.accessToken = "x";
}

type Resolved<Method extends "list" | "get" | "issue" | "revoke"> = Awaited<
  ReturnType<S2["accessTokens"][Method]>
>;

/** What comes back, of each method. */
export type Results = [
  Holds<Equal<Resolved<"list">, ListAccessTokensResponse>>,
  Holds<Equal<Resolved<"get">, AccessTokenInfo | undefined>>,
  Holds<Equal<Resolved<"issue">, IssueAccessTokenResponse>>,
  Holds<Equal<Resolved<"revoke">, void>>,
  Holds<
    Equal<
      ReturnType<S2["accessTokens"]["listAll"]>,
      Listing<AccessTokenInfo, ListAccessTokensResponse>
    >
  >,
];

/** What comes out has every key; where the contract allows nothing, the value is null. */
export type Outputs = [
  Holds<Equal<keyof AccessTokenInfo, "id" | "autoPrefixStreams" | "scope" | "expiresAt">>,
  Holds<Equal<AccessTokenInfo["id"], string>>,
  Holds<Equal<AccessTokenInfo["autoPrefixStreams"], boolean>>,
  Holds<Equal<AccessTokenInfo["expiresAt"], Date | null>>,
  Holds<Equal<AccessTokenInfo["scope"], AccessTokenScope>>,
  Holds<Equal<AccessTokenScope["streams"], ResourceSet | null>>,
  Holds<Equal<AccessTokenScope["opGroups"], PermittedOperationGroups | null>>,
  Holds<Equal<PermittedOperationGroups["stream"], ReadWritePermissions | null>>,
  Holds<Equal<ReadWritePermissions, { readonly read: boolean; readonly write: boolean }>>,
  Holds<Equal<IssueAccessTokenResponse, { readonly accessToken: string }>>,
  Holds<Equal<ErrorInfo, { readonly code: string; readonly message: string }>>,
];

/** What goes in is optional where the contract says so, and null only where it says so. */
export type Inputs = [
  Holds<Equal<DateInput, Date | number | string>>,
  Holds<Equal<IssueAccessTokenRequest["expiresAt"], DateInput | null | undefined>>,
  Holds<Equal<IssueAccessTokenRequest["autoPrefixStreams"], boolean | null | undefined>>,
  Holds<Equal<IssueAccessTokenRequest["id"], string>>,
  Holds<
    Equal<
      AccessTokenScopeInput["ops"],
      readonly (Operation | UnrecognizedString)[] | null | undefined
    >
  >,
  Holds<Equal<AccessTokenScopeInput["basins"], ResourceSet | ResourceSetInput | null | undefined>>,
  Holds<Equal<Parameters<S2["accessTokens"]["revoke"]>[0], { readonly id: string }>>,
];

/** Codes of one class: those of the contract, to be completed in an editor, and any other, or none. */
export type Codes = [
  Holds<
    Equal<
      ConflictError["code"],
      "resource_already_exists" | "transaction_conflict" | (string & {}) | undefined
    >
  >,
  Holds<Equal<RequestTimeoutError["code"], "request_timeout" | (string & {}) | undefined>>,
  Holds<Equal<ApiError["code"], string | undefined>>,
];

/** `instanceof` narrows an error to its status, its codes and its body. */
export function errors(error: unknown): string | undefined {
  if (error instanceof ConflictError) {
    const status: 409 = error.status;
    const body: ErrorInfo | string | undefined = error.body;
    void [status, body];
    // @ts-expect-error the class has one status
    if (error.status === 404) return "never";
    return error.code;
  }
  // The subclasses do not pass for each other.
  if (error instanceof RequestTimeoutError) return String(error.status satisfies 408);
  if (error instanceof ApiError || isApiError(error)) {
    const outcome: Outcome = error.outcome;
    const known: "none" | "applied" | "unknown" = outcome;
    const retryable: boolean = error.retryable;
    // @ts-expect-error read-only
    error.status = 500;
    return `${error.operation} ${error.status} ${error.headers.get("x")} ${known} ${retryable}`;
  }
  return undefined;
}

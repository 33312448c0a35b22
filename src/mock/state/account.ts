import type { components } from "../../../generated/wire.js";
import { byteOrdered } from "./byte-order.js";
import {
  checkIssue,
  demand,
  type IssueRequest,
  notPermitted,
  readExpiry,
  type Wanted,
} from "./issue.js";
import { refuse } from "./refusal.js";
import type { MockRules } from "./rules.js";
import { effectiveOperations, everything } from "./scope.js";
import { fakeSecret, faultOfBearer } from "./secrets.js";
import { holds, inWords } from "./sets.js";
import { type Caller, isExpired, listed, type StoredToken } from "./token.js";

/** Query parameters of a listing. */
export interface ListQuery {
  readonly prefix?: string | undefined;
  readonly start_after?: string | undefined;
  readonly limit?: number | undefined;
}

/** The state of an account, as plain data. */
export interface AccountState {
  readonly tokens: readonly StoredToken[];
  /** Revoked ids, if the rules forbid reusing them. */
  readonly spent: readonly string[];
  /** How many secrets the mock has made so far. */
  readonly issued: number;
}

/** The tokens of one account. Its methods enforce the service's rules, and throw a `Refusal` where these are broken. */
export interface Account {
  /** Finds the caller who has a bearer token. */
  readonly authenticate: (bearer: string) => Caller;
  /**
   * Issues a token.
   *
   * @param secret - the secret to give it. Default: a generated one, which looks fake
   * @throws {TypeError} if the secret is not a possible one, or is taken.
   */
  readonly issue: (
    caller: Caller,
    request: IssueRequest,
    secret?: string,
  ) => components["schemas"]["IssueAccessTokenResponse"];
  /**
   * Adds a token that was issued before, so its expiry may have passed.
   *
   * @param issuer - secret of the token that issued it. Default: the root token
   */
  readonly restore: (request: IssueRequest, secret?: string, issuer?: string | null) => void;
  /** Lists one page of tokens. */
  readonly list: (
    caller: Caller,
    query: ListQuery,
  ) => components["schemas"]["ListAccessTokensResponse"];
  /** Revokes a token. */
  readonly revoke: (caller: Caller, id: string) => void;
  /** All tokens that listings show, without pages. */
  readonly listAll: () => readonly components["schemas"]["AccessTokenInfo"][];
  /** Exports the state. */
  readonly state: () => AccountState;
  /** The most tokens and spent ids that the account holds. */
  readonly maxTokens: number;
  /** Replaces the state. */
  readonly replace: (state: AccountState) => void;
}

/** Options of {@link createAccount}. */
export interface AccountOptions {
  readonly rootToken: string;
  readonly rules: MockRules;
  /** The time in epoch milliseconds. */
  readonly now: () => number;
  /** The most tokens that it holds. */
  readonly maxTokens: number;
  /** The limit of bytes, which accounts share. */
  readonly room: Room;
  /** Part of the hash in generated secrets: accounts of different realms make different secrets. */
  readonly realm: string;
}

/** A limit on the bytes of tokens, measured as their JSON in a listing. */
export interface Room {
  /** The most bytes. */
  readonly bytes: number;
  /** The bytes in use. */
  used: number;
}

/** The most tokens in a page, and the default. */
const fullPage = 1000;

/** Creates an account without tokens. */
export function createAccount(options: AccountOptions): Account {
  const { rootToken, rules, now, maxTokens, room, realm } = options;
  const tokens = byteOrdered<StoredToken>();
  const bySecret = new Map<string, StoredToken>();
  const spent = new Set<string>();
  let issued = 0;

  const operations = effectiveOperations(everything, rules.operations);
  const root: Caller = { id: null, secret: null, scope: everything, expiresAt: null, operations };
  const isGone = (token: StoredToken): boolean => !rules.keepExpired && isExpired(token, now());

  function add(token: StoredToken): void {
    const before = tokens.get(token.id);
    if (before !== undefined) drop(before);
    tokens.set(token.id, token);
    bySecret.set(token.secret, token);
    room.used += bytesOf(token);
  }

  function drop(token: StoredToken): void {
    tokens.delete(token.id);
    bySecret.delete(token.secret);
    room.used -= bytesOf(token);
  }

  function revoke(token: StoredToken): void {
    drop(token);
    if (!rules.reuseRevokedIds) spent.add(token.id);
  }

  function checkFree(id: string): void {
    const taken = tokens.get(id);
    const isTaken = taken !== undefined && !(rules.reuseExpiredIds && isExpired(taken, now()));
    if (!isTaken && !spent.has(id)) return;
    const why = isTaken ? "a token with this id exists" : "a token with this id was revoked";
    throw refuse("resource_already_exists", "Access token already exists", why);
  }

  /** Drops expired tokens, which are kept while there is room, because a test may set the clock back. */
  function dropExpired(): void {
    if (rules.keepExpired || !rules.reuseExpiredIds) return;
    for (const token of [...tokens.walk("", "")]) if (isExpired(token, now())) drop(token);
  }

  function checkRoom(token: StoredToken): void {
    const wanted = bytesOf(token);
    const hasRoom = (): boolean => {
      // A token with the same id has expired, and will be replaced.
      const before = tokens.get(token.id);
      const [count, bytes] = before === undefined ? [0, 0] : [1, bytesOf(before)];
      return (
        tokens.size() - count + spent.size < maxTokens && room.used - bytes + wanted <= room.bytes
      );
    };
    if (!hasRoom()) dropExpired();
    if (hasRoom()) return;
    throw refuse(
      "quota_exhausted",
      `This mock holds no more than ${maxTokens} access tokens and ${room.bytes} bytes of them; revoke some, reset it, or raise the limits maxTokens and maxStateBytes`,
    );
  }

  /** Beyond the largest safe integer, adding 1 may give the same number, and so the same secret. */
  function checkCount(): void {
    if (issued < Number.MAX_SAFE_INTEGER - maxTokens) return;
    throw refuse(
      "quota_exhausted",
      `This mock has made ${issued} secrets and cannot count further; reset it, or set a state with a smaller \`issued\``,
    );
  }

  function checkSecret(secret: string): string {
    const fault =
      secret === rootToken || bySecret.has(secret)
        ? "another token has this secret"
        : faultOfBearer(secret);
    if (fault !== undefined) throw new TypeError(`the secret: ${fault}`);
    return secret;
  }

  function store(wanted: Wanted, given: string | undefined, issuer: string | null): string {
    checkFree(wanted.id);
    if (given === undefined) checkCount();
    let made = issued;
    let secret = given === undefined ? undefined : checkSecret(given);
    while (secret === undefined || bySecret.has(secret)) {
      made += 1;
      secret = fakeSecret(wanted.id, made, realm);
    }
    const token = { ...wanted, secret, issuer };
    checkRoom(token);
    issued = made;
    add(token);
    return secret;
  }

  return {
    authenticate: (bearer) => {
      if (bearer === rootToken) return root;
      const token = bySecret.get(bearer);
      if (token === undefined) {
        throw refuse("authn", "Invalid access token", "the bearer token is unknown or was revoked");
      }
      if (isExpired(token, now())) {
        throw refuse("authn", "Invalid access token", "the bearer token has expired");
      }
      const held = effectiveOperations(token.scope, rules.operations);
      return { ...token, operations: held };
    },

    issue: (caller, request, secret) => {
      const wanted = checkIssue(caller, request, now(), rules);
      return { access_token: store(wanted, secret, caller.secret) };
    },

    restore: ({ expires_at, ...request }, secret, issuer = null) => {
      const wanted = checkIssue(root, request, now(), rules);
      const expiresAt = typeof expires_at === "string" ? readExpiry(expires_at) : null;
      store({ ...wanted, expiresAt }, secret, issuer);
    },

    list: (caller, { prefix = "", start_after = "", limit = fullPage }) => {
      demand(caller, "list-access-tokens");
      const size = limit === 0 || limit > fullPage ? fullPage : limit;
      const page: StoredToken[] = [];
      for (const token of tokens.walk(prefix, start_after)) {
        if (isGone(token)) continue;
        if (rules.filterListing && !holds(caller.scope.access_tokens, token.id)) continue;
        if (page.length === size) return { access_tokens: page.map(listed), has_more: true };
        page.push(token);
      }
      return { access_tokens: page.map(listed), has_more: false };
    },

    revoke: (caller, id) => {
      demand(caller, "revoke-access-token");
      const { access_tokens: set } = caller.scope;
      if (!holds(set, id)) {
        const why = `the id is outside the caller's access_tokens: ${inWords(set)}`;
        throw refuse("permission_denied", notPermitted, why);
      }
      const token = tokens.get(id);
      if (token === undefined || isGone(token)) {
        throw refuse("access_token_not_found", "Access token not found", "no token has this id");
      }
      const doomed = [token];
      for (const one of doomed) {
        revoke(one);
        if (!rules.cascadeRevoke) break;
        doomed.push(...[...bySecret.values()].filter(({ issuer }) => issuer === one.secret));
      }
    },

    listAll: () => [...tokens.walk("", "")].filter((token) => !isGone(token)).map(listed),

    maxTokens,

    state: () => ({ tokens: [...tokens.walk("", "")], spent: [...spent], issued }),

    replace: (state) => {
      for (const token of [...tokens.walk("", "")]) drop(token);
      spent.clear();
      for (const token of state.tokens) add(token);
      for (const id of state.spent) spent.add(id);
      issued = state.issued;
    },
  };
}

/** Sizes by token: each is needed when the token is added, and again when it is dropped. */
const sizes: WeakMap<StoredToken, number> = new WeakMap();

function bytesOf(token: StoredToken): number {
  const bytes = sizes.get(token) ?? Buffer.byteLength(JSON.stringify(listed(token)));
  sizes.set(token, bytes);
  return bytes;
}

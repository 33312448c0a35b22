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

/** What a listing asks for. */
export interface ListQuery {
  readonly prefix?: string | undefined;
  readonly start_after?: string | undefined;
  readonly limit?: number | undefined;
}

/** All that an account holds; plain data. */
export interface AccountState {
  readonly tokens: readonly StoredToken[];
  /** Ids that were revoked, where the rules forbid to use them again. */
  readonly spent: readonly string[];
  /** How many secrets were made so far. */
  readonly issued: number;
}

/** The tokens of one account, under the rules of the service. Refusals are thrown. */
export interface Account {
  /** Who has this bearer. */
  readonly authenticate: (bearer: string) => Caller;
  /**
   * @param secret - the one to give it. Default: one that says that it is fake
   * @throws {TypeError} the secret can be none, or somebody has it.
   */
  readonly issue: (
    caller: Caller,
    request: IssueRequest,
    secret?: string,
  ) => components["schemas"]["IssueAccessTokenResponse"];
  /**
   * Takes a token that was issued once, under the rules of then: its expiry may have passed.
   *
   * @param issuer - secret of the token that issued it. Default: the root's
   */
  readonly restore: (request: IssueRequest, secret?: string, issuer?: string | null) => void;
  readonly list: (
    caller: Caller,
    query: ListQuery,
  ) => components["schemas"]["ListAccessTokensResponse"];
  readonly revoke: (caller: Caller, id: string) => void;
  /** Every token that a listing could show, without pages. */
  readonly listAll: () => readonly components["schemas"]["AccessTokenInfo"][];
  readonly state: () => AccountState;
  /** How many tokens, and ids that are not given again, it holds at most. */
  readonly maxTokens: number;
  readonly replace: (state: AccountState) => void;
}

/** What an account is made of. */
export interface AccountOptions {
  readonly rootToken: string;
  readonly rules: MockRules;
  /** The time in epoch milliseconds. */
  readonly now: () => number;
  /** How many tokens it holds at most. */
  readonly maxTokens: number;
  /** What it takes the room of its tokens from, with others. */
  readonly room: Room;
  /** Accounts of different realms give different secrets. */
  readonly realm: string;
}

/** How many bytes tokens may take, as they are listed, and how many they take. */
export interface Room {
  readonly bytes: number;
  used: number;
}

/** The most tokens that one page holds; also the size of a page that asks for none. */
const fullPage = 1000;

/** An account without tokens. */
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
    const why = isTaken ? "a token of this id exists" : "a token of this id was revoked";
    throw refuse("resource_already_exists", "Access token already exists", why);
  }

  /** Tokens that have expired are kept, because a clock can be set back, as long as there is room for them. */
  function dropExpired(): void {
    if (rules.keepExpired || !rules.reuseExpiredIds) return;
    for (const token of [...tokens.walk("", "")]) if (isExpired(token, now())) drop(token);
  }

  function checkRoom(token: StoredToken): void {
    const wanted = bytesOf(token);
    const hasRoom = (): boolean => {
      // One of the same id has expired, and makes way.
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

  /** Past the last safe integer, counting on gives the same number again, and so the same secret. */
  function checkCount(): void {
    if (issued < Number.MAX_SAFE_INTEGER - maxTokens) return;
    throw refuse(
      "quota_exhausted",
      `This mock has made ${issued} secrets and counts no further; reset it, or put a state with a smaller \`issued\``,
    );
  }

  function checkSecret(secret: string): string {
    const fault =
      secret === rootToken || bySecret.has(secret)
        ? "somebody else has this one"
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
        throw refuse("authn", "Invalid access token", "the bearer is unknown or was revoked");
      }
      if (isExpired(token, now())) {
        throw refuse("authn", "Invalid access token", "the bearer has expired");
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
        const why = `the id lies outside the caller's access_tokens: ${inWords(set)}`;
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

/** A token is weighed when it comes, and again when it goes. */
const weights: WeakMap<StoredToken, number> = new WeakMap();

function bytesOf(token: StoredToken): number {
  const bytes = weights.get(token) ?? Buffer.byteLength(JSON.stringify(listed(token)));
  weights.set(token, bytes);
  return bytes;
}

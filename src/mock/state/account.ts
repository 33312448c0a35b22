import type { components } from "../../../generated/wire.js";
import { byteOrdered } from "./byte-order.js";
import { checkIssue, demand, type IssueRequest, notPermitted } from "./issue.js";
import { refuse } from "./refusal.js";
import type { MockRules } from "./rules.js";
import { effectiveOperations, everything } from "./scope.js";
import { fakeSecret } from "./secrets.js";
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
  readonly issue: (
    caller: Caller,
    request: IssueRequest,
    secret?: string,
  ) => components["schemas"]["IssueAccessTokenResponse"];
  readonly list: (
    caller: Caller,
    query: ListQuery,
  ) => components["schemas"]["ListAccessTokensResponse"];
  readonly revoke: (caller: Caller, id: string) => void;
  /** Every token that a listing could show, without pages. */
  readonly listAll: () => readonly components["schemas"]["AccessTokenInfo"][];
  readonly state: () => AccountState;
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
}

/** The most tokens that one page holds; also the size of a page that asks for none. */
const fullPage = 1000;

/** An account without tokens. */
export function createAccount({ rootToken, rules, now, maxTokens }: AccountOptions): Account {
  const tokens = byteOrdered<StoredToken>();
  const bySecret = new Map<string, StoredToken>();
  const spent = new Set<string>();
  let issued = 0;

  const operations = effectiveOperations(everything, rules.operations);
  const root: Caller = { id: null, secret: null, scope: everything, expiresAt: null, operations };
  const isGone = (token: StoredToken): boolean => !rules.keepExpired && isExpired(token, now());

  function add(token: StoredToken): void {
    const before = tokens.get(token.id);
    if (before !== undefined) bySecret.delete(before.secret);
    tokens.set(token.id, token);
    bySecret.set(token.secret, token);
  }

  function remove(token: StoredToken): void {
    tokens.delete(token.id);
    bySecret.delete(token.secret);
    if (!rules.reuseRevokedIds) spent.add(token.id);
  }

  function checkFree(id: string): void {
    const taken = tokens.get(id);
    const isTaken = taken !== undefined && !(rules.reuseExpiredIds && isExpired(taken, now()));
    if (!isTaken && !spent.has(id)) return;
    const why = isTaken ? "a token of this id exists" : "a token of this id was revoked";
    throw refuse("resource_already_exists", "Access token already exists", why);
  }

  function checkRoom(): void {
    if (tokens.size() + spent.size < maxTokens) return;
    throw refuse(
      "quota_exhausted",
      `This mock holds no more than ${maxTokens} access tokens; revoke some, reset it, or raise the limit`,
    );
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
      checkFree(wanted.id);
      if (tokens.get(wanted.id) === undefined) checkRoom();
      issued += 1;
      const access_token = secret ?? fakeSecret(wanted.id, issued);
      add({ ...wanted, secret: access_token, issuer: caller.secret });
      return { access_token };
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
        remove(one);
        if (!rules.cascadeRevoke) break;
        doomed.push(...[...bySecret.values()].filter(({ issuer }) => issuer === one.secret));
      }
    },

    listAll: () => [...tokens.walk("", "")].filter((token) => !isGone(token)).map(listed),

    state: () => ({ tokens: [...tokens.walk("", "")], spent: [...spent], issued }),

    replace: (state) => {
      tokens.clear();
      bySecret.clear();
      spent.clear();
      for (const token of state.tokens) add(token);
      for (const id of state.spent) spent.add(id);
      issued = state.issued;
    },
  };
}

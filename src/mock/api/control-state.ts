import { encodeAccessTokenIdStr } from "../../../generated/models/access-token-id-str.js";
import type { components } from "../../../generated/wire.js";
import { ValidationError } from "../../runtime/validation-error.js";
import type { Contract } from "../engine/contract.js";
import { inOneLine } from "../engine/diagnostics.js";
import { isJsonObject } from "../engine/json.js";
import type { Session } from "../session.js";
import type { Account } from "../state/account.js";
import { listed } from "../state/token.js";

/** The state of a session's account, with secrets, in the form that {@link writeState} reads. */
export function readState({ account }: Session): unknown {
  const { tokens, spent, issued } = account.state();
  return {
    tokens: tokens.map((token) => ({
      ...listed(token),
      access_token: token.secret,
      ...(token.issuer !== null && { issuer: token.issuer }),
    })),
    revoked_ids: spent,
    issued,
  };
}

type Restored = components["schemas"]["IssueAccessTokenRequest"] & {
  readonly access_token?: string;
  readonly issuer?: string;
};

/**
 * Replaces the state of a session's account. If any part is wrong, the account stays as it was.
 *
 * @throws {TypeError} if the state is not valid. The message says where.
 */
export function writeState({ account }: Session, contract: Contract, body: unknown): void {
  const { tokens, revoked_ids: spent = [], issued = 0 } = isJsonObject(body) ? body : {};
  if (!Array.isArray(tokens)) throw new TypeError('expected { "tokens": […] }');
  checkIds(spent, account.maxTokens - tokens.length);
  if (typeof issued !== "number" || !Number.isSafeInteger(issued) || issued < 0) {
    throw new TypeError(`issued: expected an integer from 0 to ${Number.MAX_SAFE_INTEGER}`);
  }
  const issue = contract.operations.find(({ operationId }) => operationId === "issue_access_token");
  const before = account.state();
  // The count of secrets never goes down, so that a revoked secret is not generated again.
  account.replace({ tokens: [], spent, issued: Math.max(issued, before.issued) });
  try {
    for (const [index, token] of tokens.entries()) {
      const [problem] = issue?.body?.check?.(token) ?? [];
      if (problem !== undefined) {
        throw new TypeError(
          inOneLine({ ...problem, path: ["tokens", String(index), ...problem.path] }),
        );
      }
      restore(account, token, `tokens[${index}]`);
    }
  } catch (error) {
    account.replace(before);
    throw error;
  }
}

function restore(account: Account, token: unknown, place: string): void {
  // The schema's check guarantees this type, except for the two secrets, which are checked here.
  const { access_token: secret, issuer, ...request } = token as Restored;
  for (const [name, value] of Object.entries({ access_token: secret, issuer })) {
    if (value === undefined || typeof value === "string") continue;
    throw new TypeError(`${place}.${name}: expected a string`);
  }
  try {
    account.restore(request, secret, issuer);
  } catch (error) {
    throw new TypeError(`${place}: ${error instanceof Error ? error.message : error}`);
  }
}

function checkIds(ids: unknown, most: number): asserts ids is readonly string[] {
  if (!Array.isArray(ids)) throw new TypeError("revoked_ids: expected an array of ids");
  if (ids.length > Math.max(most, 0)) {
    throw new TypeError("revoked_ids: together with the tokens, they exceed the limit maxTokens");
  }
  for (const [index, id] of ids.entries()) {
    try {
      encodeAccessTokenIdStr(id, `revoked_ids[${index}]`);
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      const { field, expected, found } = error;
      throw new TypeError(`${field}: expected ${expected}, found ${found}`);
    }
  }
}

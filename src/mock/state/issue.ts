import type { Operation } from "../../../generated/models/operation.js";
import type { components } from "../../../generated/wire.js";
import { readMoment } from "./moment.js";
import { refuse } from "./refusal.js";
import type { MockRules } from "./rules.js";
import { effectiveOperations, type NormalScope, normalScope } from "./scope.js";
import { covers, holds, inWords } from "./sets.js";
import type { Caller, StoredToken } from "./token.js";

/** The body of a request to issue a token. */
export type IssueRequest = components["schemas"]["IssueAccessTokenRequest"];

/** The token that a request asks for, in normal form. */
export type Wanted = Omit<StoredToken, "secret" | "issuer">;

/** S2's message for every operation that the caller may not call, or not on this resource. */
export const notPermitted: string = "Operation not permitted";

/**
 * Checks a request to issue a token, except for what depends on existing tokens.
 *
 * @throws {Refusal} if the token must not be issued.
 */
export function checkIssue(
  caller: Caller,
  request: IssueRequest,
  now: number,
  rules: MockRules,
): Wanted {
  demand(caller, "issue-access-token");
  if (!holds(caller.scope.access_tokens, request.id)) {
    throw refuse(
      "permission_denied",
      notPermitted,
      `the id is outside the caller's access_tokens: ${inWords(caller.scope.access_tokens)}`,
    );
  }
  const scope = normalScope(request.scope);
  const autoPrefixStreams = request.auto_prefix_streams ?? false;
  const operations = effectiveOperations(scope, rules.operations);
  if (operations.size === 0) throw refuse("invalid", "Access token permissions cannot be empty");
  if (autoPrefixStreams) checkAutoPrefix(scope, rules);
  const expiresAt = checkExpiry(request.expires_at, caller.expiresAt, now, rules);
  checkEscalation(caller, scope, operations);
  return { id: request.id, scope, autoPrefixStreams, expiresAt };
}

/** @throws {Refusal} if the caller may not call the operation. */
export function demand(caller: Caller, operation: Operation): void {
  if (caller.operations.has(operation)) return;
  throw refuse(
    "permission_denied",
    notPermitted,
    `the caller does not have the operation ${operation}`,
  );
}

function checkAutoPrefix({ streams }: NormalScope, rules: MockRules): void {
  const prefix = streams !== null && "prefix" in streams ? streams.prefix : undefined;
  if (prefix !== undefined && (prefix !== "" || rules.emptyAutoPrefix)) return;
  throw refuse("invalid", "Auto prefixing is only allowed for streams with prefix matching");
}

function checkEscalation(
  caller: Caller,
  scope: NormalScope,
  operations: ReadonlySet<Operation>,
): void {
  const excess = [...operations].filter((operation) => !caller.operations.has(operation));
  if (excess.length > 0) {
    throw refuse(
      "permission_denied",
      notPermitted,
      `the token would have operations that the caller does not have: ${excess.join(", ")}`,
    );
  }
  for (const kind of ["basins", "streams", "access_tokens"] as const) {
    if (covers(caller.scope[kind], scope[kind])) continue;
    const [wanted, held] = [inWords(scope[kind]), inWords(caller.scope[kind])];
    throw refuse(
      "permission_denied",
      notPermitted,
      `${kind}: the caller has ${held}, the token would have ${wanted}`,
    );
  }
}

/**
 * Reads an `expires_at` as epoch milliseconds.
 *
 * @throws {Refusal} if it is outside of the years 0000 to 9999, so that no listing could show it.
 */
export function readExpiry(text: string): number {
  const time = readMoment(text);
  if (time !== undefined) return time;
  throw refuse("bad_json", `expires_at: ${text} is not in the years 0000 to 9999 in UTC`);
}

function checkExpiry(
  text: string | null | undefined,
  latest: number | null,
  now: number,
  { badExpiry }: MockRules,
): number | null {
  if (text === undefined || text === null) return latest;
  const time = readExpiry(text);
  if (time <= now) {
    throw refuse(
      badExpiry,
      "expires_at has passed",
      `expires_at ${text} is not after ${new Date(now).toISOString()}, which is now`,
    );
  }
  if (latest !== null && time > latest) {
    throw refuse(
      badExpiry,
      "expires_at is later than the expiry of the issuing token",
      `expires_at ${text} is later than the caller's own, ${new Date(latest).toISOString()}`,
    );
  }
  return time;
}

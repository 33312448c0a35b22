import type { Operation } from "../../../generated/models/operation.js";
import type { components } from "../../../generated/wire.js";
import type { NormalScope } from "./scope.js";

/** A token as the mock stores it: plain data. */
export interface StoredToken {
  readonly id: string;
  readonly secret: string;
  readonly scope: NormalScope;
  readonly autoPrefixStreams: boolean;
  /** Epoch milliseconds; null if it never expires. */
  readonly expiresAt: number | null;
  /** Secret of the token that issued it; null for the root token. */
  readonly issuer: string | null;
}

/** A caller: the holder of a token, or the account's owner. */
export interface Caller {
  /** Null for the owner, who has the root token. Listings do not show this, and it cannot be revoked. */
  readonly id: string | null;
  readonly secret: string | null;
  readonly scope: NormalScope;
  readonly expiresAt: number | null;
  readonly operations: ReadonlySet<Operation>;
}

/** Whether a token has expired. At exactly `expiresAt`, it has. */
export function isExpired({ expiresAt }: Pick<StoredToken, "expiresAt">, now: number): boolean {
  return expiresAt !== null && expiresAt <= now;
}

/** A token as a listing shows it. */
export function listed(token: StoredToken): components["schemas"]["AccessTokenInfo"] {
  const { ops, ...scope } = token.scope;
  return {
    id: token.id,
    scope: { ...scope, ops: [...ops] },
    auto_prefix_streams: token.autoPrefixStreams,
    expires_at: token.expiresAt === null ? null : dateTime(token.expiresAt),
  };
}

/** RFC 3339 in UTC, with milliseconds only if they are not 0. */
function dateTime(time: number): string {
  return new Date(time).toISOString().replace(".000Z", "Z");
}

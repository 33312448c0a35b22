import type { Operation } from "../../../generated/models/operation.js";
import type { components } from "../../../generated/wire.js";
import type { NormalScope } from "./scope.js";

/** A token as the mock keeps it; plain data. */
export interface StoredToken {
  readonly id: string;
  readonly secret: string;
  readonly scope: NormalScope;
  readonly autoPrefixStreams: boolean;
  /** Epoch milliseconds; null never expires. */
  readonly expiresAt: number | null;
  /** Secret of the token that issued it; null is the root. */
  readonly issuer: string | null;
}

/** Who calls: a token of the account, or its owner. */
export interface Caller {
  /** Null is the owner, who has the root token; that is in no listing and cannot be revoked. */
  readonly id: string | null;
  readonly secret: string | null;
  readonly scope: NormalScope;
  readonly expiresAt: number | null;
  readonly operations: ReadonlySet<Operation>;
}

/** Whether a token has stopped working; it does so at the very moment of its expiry. */
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

/** RFC 3339 in UTC, without a fraction where there is none. */
function dateTime(time: number): string {
  return new Date(time).toISOString().replace(".000Z", "Z");
}

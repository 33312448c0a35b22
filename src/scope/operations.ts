import type { Operation } from "../../generated/models/operation.js";

/** The sets of a scope: the kinds of resource that an operation can act on. */
export type ResourceKind = "basins" | "streams" | "accessTokens";

/** The operation groups of a scope. */
export type OperationGroup = "account" | "basin" | "stream";

/** What is known of one operation. */
export interface OperationFacts {
  /** The group whose permission covers it. */
  readonly group: OperationGroup;
  /** The permission of that group. */
  readonly access: "read" | "write";
  /** Whether the service's own statements agree on `group` and `access`. If not, this row is a default to override. */
  readonly certain: boolean;
  /** Sets that must contain the resource that the operation acts on. */
  readonly needs: readonly ResourceKind[];
}

/** {@link OperationFacts} by operation. Nothing is known of a missing one. */
export type OperationTable = { readonly [Name in Operation]?: OperationFacts };

/**
 * Which group covers which operation. The service's own statements agree on thirteen rows. They conflict on the other
 * eleven, which are marked as not certain. To override a row, spread the table:
 * `{ ...operationTable, "create-stream": { …, group: "stream" } }`.
 */
export const operationTable: OperationTable = {
  "list-basins": row("account", "read", true),
  "create-basin": row("account", "write", false, "basins"),
  "delete-basin": row("account", "write", false, "basins"),
  "reconfigure-basin": row("account", "write", false, "basins"),
  "get-basin-config": row("basin", "read", false, "basins"),
  "issue-access-token": row("account", "write", true, "accessTokens"),
  "revoke-access-token": row("account", "write", true, "accessTokens"),
  "list-access-tokens": row("account", "read", true),
  "list-streams": row("basin", "read", true, "basins"),
  "create-stream": row("basin", "write", false, "basins", "streams"),
  "delete-stream": row("basin", "write", false, "basins", "streams"),
  "get-stream-config": row("stream", "read", false, "basins", "streams"),
  "reconfigure-stream": row("basin", "write", false, "basins", "streams"),
  "check-tail": row("stream", "read", true, "basins", "streams"),
  append: row("stream", "write", true, "basins", "streams"),
  read: row("stream", "read", true, "basins", "streams"),
  trim: row("stream", "write", true, "basins", "streams"),
  fence: row("stream", "write", true, "basins", "streams"),
  "account-metrics": row("account", "read", true),
  "basin-metrics": row("basin", "read", true, "basins"),
  "stream-metrics": row("stream", "read", true, "basins", "streams"),
  "list-locations": row("account", "read", false),
  "get-default-location": row("account", "read", false),
  "set-default-location": row("account", "write", false),
};

function row(
  group: OperationGroup,
  access: "read" | "write",
  certain: boolean,
  ...needs: readonly ResourceKind[]
): OperationFacts {
  return { group, access, certain, needs };
}

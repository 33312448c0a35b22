import type { Operation } from "../../../generated/models/operation.js";
import type { components } from "../../../generated/wire.js";
import {
  type OperationGroup,
  type OperationTable,
  operationTable,
} from "../../scope/operations.js";
import { everyName, type NameSet, normalSet } from "./sets.js";

/** A scope as in a request. */
export type WireScope = components["schemas"]["AccessTokenScope"];

/** The permissions of one operation group. */
interface Halves {
  readonly read: boolean;
  readonly write: boolean;
}

/** A scope in normal form, as it is stored and listed: it has every property. */
export interface NormalScope {
  readonly basins: NameSet;
  readonly streams: NameSet;
  readonly access_tokens: NameSet;
  readonly op_groups: { readonly [Group in OperationGroup]: Halves };
  readonly ops: readonly Operation[];
}

// `Object.keys` gives `string[]`; the keys are operations by the table's type.
const order = Object.keys(operationTable) as readonly Operation[];

/** The scope of the account's owner: everything. */
export const everything: NormalScope = {
  basins: everyName,
  streams: everyName,
  access_tokens: everyName,
  op_groups: {
    account: { read: true, write: true },
    basin: { read: true, write: true },
    stream: { read: true, write: true },
  },
  ops: order,
};

/** Converts a scope of a request to the form that listings show. */
export function normalScope({
  basins,
  streams,
  access_tokens,
  op_groups,
  ops,
}: WireScope): NormalScope {
  const given = new Set(ops ?? []);
  return {
    basins: normalSet(basins),
    streams: normalSet(streams),
    access_tokens: normalSet(access_tokens),
    op_groups: {
      account: halves(op_groups?.account),
      basin: halves(op_groups?.basin),
      stream: halves(op_groups?.stream),
    },
    ops: order.filter((operation) => given.has(operation)),
  };
}

/** All operations that a scope allows: those in `ops`, and those of its groups by the table. */
export function effectiveOperations(
  { op_groups, ops }: NormalScope,
  table: OperationTable,
): ReadonlySet<Operation> {
  const grouped = order.filter((operation) => {
    const facts = table[operation];
    return facts !== undefined && op_groups[facts.group][facts.access];
  });
  return new Set([...ops, ...grouped]);
}

function halves(given: components["schemas"]["ReadWritePermissions"] | null | undefined): Halves {
  return { read: given?.read ?? false, write: given?.write ?? false };
}

import type { Operation } from "../../../generated/models/operation.js";
import type { components } from "../../../generated/wire.js";
import {
  type OperationGroup,
  type OperationTable,
  operationTable,
} from "../../scope/operations.js";
import { everyName, type NameSet, normalSet } from "./sets.js";

/** A scope as a request carries it. */
export type WireScope = components["schemas"]["AccessTokenScope"];

/** Both halves of one operation group. */
interface Halves {
  readonly read: boolean;
  readonly write: boolean;
}

/** A scope in the one form in which it is kept and listed: every member is there. */
export interface NormalScope {
  readonly basins: NameSet;
  readonly streams: NameSet;
  readonly access_tokens: NameSet;
  readonly op_groups: { readonly [Group in OperationGroup]: Halves };
  readonly ops: readonly Operation[];
}

// The names of string keys lose their type in Object.keys; the table's type guarantees it.
const order = Object.keys(operationTable) as readonly Operation[];

/** The scope of who owns the account: everything. */
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

/** Brings a scope of a request into the form that a listing shows. */
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

/** All operations that a scope allows: those of `ops`, and those that the table gives to its groups. */
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

import {
  type AccessTokenScopeInput,
  encodeAccessTokenScope,
} from "../../generated/models/access-token-scope.js";
import type { Operation } from "../../generated/models/operation.js";
import type { ResourceSetInput } from "../../generated/models/resource-set.js";
import { nested } from "../runtime/check.js";
import { checkNames } from "../runtime/names.js";
import { isUnrecognized } from "../runtime/unrecognized.js";
import { toInputError, ValidationError } from "../runtime/validation-error.js";
import {
  type OperationFacts,
  type OperationTable,
  operationTable,
  type ResourceKind,
} from "./operations.js";

/** A scope to be issued, or one of a listing. */
type AnyScope = AccessTokenScopeInput;

/** Whether a token with a scope could call one operation. */
export interface ScopeRow {
  readonly operation: Operation | (string & {});
  /** Whether the token could call the operation on some resource. */
  readonly allowed: boolean;
  /** Whether `allowed` is certain. If not, it depends on an uncertain row of the table, or on a set of an unknown kind. */
  readonly certain: boolean;
  /** Sets that the operation needs and that match nothing, although the operation is granted. */
  readonly missing: readonly ResourceKind[];
  /** The row in a sentence. */
  readonly text: string;
}

/** Options of {@link explainScope}. */
export interface ExplainOptions {
  /** Which group covers which operation. Default {@link operationTable}. */
  readonly table?: OperationTable | undefined;
}

/**
 * Says what a token with this scope could and could not do: a row for each operation of the table, in its order, and for
 * each further operation that `ops` grants. It sends nothing. Use it before you issue a token, to see, for example, that
 * `opGroups` grants `read` while `streams` is left out, so that the token can read nothing.
 *
 * It does not consider what the issuing token may grant, nor what `autoPrefixStreams` does to names.
 *
 * @throws {TypeError} `scope` violates the contract, or an option is invalid. The message names it.
 * @example
 * ```ts
 * import { explainScope } from "s2-token-contract";
 *
 * const rows = explainScope({ basins: { prefix: "" }, opGroups: { stream: { read: true } } });
 * for (const { missing, text } of rows) if (missing.length > 0) console.warn(text);
 * ```
 */
export function explainScope(scope: AnyScope, options: ExplainOptions = {}): readonly ScopeRow[] {
  checkNames(options, ["table"], "explainScope: options");
  const { table = operationTable } = options;
  if (typeof table !== "object" || table === null) {
    throw new TypeError("explainScope: options.table: expected an object");
  }
  try {
    // A scope of a listing has the same form, and may hold operations that are newer than the contract.
    nested(scope, "scope", encodeAccessTokenScope);
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    throw new TypeError(`explainScope: ${toInputError(error).message}`);
  }
  const known: readonly string[] = Object.keys(table);
  const granted: readonly string[] = scope.ops ?? [];
  const unknown = new Set(granted.filter((operation) => !known.includes(operation)));
  return [
    ...Object.entries(table).map(([operation, facts]) => explain(scope, operation, facts)),
    ...[...unknown].map((operation) => ({
      operation,
      allowed: true,
      certain: false,
      missing: [],
      text: `${operation}: yes, by ops; on which resources is not known here`,
    })),
  ];
}

function explain(scope: AnyScope, operation: string, facts: OperationFacts): ScopeRow {
  const { group, access, needs } = facts;
  const ops: readonly string[] = scope.ops ?? [];
  const isListed = ops.includes(operation);
  const isCovered = scope.opGroups?.[group]?.[access] === true;
  const isGranted = isListed || isCovered;
  const empty = needs.filter((kind) => matchesNothing(scope[kind]));
  // Another group may cover the operation. That matters only if some group is granted and no set is empty.
  const isSettled = facts.certain || isListed || empty.length > 0 || !grantsAnyGroup(scope);
  const doubt = isSettled ? "" : "; not certain: the service's statements on its group conflict";
  const unknown =
    isGranted && empty.length === 0 ? needs.filter((kind) => isUnrecognized(scope[kind])) : [];
  const isCertain = isSettled && unknown.length === 0;
  const by = isListed ? "ops" : `opGroups.${group}.${access}`;
  const row = { operation, allowed: isGranted && empty.length === 0, certain: isCertain };
  if (!isGranted) {
    const text = `${operation}: no, neither ops nor opGroups.${group}.${access} grants it${doubt}`;
    return { ...row, missing: [], text };
  }
  if (empty.length > 0) {
    const why = empty.map((kind) => `${kind} ${emptiness(scope[kind])}`).join(", and ");
    const grants = facts.certain || isListed ? "grants" : "may grant";
    return { ...row, missing: empty, text: `${operation}: no, ${by} ${grants} it, but ${why}` };
  }
  if (unknown.length > 0) {
    const sets = unknown.map((kind) => `scope.${kind}`).join(" and ");
    const why = `this version does not know what ${sets} matches`;
    return { ...row, missing: [], text: `${operation}: perhaps, by ${by}, but ${why}${doubt}` };
  }
  return { ...row, missing: [], text: `${operation}: yes, by ${by}${place(scope, needs)}${doubt}` };
}

function grantsAnyGroup({ opGroups }: AnyScope): boolean {
  const groups = [opGroups?.account, opGroups?.basin, opGroups?.stream];
  return groups.some((group) => group?.read === true || group?.write === true);
}

function matchesNothing(set: ResourceSetInput | null | undefined): boolean {
  return set == null || (!isUnrecognized(set) && set.exact === "");
}

function emptiness(set: ResourceSetInput | null | undefined): string {
  if (set === undefined) return "is omitted, which means none";
  return set === null ? "is null, which means none" : "is the empty name, which means none";
}

const nouns: { readonly [Kind in ResourceKind]: string } = {
  basins: "basin",
  streams: "stream",
  accessTokens: "access token",
};

/** Where an operation may be called, the innermost kind of resource first. */
function place(scope: AnyScope, needs: readonly ResourceKind[]): string {
  const parts = [...needs].reverse().map((kind) => {
    const set = scope[kind];
    if (set?.exact !== undefined) return `the ${nouns[kind]} ${JSON.stringify(set.exact)}`;
    const start = set?.prefix ?? "";
    const every = `every ${nouns[kind]}`;
    return start === "" ? every : `${every} that starts with ${JSON.stringify(start)}`;
  });
  return parts.length === 0 ? "" : `, on ${parts.join(" in ")}`;
}

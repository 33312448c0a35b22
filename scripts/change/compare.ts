/** Compares two documents: pairs their operations, and applies each group of rules. */
import type { Json } from "../model/api.js";
import { Node } from "../spec/node.js";
import { bodyDrafts } from "./compare-bodies.js";
import { documentDrafts } from "./compare-document.js";
import { nameDrafts } from "./compare-names.js";
import { parameterDrafts } from "./compare-parameters.js";
import { responseDrafts } from "./compare-responses.js";
import { securityDrafts } from "./compare-security.js";
import type { Draft } from "./draft.js";
import { asReceived } from "./incoming.js";
import { type Operation, readOperations } from "./operations.js";
import { type SchemaPair, SchemaPairs } from "./schema-pair.js";

/** The same operation in both documents. */
export interface OperationPair {
  /** The key in the old document. */
  readonly key: string;
  readonly old: Operation;
  readonly new: Operation;
}

/** Two documents, their paired operations and their paired schemas. */
export interface Comparison {
  readonly old: Node;
  readonly new: Node;
  readonly pairs: readonly OperationPair[];
  readonly removed: readonly Operation[];
  readonly added: readonly Operation[];
  readonly schemas: SchemaPairs;
  /** The pairs of schemas that operations use. */
  readonly met: Set<SchemaPair>;
}

/** All changes between two documents in canonical order, before proof. */
export function compareDocuments(before: Json, after: Json): readonly Draft[] {
  const comparison = pairUp(new Node(before), new Node(after));
  return [
    ...comparison.removed.map((operation) => presence(comparison, operation, "removed")),
    ...comparison.added.map((operation) => presence(comparison, operation, "added")),
    ...comparison.pairs.flatMap((pair) => operationDrafts(comparison, pair)),
    ...documentDrafts(comparison),
  ];
}

function pairUp(before: Node, after: Node): Comparison {
  const old = readOperations(before);
  const left = new Set(readOperations(after));
  const removed: Operation[] = [];
  const found = new Map<Operation, Operation>();
  const match = (one: Operation, isSame: (other: Operation) => boolean): boolean => {
    const other = [...left].find(isSame);
    if (other === undefined) return false;
    left.delete(other);
    found.set(one, other);
    return true;
  };
  const nameless = old.filter((one) => !match(one, (other) => other.key === one.key));
  for (const one of nameless) {
    // Callbacks come after the operations that they belong to: those are matched by now.
    const isSame = (other: Operation): boolean =>
      one.caller === undefined || other.caller === undefined
        ? other.route === one.route
        : found.get(one.caller) === other.caller && other.route === one.route;
    if (!match(one, isSame)) removed.push(one);
  }
  const pairs = old.flatMap((one) => {
    const other = found.get(one);
    return other === undefined ? [] : [{ key: one.key, old: one, new: other }];
  });
  return {
    old: before,
    new: after,
    pairs,
    removed,
    added: [...left],
    schemas: new SchemaPairs(),
    met: new Set(),
  };
}

function presence(
  { new: after }: Comparison,
  operation: Operation,
  what: "removed" | "added",
): Draft {
  const shown = operation.incoming
    ? operation.key
    : `${operation.method.toUpperCase()} ${operation.path}`;
  const paths = after.get("paths") ?? after;
  return {
    rule: `${operation.incoming ? "webhook" : "operation"}-${what}`,
    direction: operation.incoming ? "response" : "request",
    operation: operation.key,
    was: what === "removed" ? shown : null,
    now: what === "added" ? shown : null,
    at: what === "added" ? operation.node : (paths.get(operation.path) ?? paths),
    where: shown,
    about: "",
  };
}

function operationDrafts(comparison: Comparison, pair: OperationPair): readonly Draft[] {
  const drafts = [
    ...nameDrafts(comparison, pair),
    ...securityDrafts(pair),
    ...parameterDrafts(comparison, pair),
    ...bodyDrafts(comparison, pair),
    ...responseDrafts(comparison, pair),
  ];
  return pair.new.incoming ? drafts.map(asReceived) : drafts;
}

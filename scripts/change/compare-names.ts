import type { Json } from "../model/api.js";
import type { Node } from "../spec/node.js";
import { codeNamesOf } from "./code-names.js";
import type { Comparison, OperationPair } from "./compare.js";
import type { Draft } from "./draft.js";
import { isEqual } from "./json.js";
import { noteDraft } from "./notes.js";
import type { RuleId } from "./rules/all.js";

/** Changes of an operation's names and of its pagination. */
export function nameDrafts(comparison: Comparison, pair: OperationPair): readonly Draft[] {
  const { key, old: before, new: after } = pair;
  const found: Draft[] = [];
  const add = (rule: RuleId, was: Json | undefined, now: Json | undefined, at: Node): void => {
    const where = `${after.method.toUpperCase()} ${after.path}`;
    const values = { was: was ?? null, now: now ?? null };
    found.push({ rule, direction: "request", operation: key, ...values, at, where, about: rule });
  };
  const { node } = after;
  if (before.route !== after.route) {
    const shown = (one: typeof before): string => `${one.method.toUpperCase()} ${one.path}`;
    add("route-changed", shown(before), shown(after), node);
  }
  const [was, now] = [codeNameOf(comparison.old, before), codeNameOf(comparison.new, after)];
  const given = [before, after].map(({ node: one }) => one.text("x-contract-name"));
  if (was.owner !== now.owner) {
    add("tag-changed", before.tag ?? was.owner, after.tag ?? now.owner, node.get("tags") ?? node);
  }
  // A method of another resource is reported once, unless it has another name there for its own reason.
  const isSaid = was.owner !== now.owner && before.id === after.id && given[0] === given[1];
  if (was.name !== now.name && !isSaid) {
    const isById = before.id !== after.id && before.id !== undefined && after.id !== undefined;
    const [left, right] = isById
      ? [before.id, after.id]
      : [given[0] ?? was.name, given[1] ?? now.name];
    const rule = after.incoming ? "component-renamed" : "operation-renamed";
    add(rule, left, right, node.get("operationId") ?? node);
  } else if (before.id !== after.id) {
    add("note-changed", before.id, after.id, node.get("operationId") ?? node);
  }
  if (before.tag !== after.tag && was.owner === now.owner) {
    add("note-changed", before.tag, after.tag, node.get("tags") ?? node);
  }
  if (before.node.flag("deprecated") !== node.flag("deprecated")) {
    const isDeprecated = node.flag("deprecated");
    const rule = isDeprecated ? "deprecated" : "no-longer-deprecated";
    add(rule, !isDeprecated, isDeprecated, node.get("deprecated") ?? node);
  }
  pageDrafts(before.node, node, add);
  const others = [before, after].map(({ node: one }) => one.texts("tags").slice(1));
  if (!isEqual(others[0], others[1])) {
    add("note-changed", others[0], others[1], node.get("tags") ?? node);
  }
  const compared = "operationId tags parameters requestBody responses security servers deprecated";
  return [
    ...found,
    ...noteDraft(key, "description", before.node, node, [...compared.split(" "), "callbacks"]),
  ];
}

/** What callers call an operation: the resource that has it, and the method. */
function codeNameOf(root: Node, one: OperationPair["old"]): { owner: string; name: string } {
  const { operations } = codeNamesOf(root);
  const key = one.incoming ? one.node.at.join("\0") : `${one.method} ${one.path}`;
  const [owner, name] = operations.get(key) ?? [one.tag ?? "", one.id ?? ""];
  return { owner, name };
}

function pageDrafts(
  before: Node,
  after: Node,
  add: (rule: RuleId, was: Json | undefined, now: Json | undefined, at: Node) => void,
): void {
  const [left, right] = [before, after].map((node) => node.get("x-contract-pagination"));
  const at = right ?? after;
  if (left === undefined && right === undefined) return;
  if (left === undefined || right === undefined) {
    add(
      left === undefined ? "pagination-added" : "pagination-removed",
      left?.value,
      right?.value,
      at,
    );
    return;
  }
  const keys = new Set([...left.entries(), ...right.entries()].map(([key]) => key));
  for (const key of keys) {
    const [was, now] = [left.get(key)?.value, right.get(key)?.value];
    if (isEqual(was, now)) continue;
    const isLookup = key === "filter" && (was === undefined || now === undefined);
    // Declaring something that was not declared before breaks nothing.
    const rule = isLookup
      ? now === undefined
        ? "lookup-removed"
        : "lookup-added"
      : was === undefined
        ? "pagination-described"
        : "pagination-changed";
    const named = (value: Json | undefined): Json | undefined =>
      value === undefined ? undefined : { [key]: value };
    add(rule, named(was), named(now), right.get(key) ?? at);
  }
}

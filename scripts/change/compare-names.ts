import type { Json } from "../model/api.js";
import type { Node } from "../spec/node.js";
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
  const names = [before, after].map(
    ({ node: one, id }) => one.text("x-contract-name") ?? id ?? null,
  );
  if (names[0] !== names[1] || before.id !== after.id) {
    const isById = before.id !== after.id;
    const [was, now] = isById ? [before.id, after.id] : names;
    add("operation-renamed", was, now, node.get("operationId") ?? node);
  }
  const tags = [tagName(comparison.old, before.tag), tagName(comparison.new, after.tag)];
  if (before.tag !== after.tag || tags[0] !== tags[1]) {
    add("tag-changed", tags[0], tags[1], node.get("tags") ?? node);
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

/** The name of the resource of a tag. */
function tagName(root: Node, tag: string | undefined): string | undefined {
  const entry = root.items("tags").find((one) => one.text("name") === tag);
  return entry?.text("x-contract-name") ?? tag;
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
    add(rule, was, now, right.get(key) ?? at);
  }
}

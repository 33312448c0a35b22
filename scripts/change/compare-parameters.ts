import type { Json } from "../model/api.js";
import { memberName } from "./code-names.js";
import type { Comparison, OperationPair } from "./compare.js";
import { anything } from "./compare-bodies.js";
import { schemaDrafts } from "./compare-schemas.js";
import { type Draft, partName } from "./draft.js";
import { isEqual } from "./json.js";
import { noteDraft } from "./notes.js";
import type { Parameter } from "./operations.js";
import type { RuleId } from "./rules/all.js";

/** Changes of the parameters of an operation. */
export function parameterDrafts(comparison: Comparison, pair: OperationPair): readonly Draft[] {
  const { key, old: before, new: after } = pair;
  const left = new Map(before.parameters);
  const right = new Map(after.parameters);
  const found: Draft[] = [];
  const add = (rule: RuleId, one: Parameter, was: Json, now: Json): void => {
    const { place, name } = one;
    const isNew = [...after.parameters.values()].includes(one);
    const at = isNew ? one.node : (after.node.get("parameters") ?? after.node);
    const where = partName({ kind: "parameter", place, name });
    found.push({ rule, direction: "request", operation: key, was, now, at, where, about: "" });
  };
  for (const [id, one] of left) {
    const other = right.get(id);
    if (other === undefined) continue;
    left.delete(id);
    right.delete(id);
    found.push(...bothDrafts(comparison, pair, one, other));
  }
  // The same name in another place is the same parameter, moved.
  for (const [id, one] of left) {
    const moved = [...right].find(([, other]) => other.name === one.name);
    if (moved === undefined) continue;
    left.delete(id);
    right.delete(moved[0]);
    add("parameter-moved", moved[1], one.place, moved[1].place);
    found.push(...bothDrafts(comparison, pair, one, moved[1]));
  }
  const removed = (one: Parameter): RuleId => {
    if (!after.incoming) return "parameter-removed";
    return one.required ? "webhook-required-parameter-removed" : "webhook-parameter-removed";
  };
  for (const one of left.values()) add(removed(one), one, one.name, null);
  for (const one of right.values()) {
    add(
      one.required ? "required-parameter-added" : "optional-parameter-added",
      one,
      null,
      one.name,
    );
  }
  return found;
}

function bothDrafts(
  comparison: Comparison,
  { key, new: operation }: OperationPair,
  before: Parameter,
  after: Parameter,
): readonly Draft[] {
  const { place, name, node } = after;
  const part = { kind: "parameter", place, name } as const;
  const where = partName(part);
  const found: Draft[] = [];
  const add = (rule: RuleId, was: Json, now: Json): void => {
    const base = { direction: "request", operation: key, at: node, where } as const;
    found.push({ ...base, rule, was, now, about: "" });
  };
  const words = (required: boolean): string => (required ? "required" : "optional");
  if (before.required !== after.required) {
    const rule = after.required ? "parameter-made-required" : "parameter-made-optional";
    add(rule, words(before.required), words(after.required));
  }
  const names = [before, after].map((one) => memberName(one.name, one.node));
  if (names[0] !== names[1]) {
    add("parameter-name-changed", names[0] ?? null, names[1] ?? null);
  }
  const styles = [before, after].map(styleOf);
  // A parameter that moved has the style of its new place. The move is reported instead.
  if (before.place === place && !isEqual(styles[0], styles[1])) {
    add("parameter-style-changed", styles[0] ?? null, styles[1] ?? null);
  }
  const [was, now] = [before.node.flag("allowReserved"), node.flag("allowReserved")];
  if (was !== now) {
    add(now ? "reserved-characters-allowed" : "reserved-characters-refused", was, now);
  }
  const wasDeprecated = before.node.flag("deprecated");
  if (wasDeprecated !== node.flag("deprecated")) {
    add(wasDeprecated ? "no-longer-deprecated" : "deprecated", wasDeprecated, !wasDeprecated);
  }
  const direction = operation.incoming ? "response" : "request";
  const pair = comparison.schemas.of(
    [before.schema ?? anything(before.node)],
    [after.schema ?? anything(after.node)],
    direction,
  );
  const seen = "name in required schema content style explode allowReserved deprecated".split(" ");
  return [
    ...found,
    ...schemaDrafts(comparison, key, part, pair),
    ...noteDraft(key, where, before.node, node, seen),
  ];
}

/** How a value is written, with what OpenAPI puts in place of what is left out. */
function styleOf({ node, place }: Parameter): Json {
  const usual = place === "query" || place === "cookie" ? "form" : "simple";
  const style = node.text("style") ?? usual;
  const explode = node.get("explode")?.value ?? style === "form";
  const [media] = node.entries("content").map(([type]) => type);
  return media === undefined ? { style, explode } : { content: media };
}

import type { Json } from "../model/api.js";
import { Node } from "../spec/node.js";
import type { Comparison, OperationPair } from "./compare.js";
import { schemaDrafts } from "./compare-schemas.js";
import type { Draft, Part } from "./draft.js";
import { partName } from "./draft.js";
import { isEqual } from "./json.js";
import { noteDraft } from "./notes.js";
import type { RuleId } from "./rules/all.js";
import type { Direction } from "./schema-view.js";

/** Changes of the request body of an operation. */
export function bodyDrafts(comparison: Comparison, pair: OperationPair): readonly Draft[] {
  const { key, old: before, new: after } = pair;
  const [left, right] = [before.body, after.body];
  const direction = after.incoming ? "response" : "request";
  const add = (rule: RuleId, was: Json, now: Json, at: Node): Draft => {
    return { rule, direction: "request", operation: key, was, now, at, where: "body", about: "" };
  };
  if (left === undefined && right === undefined) return [];
  if (left === undefined || right === undefined) {
    if (right === undefined) return [add("body-removed", "body", null, after.node)];
    const rule = right.required ? "required-body-added" : "optional-body-added";
    return [add(rule, null, "body", right.node)];
  }
  const required =
    left.required === right.required
      ? []
      : right.required
        ? [add("body-made-required", "optional", "required", right.node)]
        : [add("body-made-optional", "required", "optional", right.node)];
  return [
    ...required,
    ...contentDrafts(
      comparison,
      key,
      direction,
      left.content,
      right.content,
      right.node,
      (type) => {
        return { kind: "body", mediaType: type };
      },
    ),
    ...noteDraft(key, "body", left.node, right.node, ["content", "required"]),
  ];
}

/** Changes of media types and of their schemas, in a request or a response. */
export function contentDrafts(
  comparison: Comparison,
  operation: string,
  direction: Direction,
  before: ReadonlyMap<string, Node>,
  after: ReadonlyMap<string, Node>,
  nearest: Node,
  partOf: (mediaType: string) => Part,
): readonly Draft[] {
  const lost = [...before.keys()].filter((type) => !after.has(type));
  const gained = [...after.keys()].filter((type) => !before.has(type));
  const where = partName(partOf(""));
  const add = (rule: RuleId, was: string | null, now: string | null): Draft => {
    const at = after.get(now ?? "") ?? nearest.get("content") ?? nearest;
    return { rule, direction, operation, was, now, at, where, about: was ?? now ?? "" };
  };
  // If one media type replaces another, their schemas are compared too.
  const [from, to] = [lost[0], gained[0]];
  const same = [...after.keys()].filter((type) => before.has(type)).map((type) => [type, type]);
  const swapped =
    lost.length === 1 && gained.length === 1 && from !== undefined && to !== undefined
      ? [[from, to]]
      : [];
  return [
    ...lost.map((type) => add("media-type-removed", type, null)),
    ...gained.map((type) => add("media-type-added", null, type)),
    ...[...same, ...swapped].flatMap(([type = "", other = ""]) => {
      const [left, right] = [before.get(type), after.get(other)];
      if (left === undefined || right === undefined) return [];
      const part = partOf(other);
      const schema = comparison.schemas.of(
        [left.get("schema") ?? anything(left)],
        [right.get("schema") ?? anything(right)],
        direction,
      );
      const [was, now] = [left.get("encoding")?.value, right.get("encoding")?.value];
      const encoding: Draft = {
        ...add("body-encoding-changed", null, null),
        was: was ?? null,
        now: now ?? null,
      };
      return [
        ...schemaDrafts(comparison, operation, part, schema),
        ...(isEqual(was, now) || part.kind !== "body" ? [] : [encoding]),
        ...noteDraft(operation, partName(part), left, right, ["schema", "encoding"]),
      ];
    }),
  ];
}

/** Stands for the schema of a body or a parameter that has none: anything goes. */
export function anything(media: Node): Node {
  return new Node({}, {}, [...media.at, "schema"]);
}

import type { Json } from "../model/api.js";
import { isObject } from "../spec/canonical.js";
import type { Node } from "../spec/node.js";
import type { Draft } from "./draft.js";
import { isEqual, oneOrAll } from "./json.js";

/**
 * A draft for differences in keys that no rule compares: descriptions, examples, extensions of other tools. They break
 * no consumer, but are reported, so that no change goes unnoticed.
 *
 * @param seen - keys that are compared elsewhere
 */
export function noteDraft(
  operation: string | null,
  where: string,
  before: Node,
  after: Node,
  seen: readonly string[],
): readonly Draft[] {
  const keys = new Set([...before.entries(), ...after.entries()].map(([key]) => key));
  const changed = [...keys]
    .filter((key) => !seen.includes(key) && !key.startsWith("x-contract-"))
    .filter((key) => !isEqual(textsOf(before.get(key)), textsOf(after.get(key))));
  if (changed.length === 0) return [];
  const isProse = changed.every((key) =>
    ["description", "summary", "title", "example", "examples", "externalDocs"].includes(key),
  );
  const [first = ""] = changed;
  return [
    {
      rule: isProse ? "prose-changed" : "note-changed",
      direction: "request",
      operation,
      was: oneOrAll(changed.map((key) => textsOf(before.get(key)) ?? null)),
      now: oneOrAll(changed.map((key) => textsOf(after.get(key)) ?? null)),
      at: after.get(first) ?? after,
      where,
      about: changed.sort().join(),
    },
  ];
}

/** The data of a node, with references to examples resolved, because moving an example is not a change. */
function textsOf(node: Node | undefined): Json | undefined {
  if (node === undefined) return undefined;
  const resolved = node.resolve() ?? node;
  if (!isObject(resolved.value)) return resolved.value;
  return Object.fromEntries(
    resolved.entries().map(([key, member]) => [key, (member.resolve() ?? member).value]),
  );
}

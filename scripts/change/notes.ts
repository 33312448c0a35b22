import type { Json } from "../model/api.js";
import { isObject } from "../spec/canonical.js";
import type { Node } from "../spec/node.js";
import type { Draft } from "./draft.js";
import { isEqual, oneOrAll } from "./json.js";

/**
 * What differs between two objects of a document in members that no rule looks at: texts, examples, keys of other
 * tools. They bind nobody, but are named, so that nothing changes unseen.
 *
 * @param seen - keys that rules look at, or that are compared further inside
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

/** The data of a member, with the references of examples followed: a moved example is the same one. */
function textsOf(node: Node | undefined): Json | undefined {
  if (node === undefined) return undefined;
  const resolved = node.resolve() ?? node;
  if (!isObject(resolved.value)) return resolved.value;
  return Object.fromEntries(
    resolved.entries().map(([key, member]) => [key, (member.resolve() ?? member).value]),
  );
}

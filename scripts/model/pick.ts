import type { Node } from "../spec/node.js";

/** Returns `{ [key]: number }` if the node has a number under the key, otherwise `{}`. */
export function pick<Key extends string>(node: Node, key: Key): { readonly [K in Key]?: number } {
  const value = node.number(key);
  // A computed key widens to `string`, but the only key here is `Key`.
  return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: number };
}

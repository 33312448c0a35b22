import type { Node } from "../spec/node.js";

/** An object with the number that a node has under a key, or an empty one. */
export function pick<Key extends string>(node: Node, key: Key): { readonly [K in Key]?: number } {
  const value = node.number(key);
  // A computed key widens to `string`; there is one key, and it is Key.
  return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: number };
}

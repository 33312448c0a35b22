import type { ResourceSet } from "../../generated/models/resource-set.js";

/** A set with one exact name. */
export type ExactSet = Extract<ResourceSet, { readonly exact: string }>;

/** A set of all names with a prefix. `autoPrefixStreams` requires `streams` to be one. */
export type PrefixSet = Extract<ResourceSet, { readonly prefix: string }>;

/** Every resource of a kind: `{ prefix: "" }`. */
export const all: PrefixSet = { prefix: "" };

/** No resource at all, as if the set were omitted: `{ exact: "" }`. */
export const none: ExactSet = { exact: "" };

/**
 * The one resource of this name.
 *
 * @throws {TypeError} the name is empty or not a string: an empty name would match nothing, as {@link none} does.
 */
export function exact(name: string): ExactSet {
  checkString("exact", name);
  if (name === "")
    throw new TypeError("exact: an empty name matches nothing. If you mean that, use none");
  return { exact: name };
}

/**
 * Every resource whose name starts with this.
 *
 * @throws {TypeError} the prefix is empty or not a string: an empty prefix would match everything, as {@link all} does, and
 *   a variable that was never set must not grant everything.
 */
export function prefix(start: string): PrefixSet {
  checkString("prefix", start);
  if (start === "")
    throw new TypeError("prefix: an empty prefix matches everything. If you mean that, use all");
  return { prefix: start };
}

/** For callers without types, whose variable may never have been set. */
function checkString(what: string, text: unknown): void {
  if (typeof text !== "string") throw new TypeError(`${what}: expected a string`);
}

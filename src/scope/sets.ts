import type { ResourceSet } from "../../generated/models/resource-set.js";

/** A set that is chosen by an exact name. */
export type ExactSet = Extract<ResourceSet, { readonly exact: string }>;

/** A set that is chosen by a prefix, which is what `autoPrefixStreams` needs `streams` to be. */
export type PrefixSet = Extract<ResourceSet, { readonly prefix: string }>;

/** Every resource of a kind: `{ prefix: "" }`. */
export const all: PrefixSet = { prefix: "" };

/** No resource at all, which is also what an omitted set means: `{ exact: "" }`. */
export const none: ExactSet = { exact: "" };

/**
 * The one resource of this name.
 *
 * @throws {TypeError} the name is no text, or empty: the service would take that for {@link none}.
 */
export function exact(name: string): ExactSet {
  checkText("exact", name);
  if (name === "") throw new TypeError("exact: an empty name matches nothing; say so with none");
  return { exact: name };
}

/**
 * Every resource whose name starts with this.
 *
 * @throws {TypeError} the prefix is no text, or empty: the service would take that for {@link all}, and a variable that
 * was never set must not open everything.
 */
export function prefix(start: string): PrefixSet {
  checkText("prefix", start);
  if (start === "")
    throw new TypeError("prefix: an empty prefix matches everything; say so with all");
  return { prefix: start };
}

/** Callers without types have variables that were never set. */
function checkText(what: string, text: unknown): void {
  if (typeof text !== "string") throw new TypeError(`${what}: expected a text`);
}

import type { components } from "../../../generated/wire.js";

/** A set of resources by name, in normal form: null is the empty set. */
export type NameSet = components["schemas"]["ResourceSet"] | null;

/** The set of all names. */
export const everyName: NameSet = { prefix: "" };

/** Converts a set to normal form, as it is stored and listed: a missing or empty set becomes null. */
export function normalSet(set: NameSet | undefined): NameSet {
  if (set === undefined || set === null) return null;
  // The schema allows the other property as well, as long as it is not a string.
  const { exact, prefix }: { readonly exact?: unknown; readonly prefix?: unknown } = set;
  if (typeof exact === "string") return exact === "" ? null : { exact };
  return typeof prefix === "string" ? { prefix } : null;
}

/** Whether a name is in a set. */
export function holds(set: NameSet, name: string): boolean {
  if (set === null) return false;
  return "exact" in set ? set.exact === name : name.startsWith(set.prefix);
}

/** Whether every name of `inner` is in `outer`. Both are in normal form. */
export function covers(outer: NameSet, inner: NameSet): boolean {
  if (inner === null) return true;
  if ("exact" in inner) return holds(outer, inner.exact);
  return outer !== null && "prefix" in outer && inner.prefix.startsWith(outer.prefix);
}

/** Describes a set for the reason of a refusal. */
export function inWords(set: NameSet): string {
  if (set === null) return "none";
  if ("exact" in set) return JSON.stringify(set.exact);
  return set.prefix === "" ? "all" : `those that start with ${JSON.stringify(set.prefix)}`;
}

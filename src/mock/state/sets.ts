import type { components } from "../../../generated/wire.js";

/** A set of resources by name, as it is kept: null holds nothing. */
export type NameSet = components["schemas"]["ResourceSet"] | null;

/** The set that holds every name. */
export const everyName: NameSet = { prefix: "" };

/** The one form that a set is kept and listed in: one that was left out or names nothing is null. */
export function normalSet(set: NameSet | undefined): NameSet {
  if (set === undefined || set === null) return null;
  // The schema lets the other member be there as long as it is no string.
  const { exact, prefix }: { readonly exact?: unknown; readonly prefix?: unknown } = set;
  if (typeof exact === "string") return exact === "" ? null : { exact };
  return typeof prefix === "string" ? { prefix } : null;
}

/** Whether a name lies in a set. */
export function holds(set: NameSet, name: string): boolean {
  if (set === null) return false;
  return "exact" in set ? set.exact === name : name.startsWith(set.prefix);
}

/** Whether every name of `inner` lies in `outer`; both in the normal form. */
export function covers(outer: NameSet, inner: NameSet): boolean {
  if (inner === null) return true;
  if ("exact" in inner) return holds(outer, inner.exact);
  return outer !== null && "prefix" in outer && inner.prefix.startsWith(outer.prefix);
}

/** A set in words, for reasons. */
export function inWords(set: NameSet): string {
  if (set === null) return "none";
  if ("exact" in set) return JSON.stringify(set.exact);
  return set.prefix === "" ? "all" : `those that start with ${JSON.stringify(set.prefix)}`;
}

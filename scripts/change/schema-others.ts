/** What stands beside the listed properties of an object, or past the positions of a tuple. */
import { isObject } from "../spec/canonical.js";
import type { Node } from "../spec/node.js";

/** Values that are not listed: anything goes, none may be there, or each fits all of these schemas. */
export type Others = "open" | "closed" | readonly Node[];

/** Keywords that tell people something and bind no value. */
const texts = new Set("title description examples example $comment deprecated".split(" "));

/** What two schemas say of other values together. */
export function bothOthers(known: Others, more: Node | undefined): Others {
  if (known === "closed" || more === undefined || isAnything(more)) return known;
  if (more.value === false) return "closed";
  return known === "open" ? [more] : [...known, more];
}

/** The schema of other values, where there is one. */
export function schemaOf(others: Others): readonly Node[] | undefined {
  return typeof others === "string" ? undefined : others;
}

function isAnything({ value }: Node): boolean {
  return value === true || (isObject(value) && Object.keys(value).every((key) => texts.has(key)));
}

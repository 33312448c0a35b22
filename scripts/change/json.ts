import type { Json } from "../model/api.js";
import { compareText, isObject } from "../spec/canonical.js";

/** A string that is the same for equal data, in any order of keys. */
export function textOf(value: Json | undefined): string {
  return JSON.stringify(sorted(value ?? null));
}

/** Whether two values are equal. */
export function isEqual(left: Json | undefined, right: Json | undefined): boolean {
  return (left === undefined) === (right === undefined) && textOf(left) === textOf(right);
}

/** The values of one list that another lacks. */
export function without(list: readonly Json[], other: readonly Json[]): readonly Json[] {
  const texts = new Set(other.map(textOf));
  return list.filter((value) => !texts.has(textOf(value)));
}

/** One value by itself, several as a list, none as null. */
export function oneOrAll(values: readonly Json[]): Json {
  const [first = null] = values;
  return values.length > 1 ? values : first;
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, member]): [string, Json] => [
    key,
    sorted(member),
  ]);
  return Object.fromEntries(entries.sort(([left], [right]) => compareText(left, right)));
}

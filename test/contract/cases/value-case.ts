import type { Json } from "../read-document.js";

/** Keys from the root of a value to a place in it. */
export type Path = readonly (string | number)[];

/**
 * A valid value and one change to it. Kept apart, so that the same change can be made to the value as it is on the
 * wire and as callers give it.
 */
export interface ValueCase {
  /** What is special, such as `one character too long`. */
  readonly what: string;
  /** JSON pointer to the schema that is exercised or attacked, after references. */
  readonly pointer: string;
  /** The keyword of that schema which decides. */
  readonly constraint: string;
  /** Fits the schema at the root. */
  readonly base: Json;
  readonly path: Path;
  /** What stands at the path instead; `undefined` takes it away. */
  readonly value: Json | undefined;
}

/** The value on the wire after the change. */
export function wireOf({ base, path, value }: ValueCase): Json | undefined {
  // JSON with JSON in one of its places is JSON.
  return replaceAt(base, path, value) as Json | undefined;
}

/** A name for a test, unique among the cases of one schema. */
export function nameOf({ what, path }: ValueCase): string {
  const place = toPointer(path);
  return place === "" ? what : `${place}: ${what}`;
}

/** The place as a JSON pointer. */
export function toPointer(path: Path): string {
  return path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** The same case one level further out: inside of a property or of an array. */
export function inside(
  one: ValueCase,
  key: string | number,
  around: (inner: Json) => Json,
): ValueCase {
  return { ...one, base: around(one.base), path: [key, ...one.path] };
}

/** Cases of an item as cases of a list: each in the place of its first item. */
export function insideFirst(cases: readonly ValueCase[], list: readonly Json[]): ValueCase[] {
  return cases.map((one) =>
    inside(one, 0, (item) => list.map((old, index) => (index === 0 ? item : old))),
  );
}

/** A copy with another value at a place; `undefined` takes the place away. */
export function replaceAt(base: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(base)) {
    const items = base.map((item: unknown, index) =>
      index === key ? replaceAt(item, rest, value) : item,
    );
    return items.filter((item) => item !== undefined);
  }
  if (typeof base !== "object" || base === null) {
    throw new Error(`nothing to change at ${toPointer(path)}`);
  }
  const members = Object.entries(base).filter(([name]) => name !== key);
  const changed = replaceAt(Reflect.get(base, key), rest, value);
  return Object.fromEntries(changed === undefined ? members : [...members, [key, changed]]);
}

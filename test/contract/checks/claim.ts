import { AssertionError } from "node:assert";
import { isDeepStrictEqual } from "node:util";

/** Fails with these words where something does not hold. */
export function claim(holds: boolean, otherwise: () => string): asserts holds {
  if (!holds) throw new AssertionError({ message: otherwise() });
}

/** Two values are the same. Members that are `undefined` count as absent. */
export function same(actual: unknown, expected: unknown, what: string): void {
  const [left, right] = [dense(actual), dense(expected)];
  if (isDeepStrictEqual(left, right)) return;
  throw new AssertionError({ message: `${what} differs`, actual: left, expected: right });
}

function dense(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dense);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([key, member]) => [key, dense(member)]));
}

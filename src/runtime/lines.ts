import { nested } from "./check.js";
import { ValidationError } from "./validation-error.js";

/**
 * Writes items as JSON, one on each line (NDJSON).
 *
 * @param key - names the place of the items for the error
 * @param item - checks one item and encodes it
 */
export function asLines(
  value: unknown,
  key: string | undefined,
  item: (value: unknown) => unknown,
): string {
  const { [Symbol.iterator]: iterate }: Partial<Iterable<unknown>> = Object(value);
  if (typeof value === "string" || typeof iterate !== "function") {
    throw new ValidationError("an array or another iterable", value, key);
  }
  // The check above guarantees this type.
  const lines = Array.from(value as Iterable<unknown>, (one, index) =>
    nested(one, index, (inner) => `${JSON.stringify(item(inner))}\n`),
  );
  return lines.join("");
}

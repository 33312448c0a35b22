import { nested } from "./check.js";
import { ValidationError } from "./validation-error.js";

/**
 * Items as JSON, one on each line (NDJSON).
 *
 * @param key - names the place of the items for the error
 * @param item - checks one item and writes it as it travels
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
  // What was just checked is all that the type says.
  const lines = Array.from(value as Iterable<unknown>, (one, index) =>
    nested(one, index, (inner) => `${JSON.stringify(item(inner))}\n`),
  );
  return lines.join("");
}

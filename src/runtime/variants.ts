import { undeclaredMembers } from "./undeclared.js";
import { ValidationError } from "./validation-error.js";

/**
 * Reads a value of a union without a discriminator: as the first variant that declares all of its properties, or else as
 * the first that accepts it.
 *
 * @param unlisted - reads a value that no variant accepts
 * @throws {ValidationError} if no variant accepts it, and there is no `unlisted`.
 */
export function firstOf<
  const Readers extends readonly ((value: unknown) => unknown)[],
  Unlisted = never,
>(
  value: unknown,
  readers: Readers,
  unlisted?: (value: unknown) => Unlisted,
): ReturnType<Readers[number]> | Unlisted {
  const accepted: unknown[] = [];
  for (const read of readers) {
    try {
      const found = read(value);
      if (Object.keys(undeclaredMembers(Object(found))).length === 0) accepted.unshift(found);
      else accepted.push(found);
      if (accepted[0] === found) break;
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
    }
  }
  if (accepted.length === 0) {
    if (unlisted !== undefined) return unlisted(value);
    throw new ValidationError(`one of ${readers.length} variants`, value);
  }
  // One of the readers returned it.
  return accepted[0] as ReturnType<Readers[number]>;
}

/** A variant whose tag has just been compared with this value. */
export function tagged<Variant, Name extends string, const Value extends string | number>(
  variant: Variant,
  _name: Name,
  _value: Value,
): Variant & { readonly [Key in Name]: Value } {
  // The names say it to the compiler alone.
  return variant as Variant & { readonly [Key in Name]: Value };
}

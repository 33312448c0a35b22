/**
 * The checks that generated codecs are made of. Each takes a value that *claims* a type and returns it once the
 * claim holds; else it throws a {@link ValidationError}. Codecs run both ways: over answers (wire to model) and over input
 * (model to wire). A `key` names the value's place for the error; array items and whole values have none.
 */
import { rethrowUnder, ValidationError } from "./validation-error.js";

/** A string. */
export function asString<T extends string>(value: T, key?: string): T {
  if (typeof value !== "string") throw new ValidationError("a string", value, key);
  return value;
}

/** A boolean. */
export function asBoolean<T extends boolean>(value: T, key?: string): T {
  if (typeof value !== "boolean") throw new ValidationError("a boolean", value, key);
  return value;
}

/** A finite number. */
export function asNumber<T extends number>(value: T, key?: string): T {
  if (typeof value !== "number" || !Number.isFinite(value)) {
    throw new ValidationError("a finite number", value, key);
  }
  return value;
}

/**
 * An integer that a JavaScript number holds exactly: beyond ±(2^53 - 1) the digits that were sent are already lost,
 * and a wrong number is worse than an error.
 */
export function asInteger<T extends number>(value: T, key?: string): T {
  if (!Number.isSafeInteger(value)) {
    const found = Number.isFinite(value) ? String(value) : undefined;
    throw new ValidationError("an integer within ±(2^53 - 1)", value, key, found);
  }
  return value;
}

/** An object that is neither null nor an array. Unknown keys are fine. */
export function asObject<T extends object>(value: T): T {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ValidationError("an object", value);
  }
  return value;
}

/** An array; `item` reads each element. */
export function asArray<In, Out>(
  value: readonly In[],
  key: string | undefined,
  item: (value: In) => Out,
): Out[] {
  if (!Array.isArray(value)) throw new ValidationError("an array", value, key);
  const length = value.length;
  const out = new Array<Out>(length);
  let index = 0;
  try {
    for (const element of value) {
      out[index] = item(element);
      index += 1;
    }
  } catch (error) {
    if (error instanceof ValidationError) error.keys.unshift(index);
    return key === undefined ? rethrow(error) : rethrowUnder(error, key);
  }
  return out;
}

/** An array of exactly `length` elements. */
export function asTuple<T extends readonly unknown[]>(value: T, length: number): T {
  if (!Array.isArray(value)) throw new ValidationError("an array", value);
  if (value.length !== length) {
    throw new ValidationError(
      `an array of ${length}`,
      value,
      undefined,
      `an array of ${value.length}`,
    );
  }
  return value;
}

/** An object used as a map; `item` reads each value. Keys stay as they are. */
export function asRecord<In, Out>(
  value: Readonly<Record<string, In>>,
  key: string | undefined,
  item: (value: In) => Out,
): Record<string, Out> {
  // Entries, because assigning a key named __proto__ would set the prototype and lose the value.
  const read = (): Record<string, Out> =>
    Object.fromEntries(
      Object.entries(asObject(value)).map(([name, element]) => [name, nested(element, name, item)]),
    );
  return key === undefined ? read() : nested(value, key, read);
}

/** A value read by a codec of its own, which knows nothing of the key. */
export function nested<In, Out>(value: In, key: string | number, read: (value: In) => Out): Out {
  try {
    return read(value);
  } catch (error) {
    return rethrowUnder(error, key);
  }
}

/** An object with exactly one of these keys: the branches of an exclusive union. */
export function asOneOf<T extends object>(value: T, keys: readonly string[]): T {
  asObject(value);
  let present = 0;
  for (const key of keys) if (Reflect.get(value, key) !== undefined) present += 1;
  if (present !== 1) {
    const wanted = keys.map((key) => JSON.stringify(key)).join(", ");
    throw new ValidationError(
      `exactly one of ${wanted}`,
      value,
      undefined,
      present === 0 ? "none" : `${present} of them`,
    );
  }
  return value;
}

/**
 * Input without keys that the contract does not have: a field that is dropped in silence could be the expiry of a
 * credential. Keys with the value `undefined` count as absent. Answers are never checked so: they may hold more.
 */
export function onlyKeys(value: object, known: readonly string[]): void {
  for (const key of Object.keys(value)) {
    if (known.includes(key) || Reflect.get(value, key) === undefined) continue;
    const plain = (name: string): string => name.replace(/[^a-z0-9]/gi, "").toLowerCase();
    const meant = known.find((name) => plain(name) === plain(key));
    const advice = meant === undefined ? `one of ${known.join(", ")}` : `the name ${meant}`;
    throw new ValidationError(advice, undefined, key, "an unknown field");
  }
}

/** The failure of a value that fits no branch of a union. */
export function noBranch(value: unknown, expected: string): ValidationError {
  return new ValidationError(expected, value);
}

function rethrow(error: unknown): never {
  throw error;
}

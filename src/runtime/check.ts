/**
 * The checks that generated codecs consist of. Each takes any value and returns it with the type that it was checked for,
 * or throws a {@link ValidationError}. Codecs run both ways: over responses (wire to model) and over input (model to wire).
 * `key` names the place of the value for the error; array items and whole values have none.
 */

import { keepUndeclared, sendUndeclared } from "./undeclared.js";
import { rethrowUnder, ValidationError } from "./validation-error.js";

/** The properties of an object by name; none is checked yet. */
export type Members<Name extends string> = Readonly<Record<Name, unknown>>;

/** A string. */
export function asString(value: unknown, key?: string): string {
  if (typeof value !== "string") throw new ValidationError("a string", value, key);
  return value;
}

/** A boolean. */
export function asBoolean(value: unknown, key?: string): boolean {
  if (typeof value !== "boolean") throw new ValidationError("a boolean", value, key);
  return value;
}

/** A finite number. */
export function asNumber(value: unknown, key?: string): number {
  if (typeof value !== "number" || !Number.isFinite(value)) {
    throw new ValidationError("a finite number", value, key);
  }
  return value;
}

/**
 * An integer. Beyond ±2^53 JavaScript has rounded it, and generated types say so: one large id must not cost the
 * response around it.
 */
export function asInteger(value: unknown, key?: string): number {
  if (typeof value !== "number" || !Number.isInteger(value)) {
    const found = Number.isFinite(value) ? String(value) : undefined;
    throw new ValidationError("an integer", value, key, found);
  }
  return value;
}

/** An object that is neither null nor an array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The properties of an object. There may be others than these. */
export function members<Name extends string>(value: unknown): Members<Name> {
  if (!isObject(value)) throw new ValidationError("an object", value);
  // Every property is `unknown`, and so is an absent one.
  return value as Members<Name>;
}

/** An object with these properties, which `read` turns into a value. Other properties are kept: see `undeclared.ts`. */
export function asObject<Name extends string, Out extends object>(
  value: unknown,
  names: readonly Name[],
  read: (wire: Members<Name>) => Out,
): Out {
  const wire = members<Name>(value);
  return keepUndeclared(read(wire), wire, names);
}

/** Input with these properties and no others, which `write` turns into what is sent. */
export function asInput<Name extends string>(
  value: unknown,
  names: readonly Name[],
  write: (input: Members<Name>) => Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const input = onlyKeys(value, names);
  return sendUndeclared(write(input), input);
}

/** An array; `item` reads each element. */
export function asArray<Out>(
  value: unknown,
  key: string | undefined,
  item: (value: unknown) => Out,
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

/** One of these values, and no other. */
export function asLiteral<const Value extends string | number | boolean>(
  value: unknown,
  values: readonly Value[],
  key?: string,
): Value {
  const found = values.find((one) => one === value);
  if (found === undefined) {
    throw new ValidationError(values.map((one) => JSON.stringify(one)).join(" or "), value, key);
  }
  return found;
}

/** Null, and nothing else. */
export function asNull(value: unknown, key?: string): null {
  if (value !== null) throw new ValidationError("null", value, key);
  return value;
}

/** A property of an object by a name that every object inherits. */
export function own(value: object, name: string): unknown {
  return Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}

/**
 * An array with a reader for each element.
 *
 * @param required - how many elements must be there
 * @param rest - reads further elements; without it, there must be none
 */
export function asTuple<Tuple extends readonly unknown[]>(
  value: unknown,
  required: number,
  readers: readonly ((value: unknown) => unknown)[],
  rest?: (value: unknown) => unknown,
): Tuple {
  if (!Array.isArray(value)) throw new ValidationError("an array", value);
  const most = rest === undefined ? readers.length : Number.POSITIVE_INFINITY;
  if (value.length < required || value.length > most) {
    const wanted = required === most ? required : `${range(required, most)} items`;
    throw new ValidationError(
      `an array of ${wanted}`,
      value,
      undefined,
      `an array of ${value.length}`,
    );
  }
  const items: unknown[] = value.map((item, index) => {
    const read = readers[index] ?? rest;
    return read === undefined ? item : nested(item, index, read);
  });
  // The cast: the readers give the types of the caller's tuple.
  return items as readonly unknown[] as Tuple;
}

function range(least: number, most: number): string {
  return most === Number.POSITIVE_INFINITY ? `at least ${least}` : `${least} to ${most}`;
}

/** An object used as a map; `item` reads each value. Keys stay as they are. */
export function asRecord<Out>(
  value: unknown,
  key: string | undefined,
  item: (value: unknown) => Out,
): Record<string, Out> {
  // Entries, because assigning a key named __proto__ would set the prototype and lose the value.
  const read = (): Record<string, Out> =>
    Object.fromEntries(
      Object.entries(members(value)).map(([name, element]) => [name, nested(element, name, item)]),
    );
  return key === undefined ? read() : nested(value, key, read);
}

/** Reads a value with a codec, and adds the key to its error. */
export function nested<Out>(
  value: unknown,
  key: string | number,
  read: (value: unknown) => Out,
): Out {
  try {
    return read(value);
  } catch (error) {
    return rethrowUnder(error, key);
  }
}

/** An object with exactly one of these keys: the branches of an exclusive union. */
export function asOneOf<Name extends string>(value: unknown, keys: readonly Name[]): Members<Name> {
  return withPresent(value, keys, 1);
}

/** The same in a response, which may have another key instead: a newer server may know further variants. */
export function asAtMostOneOf<Name extends string>(
  value: unknown,
  keys: readonly Name[],
): Members<Name> {
  return withPresent(value, keys, Object.keys(members(value)).length === 0 ? 1 : 0);
}

function withPresent<Name extends string>(
  value: unknown,
  keys: readonly Name[],
  least: number,
): Members<Name> {
  const found = members<Name>(value);
  const present = keys.filter((key) => found[key] !== undefined).length;
  if (present < least || present > 1) {
    const wanted = keys.map((key) => JSON.stringify(key)).join(", ");
    const count = present === 0 ? "none" : `${present} of them`;
    throw new ValidationError(`exactly one of ${wanted}`, value, undefined, count);
  }
  return found;
}

/**
 * Input without keys that the contract does not have: a field that is dropped silently could be the expiry of a
 * credential. Keys with the value `undefined` count as absent. Responses are not checked this way: they may hold more.
 */
export function onlyKeys<Name extends string>(
  value: unknown,
  known: readonly Name[],
): Members<Name> {
  const input = members<Name>(value);
  const names: readonly string[] = known;
  for (const [key, member] of Object.entries(input)) {
    if (member === undefined || names.includes(key)) continue;
    const plain = (name: string): string => name.replace(/[^a-z0-9]/gi, "").toLowerCase();
    const meant = names.find((name) => plain(name) === plain(key));
    const advice = meant === undefined ? `one of ${names.join(", ")}` : `the name ${meant}`;
    throw new ValidationError(advice, undefined, key, "an unknown field");
  }
  return input;
}

/** The error of a value that fits no branch of a union. */
export function noBranch(value: unknown, expected: string): ValidationError {
  return new ValidationError(expected, value);
}

function rethrow(error: unknown): never {
  throw error;
}

/**
 * Where a value keeps the fields that the service sent and the contract does not declare. It is a symbol, because their
 * names on the wire could be names of declared properties. Spread and `Object.assign` copy it, so that a value that is read
 * and sent back loses nothing. Two copies of the package share it.
 */
const undeclared: unique symbol = Symbol.for("undeclared members");

/** A value that may hold undeclared fields. */
interface Holder {
  [undeclared]?: Readonly<Record<string, unknown>>;
}

/**
 * The fields of an object that the service sent and the contract does not declare, under their names on the wire. They are
 * sent again when the object is sent back.
 */
export function undeclaredMembers(value: object): Readonly<Record<string, unknown>> {
  return (value as Holder)[undeclared] ?? {};
}

/** Keeps the fields of the wire that are none of these, in the value that was read. */
export function keepUndeclared<T extends object>(
  value: T,
  wire: object,
  names: readonly string[],
): T {
  for (const key in wire) {
    if (names.includes(key)) continue;
    return keepRest(
      value,
      Object.entries(wire).filter(([name]) => !names.includes(name)),
    );
  }
  return value;
}

/** Keeps these fields of the wire in the value that was read. */
export function keepRest<T extends object>(value: T, rest: readonly [string, unknown][]): T {
  // From entries, because assigning a key named __proto__ would set the prototype and lose the value.
  if (rest.length > 0) (value as Holder)[undeclared] = Object.fromEntries(rest);
  return value;
}

/** Adds the undeclared fields of an input to the object that is sent. */
export function sendUndeclared<T extends object>(wire: T, input: object): T {
  const rest = (input as Holder)[undeclared];
  return rest === undefined ? wire : { ...wire, ...rest };
}

/**
 * Where a value keeps the members that the service sent and the contract does not declare. A symbol, because their
 * names are those of the wire and could be the names of declared members; spread and `Object.assign` copy it, so a
 * value that is read and sent back loses nothing. Two copies of the package share it.
 */
const undeclared: unique symbol = Symbol.for("undeclared members");

/** A value that may hold undeclared members. */
interface Holder {
  [undeclared]?: Readonly<Record<string, unknown>>;
}

/**
 * The members of an object that the service sent and the contract does not declare, under their names on the wire.
 * They go out again when the object is sent back.
 */
export function undeclaredMembers(value: object): Readonly<Record<string, unknown>> {
  return (value as Holder)[undeclared] ?? {};
}

/** Lets a value that was read keep the members of the wire that are none of these. */
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

/** Lets a value that was read keep these members of the wire. */
export function keepRest<T extends object>(value: T, rest: readonly [string, unknown][]): T {
  // From entries, because assigning a key named __proto__ would set the prototype and lose the value.
  if (rest.length > 0) (value as Holder)[undeclared] = Object.fromEntries(rest);
  return value;
}

/** Adds what was undeclared when the input was read to what is sent of it. */
export function sendUndeclared<T extends object>(wire: T, input: object): T {
  const rest = (input as Holder)[undeclared];
  return rest === undefined ? wire : { ...wire, ...rest };
}

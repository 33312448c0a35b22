import { type Members, members, nested } from "./check.js";
import { keepRest, sendUndeclared } from "./undeclared.js";

/**
 * An object that may have further properties. `item` reads each of them; they keep their names on the wire. If a declared
 * property already has the name of one, that one is kept with the undeclared fields.
 */
export function asOpenObject<Name extends string, Out extends object, Item>(
  value: unknown,
  names: readonly Name[],
  read: (wire: Members<Name>) => Out,
  item: (value: unknown) => Item,
): Out & { readonly [name: string]: Item } {
  const wire = members<Name>(value);
  const out = read(wire);
  const hidden: [string, unknown][] = [];
  const more: [string, Item][] = [];
  for (const [name, member] of others(wire, names)) {
    if (Object.hasOwn(out, name)) hidden.push([name, member]);
    else more.push([name, nested(member, name, item)]);
  }
  // Entries, because assigning a key named __proto__ would set the prototype and lose the value.
  return keepRest({ ...out, ...Object.fromEntries(more) }, hidden);
}

/** The same for input: `item` turns each further property into what is sent. */
export function asOpenInput<Name extends string>(
  value: unknown,
  names: readonly Name[],
  write: (input: Members<Name>) => Readonly<Record<string, unknown>>,
  item: (value: unknown) => unknown,
): Readonly<Record<string, unknown>> {
  const input = members<Name>(value);
  const more = others(input, names).map(([name, member]) => [name, nested(member, name, item)]);
  return sendUndeclared({ ...Object.fromEntries(more), ...write(input) }, input);
}

function others(value: object, names: readonly string[]): [string, unknown][] {
  return Object.entries(value).filter(
    ([name, member]) => member !== undefined && !names.includes(name),
  );
}

import type { Node } from "../../spec/node.js";
import type { Problems } from "../../spec/problem.js";
import { isIdentifier, isInherited } from "./identifiers.js";
import { override, Scope } from "./scope.js";
import { toCamel } from "./words.js";

/**
 * The TypeScript name of a property: the one that the contract sets, otherwise the wire name in `camelCase`. A wire
 * name that gives no identifier, such as `+1`, stays unchanged and is quoted. `then`, and names that every JavaScript
 * object already has, such as `constructor`, get a `_` at the end.
 */
export function propertyName(wireName: string, node: Node | undefined, problems: Problems): string {
  const given = node?.text(override);
  const name = given ?? toCamel(wireName);
  const at = node?.at ?? [];
  if (!isIdentifier(name)) {
    const found = `a name that gives no identifier: ${JSON.stringify(given ?? wireName)}`;
    problems.warn(at, found, `${override} next to it`);
    return wireName;
  }
  if (isInherited(name) || isInherited(wireName)) {
    const found = `${JSON.stringify(wireName)}, which every JavaScript object already has`;
    problems.warn(at, found, "another name");
    return isInherited(name) ? `${name}_` : name;
  }
  if (name === "then") {
    const found = '"then", which makes an object look like a promise';
    problems.warn(at, found, `${override} next to it`);
    return `${name}_`;
  }
  return name;
}

/** A property with its preferred name. */
interface Member {
  readonly name: string;
  readonly wireName: string;
}

/**
 * Makes the names of properties unique. If several have the same name, the one with the same wire name keeps it,
 * otherwise the first in the order of wire names. The others get their wire names: `fooBar` and `foo_bar`.
 *
 * @param at - place of the object with the properties
 */
export function distinctNames<M extends Member>(
  members: readonly M[],
  at: readonly string[],
  problems: Problems,
): M[] {
  const names = new Scope("property", problems).assign(
    members.map(({ name, wireName }) => ({
      at: [...at, wireName],
      wishes: [name, wireName],
      rank: name === wireName ? 0 : 1,
    })),
  );
  return members.map((member, index) => ({ ...member, name: names[index] ?? member.name }));
}

import type { Node } from "../../spec/node.js";
import type { Problems } from "../../spec/problem.js";
import { isIdentifier, isInherited } from "./identifiers.js";
import { override, Scope } from "./scope.js";
import { toCamel } from "./words.js";

/**
 * The name of a member of an object or input: what the contract says, else the name on the wire in `camelCase`. One
 * that makes no identifier, such as `+1`, stays as it is on the wire, in quotes. `then` and what every JavaScript
 * object has already, such as `constructor`, get a `_` behind them.
 */
export function propertyName(wireName: string, node: Node | undefined, problems: Problems): string {
  const given = node?.text(override);
  const name = given ?? toCamel(wireName);
  const at = node?.at ?? [];
  if (!isIdentifier(name)) {
    const found = `a name that makes no identifier: ${JSON.stringify(given ?? wireName)}`;
    problems.warn(at, found, `${override} beside it`);
    return wireName;
  }
  if (isInherited(name) || isInherited(wireName)) {
    const found = `${JSON.stringify(wireName)}, which every JavaScript object has already`;
    problems.warn(at, found, "another name");
    return isInherited(name) ? `${name}_` : name;
  }
  if (name === "then") {
    const found = '"then", which makes an object pass for a promise';
    problems.warn(at, found, `${override} beside it`);
    return `${name}_`;
  }
  return name;
}

/** A member with the name that it would like. */
interface Member {
  readonly name: string;
  readonly wireName: string;
}

/**
 * Members with names of their own. Of several that want one name, that one keeps it which is called so on the wire,
 * else the first by its name on the wire; the others are called as on the wire: `fooBar` beside `foo_bar`.
 *
 * @param at - where the members stand
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

import type { Problems } from "../../spec/problem.js";
import { isIdentifier } from "./identifiers.js";
import { type Claim, Scope } from "./scope.js";
import { toPascal } from "./words.js";

/** A part of an input with its preferred name. */
interface Part {
  readonly name: string;
  readonly wireName: string;
  /** Its place in the request, such as `path`; `server` for a variable of the server's URL. */
  readonly place: string;
  readonly at: readonly string[];
}

/** A name of an input that cannot change: that of a body property, or `body`. */
interface FixedName {
  readonly name: string;
  readonly at: readonly string[];
}

const places = ["server", "path", "query", "header", "cookie", "part"];

/**
 * Assigns names to the parts of an input that do not belong to the body. Properties of the body keep their names,
 * because they belong to a model. A parameter of the same name gets its place in front: `pathId` next to the property
 * `id`. Among parameters, the one that comes first in the request keeps the name.
 *
 * @returns the names, in the order of the parts
 */
export function inputNames(
  parts: readonly Part[],
  fixed: readonly FixedName[],
  problems: Problems,
): string[] {
  const scope = new Scope("input", problems);
  scope.assign(fixed.map(({ name, at }) => ({ at, wishes: [name] })));
  return scope.assign(
    parts.map(({ name, wireName, place, at }): Claim => {
      const plain = isIdentifier(wireName) ? [wireName] : [];
      return {
        at,
        wishes: [name, ...plain, `${place}${toPascal(name)}`],
        rank: places.indexOf(place) * 2 + (name === wireName ? 0 : 1),
      };
    }),
  );
}

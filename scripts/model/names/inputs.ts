import type { Problems } from "../../spec/problem.js";
import { isIdentifier } from "./identifiers.js";
import { type Claim, Scope } from "./scope.js";
import { toPascal } from "./words.js";

/** A part of an input with the name that it would like. */
interface Part {
  readonly name: string;
  readonly wireName: string;
  /** Where it travels: `path`, `query`; `server` for a variable of the server's URL. */
  readonly place: string;
  readonly at: readonly string[];
}

/** A name of an input that cannot be changed: of a field of the body, or of the body itself. */
interface FixedName {
  readonly name: string;
  readonly at: readonly string[];
}

const places = ["server", "path", "query", "header", "cookie", "part"];

/**
 * Names for the parts of an input that are not the body's. Fields of the body keep theirs, because they are those of
 * a type of its own; a parameter of the same name says where it travels: `pathId` beside the field `id`. Of several
 * parameters, the one that comes first in the request keeps the name.
 *
 * @returns the name of each part, in the order in which they were given
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

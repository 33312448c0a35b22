import { isAlike, type SchemaPair, type SchemaPairs } from "./schema-pair.js";
import type { Union } from "./schema-unions.js";
import { isAnything, type Place, type View, viewOf } from "./schema-view.js";

/** Branches of two unions that are the same branch, and those that only one has. */
interface Matched {
  /** `index` is that of the new branch. */
  readonly pairs: readonly { readonly index: number; readonly old: Place; readonly new: Place }[];
  readonly removed: readonly Place[];
  readonly added: readonly Place[];
}

/** How the unions of two views match. */
export interface Branches extends Matched {
  /** Unions that both have. */
  readonly unions: readonly (readonly [old: Union, now: Union])[];
  /** Unions that one has, beside keywords that bind values themselves. */
  readonly lost: readonly Union[];
  readonly gained: readonly Union[];
  /** Whether keywords beside the union are compared too. */
  readonly whole: boolean;
}

/** Matches the branches of two views. A schema that is not a union counts as one branch if the other side is a union. */
export function matchBranches(pairs: SchemaPairs, pair: SchemaPair): Branches {
  const { old: before, new: after } = pair;
  const none = { unions: [], lost: [], gained: [] };
  const isOneSided = (before.unions.length === 0) !== (after.unions.length === 0);
  const [left, right] = [before.unions[0], after.unions[0]];
  const isOne = before.unions.length + after.unions.length === 1;
  if (isOneSided && isOne && ![before, after].some((view) => isAnything(view) || isBeside(view))) {
    const old = left?.branches ?? [before.place];
    const now = right?.branches ?? [after.place];
    return { ...none, ...match(pairs, pair, old, now), whole: false };
  }
  const unions = matchUnions(before.unions, after.unions);
  const matched = unions.map(([old, now]) => match(pairs, pair, old.branches, now.branches));
  return {
    unions,
    lost: before.unions.filter((one) => !unions.some(([old]) => old === one)),
    gained: after.unions.filter((one) => !unions.some(([, now]) => now === one)),
    pairs: matched.flatMap((one) => one.pairs),
    removed: matched.flatMap(({ removed }) => removed),
    added: matched.flatMap(({ added }) => added),
    whole: true,
  };
}

/** Unions that are the same one: of several, those with the same text, and then in their order. */
function matchUnions(old: readonly Union[], now: readonly Union[]): Branches["unions"] {
  const texts = (union: Union): string => JSON.stringify(union.branches.map(valuesOf));
  const [left, right] = [new Set(old), new Set(now)];
  const found: (readonly [Union, Union])[] = [];
  for (const isSame of [(one: Union, other: Union) => texts(one) === texts(other), () => true]) {
    for (const one of left) {
      const other = [...right].find((union) => isSame(one, union));
      if (other === undefined) continue;
      found.push([one, other]);
      left.delete(one);
      right.delete(other);
    }
  }
  return found;
}

/** Whether a view has keywords beside its union that restrict values. */
function isBeside({ unions, types, values, properties, required }: View): boolean {
  return (
    unions.length > 0 &&
    (types !== undefined || values !== undefined || properties.size > 0 || required.size > 0)
  );
}

type Matcher = (left: Place, right: Place) => boolean;

function match(
  pairs: SchemaPairs,
  { direction }: SchemaPair,
  old: readonly Place[],
  now: readonly Place[],
): Matched {
  const left = new Set(old);
  const right = new Set(now);
  const found: { index: number; old: Place; new: Place }[] = [];
  const view = (place: Place): View => viewOf(place, direction);
  const by: readonly Matcher[] = [
    // Compare the JSON first: this is cheap, and most branches of large unions are unchanged.
    (one, other) => JSON.stringify(valuesOf(one)) === JSON.stringify(valuesOf(other)),
    (one, other) => sharesName(view(one), view(other)),
    (one, other) => isAlike(pairs.of(one, other, direction)),
    (one, other) => titleOf(view(one)) !== undefined && titleOf(view(one)) === titleOf(view(other)),
    (one, other) => isTaggedAlike(view(one), view(other), direction),
    (one, other) => isShapedAlike(view(one), view(other)),
  ];
  for (const isSame of by) {
    for (const one of left) {
      const same = [...right].filter((other) => isSame(one, other));
      const [other] = same;
      if (other === undefined) continue;
      found.push({ index: now.indexOf(other), old: one, new: other });
      left.delete(one);
      right.delete(other);
    }
  }
  return { pairs: found, removed: [...left], added: [...right] };
}

function valuesOf(place: Place): unknown {
  return place.map(({ value }) => value);
}

function sharesName({ names: left }: View, { names: right }: View): boolean {
  return left[0] !== undefined && left[0] === right[0];
}

function titleOf({ prose }: View): string | undefined {
  const title = prose.get("title");
  return typeof title === "string" ? title : undefined;
}

/** Whether both have a property with the same single value, like branches of tagged unions. */
function isTaggedAlike(left: View, right: View, direction: "request" | "response"): boolean {
  return [...left.properties].some(([name, place]) => {
    const other = right.properties.get(name);
    if (other === undefined) return false;
    const [one, two] = [viewOf(place, direction).values, viewOf(other, direction).values];
    return one?.length === 1 && two?.length === 1 && JSON.stringify(one) === JSON.stringify(two);
  });
}

/** Whether both have the same single type and, if they are objects, require a property of the same name. */
function isShapedAlike(left: View, right: View): boolean {
  const [one, other] = [[...(left.types ?? [])].join(), [...(right.types ?? [])].join()];
  if (one !== other) return false;
  if (one !== "object") return one !== "";
  const isTagged = (view: View): boolean =>
    [...view.properties.values()].some((place) => viewOf(place, "response").values?.length === 1);
  if (isTagged(left) && isTagged(right)) return false;
  return [...left.required].some((name) => right.required.has(name));
}

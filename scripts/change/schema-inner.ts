import { matchBranches } from "./schema-branches.js";
import { schemaOf } from "./schema-others.js";
import type { SchemaPair, SchemaPairs, Step } from "./schema-pair.js";
import type { Place } from "./schema-view.js";

/** The inner pairs of a pair: properties, items and branches that both sides have. */
export function innerPairs(pairs: SchemaPairs, pair: SchemaPair): SchemaPair["inner"] {
  const { old: before, new: after, direction } = pair;
  const found: { step: Step; pair: SchemaPair }[] = [];
  const add = (step: Step, left: Place | undefined, right: Place | undefined): void => {
    if (left === undefined || right === undefined) return;
    found.push({ step, pair: pairs.of(left, right, direction) });
  };
  const { pairs: branches, whole } = matchBranches(pairs, pair);
  for (const { index, old: left, new: right } of branches) {
    const step = { kind: "branch", index } as const;
    found.push({ step, pair: pairs.of(left, right, direction, !whole) });
  }
  // If only one side is a union, its matching branch is compared with the whole other side.
  if (!whole) return found;

  const names = new Set([...before.properties.keys(), ...after.properties.keys()]);
  for (const name of names) {
    const left = before.properties.get(name);
    const right = after.properties.get(name);
    add(
      { kind: "property", name },
      left ?? schemaOf(before.additional),
      right ?? schemaOf(after.additional),
    );
  }
  for (const [pattern, left] of before.matching) {
    add({ kind: "pattern-property", pattern }, left, after.matching.get(pattern));
  }
  add({ kind: "other-property" }, schemaOf(before.additional), schemaOf(after.additional));
  add({ kind: "item" }, schemaOf(before.items), schemaOf(after.items));
  const longest = Math.max(before.tuple.length, after.tuple.length);
  for (let index = 0; index < longest; index += 1) {
    add(
      { kind: "position", index },
      before.tuple[index] ?? schemaOf(before.items),
      after.tuple[index] ?? schemaOf(after.items),
    );
  }
  return found;
}

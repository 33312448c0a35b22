import type { Node } from "../spec/node.js";
import type { Branches } from "./schema-branches.js";
import type { Difference, SchemaPair } from "./schema-pair.js";
import type { Union } from "./schema-unions.js";
import { isAnything, type Place, type View } from "./schema-view.js";

/** Differences of unions: branches that come or go, their form, and unions that come or go as a whole. */
export function unionDifferences(
  pair: SchemaPair,
  branches: Branches,
  at: Node,
): readonly Difference[] {
  return [...branchDifferences(pair, branches, at), ...wholeDifferences(pair, branches, at)];
}

function branchDifferences(
  { old: before, new: after }: SchemaPair,
  { removed, added, unions }: Branches,
  at: Node,
): Difference[] {
  return [
    ...removed.map((place): Difference => {
      const was = labelOf(before, place);
      return { rule: "union-branch-removed", was, now: null, at, about: `branch ${was}` };
    }),
    ...added.map((place): Difference => {
      const now = labelOf(after, place);
      const [node = at] = place;
      return { rule: "union-branch-added", was: null, now, at: node, about: `branch ${now}` };
    }),
    ...unions
      .filter(([left, right]) => left.exclusive !== right.exclusive)
      .map(([, { exclusive }]): Difference => {
        const rule = exclusive ? "union-made-exclusive" : "union-made-inclusive";
        const [was, now] = exclusive ? ["anyOf", "oneOf"] : ["oneOf", "anyOf"];
        return { rule, was, now, at, about: "union" };
      }),
  ];
}

function wholeDifferences(
  { old: before, new: after }: SchemaPair,
  { lost, gained }: Branches,
  at: Node,
): Difference[] {
  const names = (view: View, { branches }: Union): string[] =>
    branches.map((place) => labelOf(view, place));
  return [
    ...lost.map((union): Difference => {
      const was = names(before, union);
      // Beside other keywords, a union only says which of them go together.
      const response = isAnything(after)
        ? (["reader", "types"] as const)
        : (["strict-reader"] as const);
      const who = { request: [], response };
      return { rule: "union-removed", was, now: null, at, about: "union", who };
    }),
    ...gained.map((union): Difference => {
      const now = names(after, union);
      const request = isAnything(before) ? (["sender", "types"] as const) : (["sender"] as const);
      const who = { request, response: [] };
      return { rule: "union-added", was: null, now, at, about: "union", who };
    }),
  ];
}

/** How a branch is called: by its component, its title, a property, or its place in the union. */
function labelOf({ unions }: View, place: Place): string {
  const index = unions.map(({ branches }) => branches.indexOf(place)).find((found) => found >= 0);
  const [node] = place;
  const ref = node?.text("$ref")?.split("/").at(-1);
  return (
    ref ?? node?.text("title") ?? node?.get("properties")?.entries()[0]?.[0] ?? `${index ?? 0}`
  );
}

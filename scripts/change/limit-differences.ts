import type { Json } from "../model/api.js";
import type { Node } from "../spec/node.js";
import { isLower } from "./schema-limits.js";
import type { Difference, SchemaPair } from "./schema-pair.js";

/** A bound of a number, with the keyword that sets it. */
interface Bound {
  readonly keyword: string;
  readonly limit: number;
}

const bounds = [
  ["minimum", "exclusiveMinimum"],
  ["maximum", "exclusiveMaximum"],
] as const;

/** Differences of sizes, lengths and numbers. */
export function limitDifferences({ old: before, new: after }: SchemaPair, at: Node): Difference[] {
  const keywords = new Set([...before.limits.keys(), ...after.limits.keys()]);
  for (const keyword of bounds.flat()) keywords.delete(keyword);
  return [
    ...bounds.flatMap((pair) => {
      const [was, now] = [before, after].map(({ limits }) => boundOf(limits, pair[0], pair[1]));
      return boundDifferences(was, now, at);
    }),
    ...[...keywords].flatMap((keyword): Difference[] => {
      const [was, now] = [before.limits.get(keyword), after.limits.get(keyword)];
      if (was === now) return [];
      if (keyword === "multipleOf" && was !== undefined && now !== undefined)
        return stepDifferences(was, now, at);
      const isTighter =
        now !== undefined && (was === undefined || (isLower(keyword) ? now > was : now < was));
      return [difference(isTighter, was, now, at, keyword)];
    }),
  ];
}

/** The tighter of the two ways to bound a number on one side. */
function boundOf(
  limits: ReadonlyMap<string, number>,
  inclusive: string,
  exclusive: string,
): Bound | undefined {
  const [at, beyond] = [limits.get(inclusive), limits.get(exclusive)];
  if (beyond === undefined) return at === undefined ? undefined : { keyword: inclusive, limit: at };
  const isBeyond = at === undefined || (isLower(inclusive) ? beyond >= at : beyond <= at);
  return isBeyond ? { keyword: exclusive, limit: beyond } : { keyword: inclusive, limit: at };
}

function boundDifferences(was: Bound | undefined, now: Bound | undefined, at: Node): Difference[] {
  const about = now?.keyword ?? was?.keyword ?? "";
  if (was?.keyword === now?.keyword && was?.limit === now?.limit) return [];
  if (was === undefined || now === undefined) {
    return [difference(now !== undefined, was?.limit, now?.limit, at, about)];
  }
  const isExclusive = now.keyword.startsWith("exclusive");
  const isTighter =
    was.limit === now.limit ? isExclusive : isLower(about) === now.limit > was.limit;
  if (was.keyword === now.keyword) return [difference(isTighter, was.limit, now.limit, at, about)];
  const [left, right] = [was, now].map(({ keyword, limit }) => `${keyword} ${limit}`);
  return [difference(isTighter, left, right, at, about)];
}

/** A multiple of the old step is tighter, a part of it looser. Any other step is reported as both. */
function stepDifferences(was: number, now: number, at: Node): Difference[] {
  const isWhole = (ratio: number): boolean => Math.abs(ratio - Math.round(ratio)) < 1e-9;
  return [
    ...(isWhole(was / now) ? [] : [difference(true, was, now, at, "multipleOf")]),
    ...(isWhole(now / was) ? [] : [difference(false, was, now, at, "multipleOf")]),
  ];
}

function difference(
  isTighter: boolean,
  was: Json | undefined,
  now: Json | undefined,
  at: Node,
  about: string,
): Difference {
  const rule = isTighter ? "limit-tightened" : "limit-loosened";
  return { rule, was: was ?? null, now: now ?? null, at, about };
}

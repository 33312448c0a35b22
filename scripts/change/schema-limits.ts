/** Numeric limits of a schema: of size, length, bytes and value. */
import type { Node } from "../spec/node.js";

/** Keywords with numeric limits. */
export const limitKeywords: ReadonlySet<string> = new Set(
  "minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum minItems maxItems minProperties maxProperties multipleOf".split(
    " ",
  ),
);
/** The limits of a schema that have an effect. A minimum length of 0 has none. */
export function limitsOf(node: Node): (readonly [string, number])[] {
  const bytes = node.get("x-contract-byte-length");
  const all = [...limitKeywords].map((keyword) => [keyword, node.number(keyword)] as const);
  const found = [
    ...all,
    ["minBytes", bytes?.number("min")] as const,
    ["maxBytes", bytes?.number("max")] as const,
  ];
  return found.flatMap(([keyword, limit]) =>
    limit === undefined || (limit === 0 && /^min[A-Z]/.test(keyword)) ? [] : [[keyword, limit]],
  );
}

/** Replaces exclusive limits of integers by inclusive ones: more than 0 is at least 1. */
export function roundLimits(limits: Map<string, number>): void {
  const [above, below] = [limits.get("exclusiveMinimum"), limits.get("exclusiveMaximum")];
  const least = [
    limits.get("minimum"),
    ...(above === undefined ? [] : [Math.floor(above) + 1]),
  ].flatMap((limit) => (limit === undefined ? [] : [Math.ceil(limit)]));
  const most = [
    limits.get("maximum"),
    ...(below === undefined ? [] : [Math.ceil(below) - 1]),
  ].flatMap((limit) => (limit === undefined ? [] : [Math.floor(limit)]));
  limits.delete("exclusiveMinimum");
  limits.delete("exclusiveMaximum");
  if (least.length > 0) limits.set("minimum", Math.max(...least));
  if (most.length > 0) limits.set("maximum", Math.min(...most));
}

/** The tighter of two limits of one keyword. */
export function tighter(keyword: string, left: number, right: number): number {
  return isLower(keyword) ? Math.max(left, right) : Math.min(left, right);
}

/** Whether a limit of this keyword is a lower bound. */
export function isLower(keyword: string): boolean {
  return /^min|^exclusiveMin/.test(keyword);
}

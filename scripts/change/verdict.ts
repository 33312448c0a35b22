import type { Draft } from "./draft.js";
import { ruleOf } from "./rules/all.js";
import type { Verdict } from "./rules/rule.js";

/** What the rules say of a draft, before proof. A rule without a mirror says the same in either direction. */
export function verdictOf({ rule, direction, who }: Draft): Verdict {
  const found = ruleOf(rule);
  const other = found[direction === "request" ? "response" : "request"];
  const verdict = "none" in found[direction] ? other : found[direction];
  if ("none" in verdict) throw new Error(`the rule ${rule} says nothing in either direction`);
  return who === undefined ? verdict : { ...verdict, who };
}

import type { Draft } from "./draft.js";
import { ruleOf } from "./rules/all.js";
import type { Verdict } from "./rules/rule.js";

/** The verdict of the rules on a draft, before proof. A rule for one direction applies in both. */
export function verdictOf({ rule, direction, who }: Draft): Verdict {
  const found = ruleOf(rule);
  const other = found[direction === "request" ? "response" : "request"];
  const verdict = "none" in found[direction] ? other : found[direction];
  if ("none" in verdict) throw new Error(`the rule ${rule} has no verdict in either direction`);
  return who === undefined ? verdict : { ...verdict, who };
}

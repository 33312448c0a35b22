import { rules } from "./rules/all.js";
import { type Rule, ruleName } from "./rules/rule.js";

/** A rule by the name that findings carry, and the direction that it speaks of. */
export function ruleByName(
  name: string,
): { readonly rule: Rule; readonly direction: "request" | "response" } | undefined {
  for (const rule of rules) {
    for (const direction of ["request", "response"] as const) {
      if (ruleName(rule, direction) === name && !("none" in rule[direction]))
        return { rule, direction };
    }
  }
  return undefined;
}

/** What a rule means, in one sentence; nothing of a rule that there is not. */
export function meaningOf(name: string): string {
  const found = ruleByName(name);
  const verdict = found?.rule[found.direction];
  return verdict === undefined || "none" in verdict ? "" : verdict.means;
}

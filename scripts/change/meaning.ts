import { rules } from "./rules/all.js";
import { type Rule, ruleName } from "./rules/rule.js";

/** A rule and its direction, by its name in findings. */
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

/** The effect of a rule in one sentence; `""` for an unknown rule. */
export function meaningOf(name: string): string {
  const found = ruleByName(name);
  const verdict = found?.rule[found.direction];
  return verdict === undefined || "none" in verdict ? "" : verdict.means;
}

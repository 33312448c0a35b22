import type { Bump, Finding, Who } from "./finding.js";
import type { Verdict } from "./rules/rule.js";

const order: readonly Bump[] = ["none", "patch", "minor", "major"];
const breaking: readonly Who[] = ["sender", "reader", "types", "behaviour"];

/** The bump that a change needs, from the consumers that it breaks. */
export function bumpOf(who: readonly Who[], { safe = "minor" }: Verdict): Bump {
  if (who.some((one) => breaking.includes(one))) return "major";
  return who.length > 0 ? "minor" : safe;
}

/** The largest of all bumps. */
export function highest(bumps: readonly Bump[]): Bump {
  return bumps.reduce<Bump>((known, bump) => (isLess(known, bump) ? bump : known), "none");
}

/** Whether a bump is smaller than another. */
export function isLess(left: Bump, right: Bump): boolean {
  return order.indexOf(left) < order.indexOf(right);
}

/** The release for a version: before 1.0.0, breaking changes raise the second number, and others the third. */
export function releaseOf(bump: Bump, version: string): Bump {
  if (!version.startsWith("0.")) return bump;
  return bump === "major" ? "minor" : bump === "minor" ? "patch" : bump;
}

/** The largest bump of all findings. */
export function totalBump(findings: readonly Finding[]): Bump {
  return highest(findings.map(({ bump }) => bump));
}

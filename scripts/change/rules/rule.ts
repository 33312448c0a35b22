import type { Who } from "../finding.js";

/** What a change means in one direction. */
export interface Verdict {
  /** Who breaks; nobody where the change is safe. */
  readonly who: readonly Who[];
  /** What the release needs where nobody breaks; `minor` unless said otherwise. */
  readonly safe?: "minor" | "patch";
  /** Set where a value can show it: the search for one decides whether the change has an effect. */
  readonly value?: true;
  /** One sentence for people. */
  readonly means: string;
}

/** The reason why a change has no meaning in a direction. */
export interface NoVerdict {
  readonly none: string;
}

/**
 * What one kind of change means. Requests and responses mirror each other: what narrows one direction widens the
 * other. Every kind says what it means in both, or why one of them has no such change.
 */
export interface Meaning {
  readonly request: Verdict | NoVerdict;
  readonly response: Verdict | NoVerdict;
}

/** A kind of change by its name. */
export interface Rule extends Meaning {
  readonly id: string;
}

/** The name of a rule in one direction, as findings carry it; without a mirror, the direction says nothing. */
export function ruleName(rule: Rule, direction: "request" | "response"): string {
  return "none" in rule.request || "none" in rule.response ? rule.id : `${direction}-${rule.id}`;
}

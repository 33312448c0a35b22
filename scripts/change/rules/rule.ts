import type { Who } from "../finding.js";

/** The effect of a change in one direction. */
export interface Verdict {
  /** The consumers that the change breaks; empty if it is safe. */
  readonly who: readonly Who[];
  /** The bump for a change that breaks no consumer. Default: `minor`. */
  readonly safe?: "minor" | "patch";
  /** Set if a value can prove the change. The search for a witness then decides whether it has an effect. */
  readonly value?: true;
  /** The effect in one sentence, for reports. */
  readonly means: string;
}

/** The reason why a kind of change does not occur in a direction. */
export interface NoVerdict {
  readonly none: string;
}

/**
 * The effect of one kind of change. Requests and responses mirror each other: a change that is safe in one direction
 * often breaks the other. Every kind defines both directions, or the reason why it does not occur in one.
 */
export interface Meaning {
  readonly request: Verdict | NoVerdict;
  readonly response: Verdict | NoVerdict;
}

/** A kind of change with its name. */
export interface Rule extends Meaning {
  readonly id: string;
}

/** The name of a rule in findings. It contains the direction if the rule applies to both. */
export function ruleName(rule: Rule, direction: "request" | "response"): string {
  return "none" in rule.request || "none" in rule.response ? rule.id : `${direction}-${rule.id}`;
}

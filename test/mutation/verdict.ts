import type { Check, Subject } from "../contract/checks/check.js";

/** What noticed a mutant. */
export interface Kill {
  /** The suite, or the tool that refused the mutant before any suite could look at it. */
  readonly by: string;
  /** The check that failed first. */
  readonly check: string;
  /** What it said. */
  readonly says: string;
}

/** Runs checks until one fails. `undefined`: the mutant survives all of them. */
export async function killOf(
  checks: readonly Check[],
  subject: () => Subject,
): Promise<Kill | undefined> {
  let made: Subject;
  try {
    made = subject();
  } catch (error) {
    return { by: "reader", check: "reading the document", says: told(error) };
  }
  for (const check of checks) {
    try {
      await check.run(made);
    } catch (error) {
      const isRefused = error instanceof Error && error.name === "SpecError";
      return { by: isRefused ? "generator" : check.suite, check: check.name, says: told(error) };
    }
  }
  return undefined;
}

function told(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

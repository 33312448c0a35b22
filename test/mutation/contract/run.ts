import { allChecks } from "../../contract/checks/all.js";
import { generateClient } from "../../contract/checks/build-client.js";
import type { Check } from "../../contract/checks/check.js";
import { suites } from "../../contract/checks/check.js";
import { referenceOf, subjectOf } from "../../contract/checks/subject.js";
import { current, explanationsOf, released } from "../../contract/released.js";
import type { Outcome } from "../outcome.js";
import { killOf } from "../verdict.js";
import { contractMutants } from "./all.js";
import { applied } from "./mutant.js";

/** Runs the suites on every mutant of the contract. */
export async function contractOutcomes(
  progress: (outcome: Outcome) => void,
): Promise<readonly Outcome[]> {
  const checks = judges();
  const original = await killOf(checks, () => subjectOf(current, () => generateClient(current)));
  if (original !== undefined) {
    throw new Error(
      `the contract itself fails: ${original.by}, ${original.check}: ${original.says}`,
    );
  }
  const outcomes: Outcome[] = [];
  for (const mutant of contractMutants(current)) {
    const document = applied(current, mutant);
    const kill = await killOf(checks, () => subjectOf(document, () => generateClient(document)));
    const outcome = { mutator: mutant.mutator, id: mutant.id, kill };
    outcomes.push(outcome);
    progress(outcome);
  }
  return outcomes;
}

/**
 * The frozen contract of the last release judges, except for what has changed on purpose since; of what is new since,
 * the contract itself says what must hold.
 */
function judges(): readonly Check[] {
  const former = allChecks(referenceOf(released));
  const kept = former.filter((check) => explanationsOf(check).length === 0);
  const known = new Set(kept.map(keyOf));
  const added = allChecks(referenceOf(current)).filter((check) => !known.has(keyOf(check)));
  return [...kept, ...added].toSorted(
    (left, right) => suites.indexOf(left.suite) - suites.indexOf(right.suite),
  );
}

function keyOf({ suite, name }: Check): string {
  return `${suite}: ${name}`;
}

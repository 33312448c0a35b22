import { allChecks } from "../../contract/checks/all.js";
import { buildClient } from "../../contract/checks/build-client.js";
import type { Check } from "../../contract/checks/check.js";
import { committedClient } from "../../contract/checks/client.js";
import { referenceOf, subjectOf } from "../../contract/checks/subject.js";
import { complaintOf } from "../../contract/checks/type-probe.js";
import { current } from "../../contract/released.js";
import type { Outcome } from "../outcome.js";
import { type Kill, killOf } from "../verdict.js";
import { applied, clientMutants, type TextMutant } from "./mutators.js";

/** Runs the suites of the client on every mutant of the generated code; the compiler is asked last. */
export async function clientOutcomes(
  progress: (outcome: Outcome) => void,
): Promise<readonly Outcome[]> {
  const { sources } = await committedClient();
  const checks = allChecks(referenceOf(current)).filter(
    ({ suite }) => suite.startsWith("client") && suite !== "client types",
  );
  const errorsFirst = checks.toSorted(
    (left, right) => Number(isOfErrors(right)) - Number(isOfErrors(left)),
  );
  const outcomes: Outcome[] = [];
  for (const mutant of clientMutants(sources)) {
    const changed = applied(sources, mutant);
    // What is about errors is noticed there: an order that saves time and changes no verdict.
    const order = mutant.file === "errors.ts" ? errorsFirst : checks;
    const kill = await killOf(order, () => subjectOf(current, () => buildClient(changed)));
    const outcome = {
      mutator: mutant.mutator,
      id: mutant.id,
      kill: kill ?? compilerKill(changed, mutant),
    };
    outcomes.push(outcome);
    progress(outcome);
  }
  return outcomes;
}

/** `npm run typecheck` compiles generated code too: what does not compile does not reach anybody. */
function compilerKill(
  sources: ReadonlyMap<string, string>,
  { file }: TextMutant,
): Kill | undefined {
  const says = complaintOf(sources, file);
  return says === undefined ? undefined : { by: "compiler", check: file, says };
}

function isOfErrors({ suite }: Check): boolean {
  return suite === "client errors";
}

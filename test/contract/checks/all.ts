import { type Check, type Reference, suites } from "./check.js";
import { clientAnswerChecks } from "./client-answers.js";
import { clientErrorChecks } from "./client-errors.js";
import { clientExtensionChecks } from "./client-extensions.js";
import { clientRequestChecks } from "./client-requests.js";
import { clientTypeChecks } from "./client-types.js";
import { engineChecks } from "./engine-requests.js";
import { schemaChecks } from "./schema-cases.js";
import { surfaceChecks } from "./surface.js";

/** Everything that a contract must keep, judged by another: cheap checks first. */
export function allChecks(reference: Reference): readonly Check[] {
  const checks = [
    ...surfaceChecks(reference),
    ...schemaChecks(reference),
    ...engineChecks(reference),
    ...clientRequestChecks(reference),
    ...clientAnswerChecks(reference),
    ...clientErrorChecks(reference),
    ...clientExtensionChecks(reference),
    ...clientTypeChecks(reference),
  ];
  return checks.toSorted((left, right) => suites.indexOf(left.suite) - suites.indexOf(right.suite));
}

import type { NormalizedProblem } from "@redocly/openapi-core";
import { printPlace } from "./locate.js";
import { type Finding, fromPointer, type Problem } from "./problem.js";

/** A finding of the linter about the sources. */
export function problemOf(finding: NormalizedProblem): Problem {
  const [location] = finding.location;
  const pointer = location?.pointer ?? "#";
  return {
    pointer,
    found: finding.message,
    supported: supportedOf(finding),
    rule: finding.ruleId,
    ...(location !== undefined && { source: printPlace(location.source, pointer) }),
  };
}

/**
 * Problems told once each. A file that is broken is reported by everything that refers to it, and so are the examples
 * of a broken schema: those go where there are others.
 */
export function withoutDerived(problems: readonly Problem[]): Problem[] {
  const isParse = ({ found }: Problem): boolean => found.startsWith("Failed to parse");
  const isDerived = ({ found }: Problem): boolean => found.startsWith("Example validation errored");
  const roots = problems.some(isParse)
    ? problems.filter(isParse)
    : problems.filter((one) => !isDerived(one));
  const told = roots.length > 0 ? roots : problems;
  return [...new Map(told.map((one) => [`${one.source} ${one.found}`, one])).values()];
}

/** Keys whose value has a meaning for a client. With another type than they must have, they would be misread. */
const meaningful = new Set(
  (
    "$ref additionalProperties allOf anyOf const content enum explode format in items name not oneOf parameters paths " +
    "prefixItems properties requestBody required responses schema schemas security style type url"
  ).split(" "),
);

/**
 * A finding of the linter about the document in its normal form. One that would change what a client sends or reads
 * is an error of the operations around it: a keyword of the wrong type, a reference that leads nowhere. All others
 * are warnings: tools take such documents everywhere.
 */
export function findingOf(problem: NormalizedProblem): Finding {
  const at = fromPointer(problem.location[0]?.pointer ?? "#");
  // JSON Schema allows `true` and `false` wherever a schema stands.
  const isSchema = /^Expected type `Schema` .* `boolean`$/.test(problem.message);
  // An old way to say of a member that it is required; tools ignore it everywhere.
  const isFlag = /^Expected type `array` .* `boolean`/.test(problem.message);
  const isMisread =
    problem.message.startsWith("Expected type") &&
    !isSchema &&
    !(isFlag && at.at(-1) === "required") &&
    at.some((key, index) => meaningful.has(key) && index >= at.length - 2);
  // A mapping may name a schema where a reference could stand.
  const isMapped = at.at(-2) === "mapping" && at.at(-3) === "discriminator";
  const isError = isMisread || (problem.ruleId === "no-unresolved-refs" && !isMapped);
  return {
    at,
    found: problem.message,
    supported: supportedOf(problem),
    severity: isError ? "error" : "warning",
    rule: problem.ruleId,
  };
}

function supportedOf({ suggest, message }: NormalizedProblem): string {
  if (suggest.length > 0) return `did you mean ${suggest.join(" or ")}?`;
  return message.includes("is not expected here")
    ? "keys that OpenAPI 3.1 or JSON Schema 2020-12 has at this place, and x- extensions"
    : "";
}

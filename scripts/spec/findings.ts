import type { NormalizedProblem } from "@redocly/openapi-core";
import { printPlace } from "./locate.js";
import { type Finding, fromPointer, type Problem } from "./problem.js";

/** Converts a linter finding about the sources. */
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
 * Removes duplicates and problems that follow from others. The linter reports a file that it cannot parse at every
 * reference to it, and an invalid schema again at each of its examples.
 */
export function withoutDerived(problems: readonly Problem[]): Problem[] {
  const isParse = ({ found }: Problem): boolean => found.startsWith("Failed to parse");
  const isDerived = ({ found }: Problem): boolean => found.startsWith("Example validation errored");
  const roots = problems.some(isParse)
    ? problems.filter(isParse)
    : problems.filter((one) => !isDerived(one));
  const kept = roots.length > 0 ? roots : problems;
  return [...new Map(kept.map((one) => [`${one.source} ${one.found}`, one])).values()];
}

/** Keys that change what a client sends or reads. A value of the wrong type would lead to a wrong client. */
const meaningful = new Set(
  (
    "$ref additionalProperties allOf anyOf const content enum explode format in items name not oneOf parameters paths " +
    "prefixItems properties requestBody required responses schema schemas security style type url"
  ).split(" "),
);

/**
 * Converts a linter finding about the converted document. It is an error of the operations that contain it if it
 * changes what a client sends or reads: a keyword of the wrong type, or a reference that cannot be resolved. All
 * others are warnings, because other tools accept such documents.
 */
export function findingOf(problem: NormalizedProblem): Finding {
  const at = fromPointer(problem.location[0]?.pointer ?? "#");
  // In JSON Schema, `true` and `false` are schemas too.
  const isSchema = /^Expected type `Schema` .* `boolean`$/.test(problem.message);
  // `required: true` on a property is from JSON Schema draft 3. Tools ignore it.
  const isFlag = /^Expected type `array` .* `boolean`/.test(problem.message);
  const isMisread =
    problem.message.startsWith("Expected type") &&
    !isSchema &&
    !(isFlag && at.at(-1) === "required") &&
    at.some((key, index) => meaningful.has(key) && index >= at.length - 2);
  // A mapping may contain the name of a schema instead of a reference.
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
    ? "keys that OpenAPI 3.1 or JSON Schema 2020-12 defines here, and x- extensions"
    : "";
}

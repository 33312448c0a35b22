import type { Report } from "../report.js";

/** Prints the report as one JSON object, for programs. */
export function printJson({ change, release, base, to, undecided, approved }: Report): string {
  const findings = change.findings.map((finding) => {
    const { id, operation, who, bump, rule, was, now, witness, confirmed, place } = finding;
    return { id, operation, who, bump, rule, was, now, witness, confirmed, place };
  });
  const object = { bump: change.bump, release, base, to, undecided, approved, findings };
  return `${JSON.stringify(object, undefined, 2)}\n`;
}

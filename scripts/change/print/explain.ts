import { bumpOf } from "../bump.js";
import type { Finding } from "../finding.js";
import { ruleByName } from "../meaning.js";
import type { Report } from "../report.js";
import { type Rule, ruleName } from "../rules/rule.js";
import { changeLine, short, whoLine } from "./lines.js";

/**
 * Explains a finding of a comparison or a rule.
 *
 * @param id - id of a finding or of a rule
 * @returns `undefined` if neither exists
 */
export function explain(id: string, { change, release, version }: Report): string | undefined {
  const finding = change.findings.find((one) => one.id === id);
  const rule = ruleByName(finding?.rule ?? id);
  if (rule === undefined) return undefined;
  const lines = [
    ...(finding === undefined
      ? []
      : [...findingLines(finding), `  release    ${release} for ${version}`, ""]),
    ...ruleLines(rule.rule),
  ];
  return `${lines.join("\n")}\n`;
}

function findingLines(finding: Finding): readonly string[] {
  const { operation, where, witness, confirmed, complaint, place, undecided } = finding;
  return [
    finding.id,
    `  operation  ${operation ?? "the whole contract"}`,
    `  where      ${where}`,
    `  change     ${changeLine(finding)}`,
    `  breaks     ${whoLine(finding)}`,
    `  bump       ${finding.bump}`,
    `  witness    ${witness === null ? "none" : short(witness, 2_000)}`,
    `  confirmed  ${confirmed ? "yes" : undecided === true ? "undecided: no witness was found" : "no"}`,
    ...(complaint === undefined
      ? []
      : [`  compiler   ${complaint.code}`, `             ${complaint.says}`]),
    `  at         ${place.file}:${place.line}  ${place.pointer}`,
  ];
}

function ruleLines(rule: Rule): readonly string[] {
  return (["request", "response"] as const).flatMap((direction) => {
    const verdict = rule[direction];
    if ("none" in verdict) return [`in a ${direction}: ${verdict.none}`];
    const who = verdict.who.length === 0 ? "nobody breaks" : `breaks ${verdict.who.join(", ")}`;
    return [
      `in a ${direction} (${ruleName(rule, direction)}): ${verdict.means}`,
      `  ${who}; ${bumpOf(verdict.who, verdict)}`,
    ];
  });
}

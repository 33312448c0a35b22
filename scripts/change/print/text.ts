import type { Finding } from "../finding.js";
import { meaningOf } from "../meaning.js";
import type { Report } from "../report.js";
import {
  byOperation,
  changeLine,
  changelogLine,
  counted,
  inOrder,
  parted,
  short,
  verdictLine,
  whoLine,
} from "./lines.js";

/** Prints the report for a terminal. */
export function printText(report: Report): string {
  const [breaks, safe] = parted(report.change.findings);
  const lines = [verdictLine(report), `  ${report.base} -> ${report.to}`];
  for (const [operation, findings] of byOperation(breaks)) {
    lines.push("", operation);
    for (const finding of findings) lines.push(...breakLines(finding, report));
  }
  if (safe.length > 0) {
    lines.push("", `Safe: ${counted(safe.length, "change")}`);
    for (const finding of inOrder(safe)) lines.push(safeLine(finding));
  }
  const draft = changelogLine(report);
  if (draft !== undefined) lines.push("", "For the changelog", `  ${draft}`);
  return `${lines.join("\n")}\n`;
}

function breakLines(finding: Finding, { approved }: Report): readonly string[] {
  const { bump, where, rule, witness, complaint, place, id, undecided } = finding;
  return [
    `  ${bump}  ${where}: ${changeLine(finding)}`,
    `    breaks     ${whoLine(finding)}. ${meaningOf(rule)}`,
    ...(witness === null ? [] : [`    witness    ${short(witness)}`]),
    ...(complaint === undefined
      ? []
      : [`    compiler   ${complaint.code}`, `               ${complaint.says}`]),
    ...(undecided === true ? ["    undecided  no witness was found"] : []),
    `    at         ${place.file}:${place.line}`,
    `    id         ${id}${approved.includes(id) ? "  (approved)" : ""}`,
  ];
}

function safeLine(finding: Finding): string {
  const { operation, where, rule, bump, undecided } = finding;
  const doubt = undecided === true ? ", undecided: no value shows a difference" : "";
  const place = [operation ?? "the whole contract", where].join(", ");
  // For descriptions, only the rule: both texts would fill the page.
  const what = bump === "patch" ? "" : `: ${changeLine(finding)}`;
  return `  ${bump}  ${place}${what}  [${rule}${doubt}]`;
}

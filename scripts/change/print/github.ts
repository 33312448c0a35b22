import type { Finding } from "../finding.js";
import { meaningOf } from "../meaning.js";
import type { Report } from "../report.js";
import { changeLine, short, verdictLine, whoLine } from "./lines.js";

/** Prints annotations for a workflow: each breaking change, at its line in the document. */
export function printGithub(report: Report): string {
  const notes = report.change.findings
    .filter(({ who }) => who.length > 0)
    .map((finding) => annotation(finding, report.approved));
  return `${[...notes, verdictLine(report)].join("\n")}\n`;
}

function annotation(finding: Finding, approved: readonly string[]): string {
  const { operation, where, bump, rule, witness, place, id } = finding;
  const isAccepted = approved.includes(id);
  const level = bump === "major" && !isAccepted ? "error" : bump === "major" ? "warning" : "notice";
  const title = `${bump}: ${operation ?? "the whole contract"} ${where}`;
  const says = [
    `${changeLine(finding)}. Breaks ${whoLine(finding)}. ${meaningOf(rule)}`,
    ...(witness === null ? [] : [`Witness: ${short(witness)}`]),
    ...(isAccepted ? ["Approved."] : []),
  ];
  const { file, line } = place;
  return `::${level} file=${value(file)},line=${line},title=${value(title)}::${data(says.join("\n"))}`;
}

/** Escapes a text for the data of a workflow command, which ends at a line break. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** Escapes a text for a property of a workflow command, which commas and colons delimit. */
function value(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

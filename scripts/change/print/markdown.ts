import type { Finding } from "../finding.js";
import { meaningOf } from "../meaning.js";
import type { Report } from "../report.js";
import {
  byOperation,
  changeLine,
  changelogLine,
  counted,
  parted,
  short,
  verdictLine,
  whoLine,
} from "./lines.js";

/** Prints the report for a workflow summary or a comment on a pull request. */
export function printMarkdown(report: Report): string {
  const [breaks, safe] = parted(report.change.findings);
  const lines = [`**${verdictLine(report)}**`, "", `${code(report.base)} to ${code(report.to)}`];
  for (const [operation, findings] of byOperation(breaks)) {
    lines.push("", `### ${operation === "the whole contract" ? operation : code(operation)}`, "");
    for (const finding of findings) lines.push(...breakLines(finding, report));
  }
  if (safe.length > 0) {
    lines.push("", `<details><summary>Safe: ${counted(safe.length, "change")}</summary>`, "");
    lines.push("| release | operation | place | change |", "| --- | --- | --- | --- |");
    for (const finding of safe) lines.push(safeLine(finding));
    lines.push("", "</details>");
  }
  const draft = changelogLine(report);
  if (draft !== undefined) lines.push("", "For the changelog:", "", `> ${plain(draft)}`);
  return `${lines.join("\n")}\n`;
}

function breakLines(finding: Finding, { approved }: Report): readonly string[] {
  const { bump, where, rule, witness, complaint, place, id, undecided } = finding;
  return [
    `- **${bump}** ${code(where)}: ${plain(changeLine(finding))}${approved.includes(id) ? " (approved)" : ""}`,
    `  - breaks ${whoLine(finding)}. ${meaningOf(rule)}`,
    ...(witness === null ? [] : [`  - witness: ${code(short(witness))}`]),
    ...(complaint === undefined ? [] : [`  - ${code(complaint.code)}: ${plain(complaint.says)}`]),
    ...(undecided === true ? ["  - undecided: no witness was found"] : []),
    `  - ${code(`${place.file}:${place.line}`)}, id ${code(id)}`,
  ];
}

function safeLine(finding: Finding): string {
  const { bump, operation, where, rule, undecided } = finding;
  const doubt = undecided === true ? " (undecided: no value shows a difference)" : "";
  // For descriptions, only the rule: both texts would fill the page.
  const what = bump === "patch" ? rule : changeLine(finding);
  const cells = [bump, operation ?? "the whole contract", where, `${what}${doubt}`];
  return `| ${cells.map((cell) => plain(cell).replaceAll("|", "\\|")).join(" | ")} |`;
}

/** Prints text of the document as code, with a fence that is longer than any inside. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = longest > 0 ? " " : "";
  return `${fence}${space}${text.replaceAll(/\s+/g, " ")}${space}${fence}`;
}

/** Escapes text of the document, so that nothing in it is Markdown. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<#]/g, (mark) => `\\${mark}`).replaceAll(/\s+/g, " ");
}

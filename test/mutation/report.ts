import { suites } from "../contract/checks/check.js";
import { excuseOf, type Outcome, scoreOf, type Tally, tallyOf } from "./outcome.js";

/** One half of the report: what was mutated, and what became of it. */
export interface Half {
  readonly title: string;
  /** Sentences on what is mutated and who judges. */
  readonly about: string;
  readonly outcomes: readonly Outcome[];
}

/** The whole report as Markdown. It holds no time and no machine, so that the same code gives the same file. */
export function markdown(halves: readonly Half[], threshold: number): string {
  return [
    "# Mutation scores",
    "",
    "Written by `npm run test:mutation`; do not edit. A mutant is a small change that would break somebody. It is killed when a",
    "check fails on it, and survives when all of them pass. The score is the killed part of those that are not equivalent, which",
    `must be at least ${threshold} %.`,
    "",
    ...table(
      ["", "mutants", "killed", "equivalent", "survived", "score"],
      halves.map(({ title, outcomes }) => row(tallyOf(title, outcomes))),
    ),
    "",
    ...halves.flatMap(sections),
  ].join("\n");
}

function sections({ title, about, outcomes }: Half): readonly string[] {
  const mutators = [...new Set(outcomes.map(({ mutator }) => mutator))].toSorted();
  const noticed = new Set(outcomes.map(({ kill }) => kill?.by));
  const killers = ["reader", "generator", ...suites, "compiler"].filter((by) => noticed.has(by));
  const survivors = outcomes.filter((one) => one.kill === undefined);
  const excused = survivors.filter((one) => excuseOf(one) !== undefined);
  const alive = survivors.filter((one) => excuseOf(one) === undefined);
  return [
    `## ${title}`,
    "",
    about,
    "",
    ...table(
      ["mutator", "mutants", "killed", "equivalent", "survived", "score"],
      mutators.map((name) =>
        row(
          tallyOf(
            name,
            outcomes.filter(({ mutator }) => mutator === name),
          ),
        ),
      ),
    ),
    "",
    "What notices them first:",
    "",
    ...table(
      ["suite", "killed"],
      killers.map((by) => [by, String(outcomes.filter(({ kill }) => kill?.by === by).length)]),
    ),
    "",
    "Survivors:",
    "",
    ...(alive.length === 0 ? ["None."] : alive.map(({ id }) => `- ${code(id)}`)),
    "",
    "Equivalent, each for a reason (`test/mutation/equivalent.json`):",
    "",
    ...(excused.length === 0
      ? ["None."]
      : excused.map((one) => `- ${code(one.id)}: ${excuseOf(one)?.why}`)),
    "",
  ];
}

function row(tally: Tally): readonly string[] {
  const { name, mutants, killed, equivalent, survived } = tally;
  return [name, ...[mutants, killed, equivalent, survived].map(String), percent(scoreOf(tally))];
}

/** Cut, not rounded: 99.99 is not 100. */
function percent(score: number): string {
  return `${(Math.floor(score * 10) / 10).toFixed(1)} %`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

function code(text: string): string {
  const ticks = text.includes("`") ? "``" : "`";
  return `${ticks}${text}${ticks}`;
}

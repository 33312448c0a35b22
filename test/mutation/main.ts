/** How much the tests notice: mutates the contract and the generated client, and counts. `npm run test:mutation`. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { clientOutcomes } from "./client/run.js";
import { contractOutcomes } from "./contract/run.js";
import { excuseOf, type Outcome, scoreOf, staleEntries, tallyOf } from "./outcome.js";
import { type Half, markdown } from "./report.js";

/** Percent of the mutants that must be noticed, of each half. */
const threshold = 97;

const halves = {
  contract: {
    title: "The contract",
    about:
      "Mutants of the bundled document. The suites of `test/contract/checks/` run on each of them, made of the frozen contract of the\n" +
      "last release; the client of a mutant is generated from it. `reader` and `generator` refuse a document before a suite sees it.",
    run: contractOutcomes,
  },
  client: {
    title: "The generated client",
    about:
      "Mutants of the emitted codecs, methods and tables. The suites of the client run on each of them; the compiler is asked last.",
    run: clientOutcomes,
  },
} as const;

const help = `npm run test:mutation [-- contract | client]

Mutates the contract and the generated client and counts what the tests notice.
Both halves: writes test/contract/MUTATION.md. One half: prints, and writes nothing.
Ends with 1 where a score is below ${threshold} % or an entry of test/mutation/equivalent.json is stale.
`;

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { help: { type: "boolean", short: "h" } },
  });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const unknown = positionals.find((name) => !Object.hasOwn(halves, name));
  if (unknown !== undefined) {
    process.stderr.write(`${unknown}: expected contract, client or nothing\n\n${help}`);
    return 2;
  }
  const isAll = positionals.length === 0;
  const done: Half[] = [];
  for (const [name, { run, ...half }] of Object.entries(halves)) {
    if (!isAll && !positionals.includes(name)) continue;
    process.stderr.write(`${half.title}: `);
    done.push({ ...half, outcomes: await run(show) });
    process.stderr.write("\n");
  }
  const text = markdown(done, threshold);
  process.stdout.write(`\n${text}\n`);
  if (isAll) {
    const file = fileURLToPath(new URL("../contract/MUTATION.md", import.meta.url));
    writeFileSync(file, text);
  }
  return verdict(done, isAll);
}

/** A sign for each mutant: a dot is a killed one. */
function show(outcome: Outcome): void {
  const isExcused = excuseOf(outcome) !== undefined;
  process.stderr.write(outcome.kill !== undefined ? "." : isExcused ? "=" : "S");
}

function verdict(done: readonly Half[], isAll: boolean): number {
  const low = done.filter(({ title, outcomes }) => scoreOf(tallyOf(title, outcomes)) < threshold);
  for (const { title } of low) process.stderr.write(`${title}: below ${threshold} %\n`);
  // An entry of the other half is not stale because it was not looked at.
  const stale = isAll ? staleEntries(done.flatMap(({ outcomes }) => outcomes)) : [];
  for (const entry of stale) {
    process.stderr.write(`equivalent.json: remove what excuses nothing any more: ${entry}\n`);
  }
  return low.length > 0 || stale.length > 0 ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));

import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { node, root } from "./program.js";
import { ratios, summarise } from "./statistics.js";
import { markdownTable } from "./table.js";

const rounds = 25;

/** Programs that import and do nothing else, by what the table calls them. The first is what the others compare with. */
const programs: Readonly<Record<string, string>> = {
  "an empty program": "",
  "imports this client": 'import "s2-token-contract";',
  "imports the raw client (`/fetch`)": 'import "s2-token-contract/fetch";',
  "imports `@s2-dev/streamstore`": 'import "@s2-dev/streamstore";',
};

/** Measures how much longer a Node.js process takes if its program imports the built package. */
export function benchImport(): string {
  if (!existsSync(path.join(root, "dist", "src", "index.js"))) {
    throw new Error("dist/ is missing: run npm run build");
  }
  // Inside the package, which can import itself by its name there.
  const folder = path.join(root, ".tmp", "bench-import");
  mkdirSync(folder, { recursive: true });
  try {
    return report(measure(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds from start to end of the process, by program and then by round. */
function measure(folder: string): ReadonlyMap<string, number[]> {
  const times = new Map(Object.keys(programs).map((name): [string, number[]] => [name, []]));
  const files = Object.entries(programs).map(([name, source], index): [string, string] => {
    const file = path.join(folder, `program-${index}.mjs`);
    writeFileSync(file, source);
    return [name, file];
  });
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, file] of files) {
      const start = performance.now();
      node([file]);
      times.get(name)?.push(performance.now() - start);
    }
  }
  return times;
}

function report(times: ReadonlyMap<string, number[]>): string {
  const base = [...times.values()][0] ?? [];
  const rows = [...times].map(([name, millis]) => {
    const { low, median, high } = summarise(millis);
    const [from, middle, to] = [low, median, high].map((value) => value.toFixed(0));
    return [name, `${middle} (${from}–${to})`, summarise(ratios(millis, base)).median.toFixed(2)];
  });
  return `## Import

Milliseconds from start to end of a Node.js process: medians of ${rounds} rounds, with the middle half in brackets. The programs take
turns, and a ratio is the median of the ratios within each round. The target for this client is at most 1.2.

${markdownTable(["program", "time, ms", "ratio"], rows)}
`;
}

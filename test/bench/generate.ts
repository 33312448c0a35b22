import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { node, root } from "./program.js";
import { ratios, summarise } from "./statistics.js";
import { markdownTable } from "./table.js";

const rounds = 7;

/** How long the generator takes beside openapi-typescript alone, on the same document. */
export function benchGenerator(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
  try {
    return report(measure(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds by what was run, and then by round. */
function measure(folder: string): ReadonlyMap<string, number[]> {
  const spec = path.join(root, "openapi", "openapi.yaml");
  const out = path.join(folder, "generated");
  const cli = path.join(root, "node_modules", "openapi-typescript", "bin", "cli.js");
  const generate = [path.join(root, "scripts", "run.mjs"), "--spec", spec, "--out", out];
  const commands: Readonly<Record<string, readonly string[]>> = {
    "openapi-typescript's command alone": [cli, spec, "--output", path.join(folder, "wire.ts")],
    "`npm run generate`, everything": generate,
    "`npm run generate`, nothing changed": generate,
  };
  const times = new Map(Object.keys(commands).map((name): [string, number[]] => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    // Without its output, the generator does all of its work; the run after it finds nothing to do.
    rmSync(out, { recursive: true, force: true });
    for (const [name, args] of Object.entries(commands)) {
      const start = performance.now();
      node(args);
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
  return `## Generator

Milliseconds from start to end of the process: medians of ${rounds} rounds, with the middle half in brackets.

${markdownTable(["command", "time, ms", "ratio"], rows)}
`;
}

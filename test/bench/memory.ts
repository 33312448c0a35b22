import { node } from "./program.js";
import { markdownTable } from "./table.js";
import type { Step } from "./walk-program.js";

const pages = 100;
const size = 1000;

/** What a walk over a long listing holds in memory. */
export function benchMemory(): string {
  const ways = [
    ["item by item", "items"],
    ["page by page", "pages"],
    ["item by item, keeping all", "keeping"],
  ] as const;
  const rows = ways.map(([name, way]) => {
    const program = ["--expose-gc", "--import", "tsx", "test/bench/walk-program.ts"];
    // The program is ours, and prints this.
    const steps = JSON.parse(node([...program, `${pages}`, `${size}`, way])) as readonly Step[];
    const heap = (page: number): string => ((steps[page - 1]?.heap ?? 0) / 1e6).toFixed(1);
    return [name, heap(10), heap(90), `${steps[89]?.held} of 89`];
  });
  const head = ["walk", "heap at page 10, MB", "heap at page 90, MB", "pages still held"];
  return `## Memory

\`listAll\` over ${pages} pages of ${size} tokens. The heap is measured in the middle of a page, after collecting garbage; the
last column is, at page 90, how many of the pages before it could not be collected.

${markdownTable(head, rows)}
`;
}

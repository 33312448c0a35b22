/** Measures everything that the README claims, and writes the tables to README.md beside this file: `npm run bench`. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { benchCalls } from "./calls.js";
import { benchGenerator } from "./generate.js";
import { benchMemory } from "./memory.js";
import { benchMock } from "./mock.js";
import { benchSize } from "./size.js";

/** Says what is being measured, since it takes a while. */
async function told<Result>(
  what: string,
  measure: () => Result | Promise<Result>,
): Promise<Result> {
  process.stderr.write(`${what} …\n`);
  return measure();
}

const calls = await told("calls", benchCalls);
const size = await told("size", benchSize);
const memory = await told("memory", benchMemory);
const generator = await told("generator", benchGenerator);
const mock = await told("mock", benchMock);
const text = `# Measured

Written by \`npm run bench\`, on Node.js ${process.version}. Machines differ and are noisy: the ratios are what counts, and they are taken
between contenders that take turns in one run.

In short: to list 1000 tokens over a stubbed \`fetch\`, the official client takes ${calls.ratio.toFixed(1)} times as long as this one, and as a
part of a web page it is ${size.ratio.toFixed(1)} times as large. The mock answers at least ${mock.ratio.toFixed(1)} times as many requests a second as the stock
Prism.

${[calls.markdown, size.markdown, memory, generator, mock.markdown].join("\n")}`;
writeFileSync(path.join(import.meta.dirname, "README.md"), text);
process.stdout.write(text);

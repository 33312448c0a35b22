/**
 * The program that measures calls, in a process of its own: prints JSON on standard output. It is bundled before it
 * runs (see calls.ts), because what runs TypeScript in place puts code of its own into every function.
 */
import { deepStrictEqual } from "node:assert/strict";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { type Before, type Caller, callersTo } from "./calls/callers.js";
import { input } from "./calls/input.js";
import { measure } from "./calls/rounds.js";
import { requestingFetch, serve, stubbedFetch } from "./calls/service.js";

/** The measured calls, by what the tables name them. */
const calls: Readonly<Record<string, (caller: Caller) => Promise<unknown>>> = {
  "list of 1": ({ list }) => list(1),
  "list of 100": ({ list }) => list(100),
  "list of 1000": ({ list }) => list(1000),
  issue: ({ issue }) => issue(input),
  revoke: ({ revoke }) => revoke(input.id),
};

/** Functions in the place of the platform's `fetch`, by what the tables name them. */
const stubs: Readonly<Record<string, typeof globalThis.fetch>> = {
  "stubbed fetch": stubbedFetch,
  "stubbed fetch that makes a request first": requestingFetch,
};

/** What the program prints: microseconds by transport, call, contender and round. */
export interface Measured {
  readonly transport: string;
  readonly call: string;
  readonly times: readonly { readonly name: string; readonly micros: readonly number[] }[];
}

/** The revision to compare with, if the program was given one: its name, and the file of its client. */
async function readBefore([name, file]: readonly string[]): Promise<Before | undefined> {
  if (name === undefined || file === undefined) return undefined;
  const { S2 }: Pick<Before, "S2"> = await import(file);
  return { name, S2 };
}

async function measureAll(transport: string, callers: readonly Caller[]): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const [call, make] of Object.entries(calls)) {
    await agree(callers, make);
    const contenders = callers.map((caller) => ({ name: caller.name, run: () => make(caller) }));
    const times = await measure(contenders, 300);
    measured.push({
      transport,
      call,
      times: callers.map(({ name }, index) => ({ name, micros: times[index] ?? [] })),
    });
  }
  return measured;
}

/** Nothing is gained by being wrong: what the first two answer is the same. */
async function agree(
  [ours, limit]: readonly Caller[],
  make: (caller: Caller) => Promise<unknown>,
): Promise<void> {
  if (ours === undefined || limit === undefined) throw new Error("there is nothing to compare");
  deepStrictEqual(await make(ours), await make(limit));
}

if (isMainThread) {
  const { fetch } = globalThis;
  const before = await readBefore(process.argv.slice(2));
  const stubbed: Measured[] = [];
  for (const [transport, stub] of Object.entries(stubs)) {
    globalThis.fetch = stub;
    stubbed.push(...(await measureAll(transport, callersTo("http://127.0.0.1:9", before))));
  }
  globalThis.fetch = fetch;
  // The server has a thread of its own, so that its work is not the client's.
  const worker = new Worker(new URL(import.meta.url));
  const origin = await new Promise<string>((resolve) => worker.once("message", resolve));
  const loopback = await measureAll("loopback HTTP", callersTo(origin, before));
  await worker.terminate();
  process.stdout.write(JSON.stringify([...stubbed, ...loopback]));
} else {
  parentPort?.postMessage(await serve());
}

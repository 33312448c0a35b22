import type { SeedToken } from "../../src/mock/index.js";

const long = "x".repeat(400);

/** As few as make a page of nearly half a megabyte. */
export const manyTokens: readonly SeedToken[] = Array.from({ length: 300 }, (_, index) => ({
  id: `${String(index).padStart(4, "0")}-${"x".repeat(90)}`,
  scope: {
    basins: { prefix: long },
    streams: { prefix: long },
    accessTokens: { prefix: long },
    ops: ["read"],
  },
}));

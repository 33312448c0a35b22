import type { SeedToken } from "../../src/mock/index.js";

/** As many as one page of a listing holds, which has more than a quarter of a megabyte. */
export const manyTokens: readonly SeedToken[] = Array.from({ length: 1000 }, (_, index) => ({
  id: `${String(index).padStart(4, "0")}-${"x".repeat(90)}`,
  scope: { ops: ["read"] },
}));

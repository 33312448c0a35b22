import { describe, expect, test } from "vitest";
import { node } from "../bench/program.js";
import type { Step } from "../bench/walk-program.js";

const pages = 20;

/** For each page of a walk, how many of the pages before it could not be collected. */
function held(way: string): number[] {
  const program = ["--expose-gc", "--import", "tsx", "test/bench/walk-program.ts"];
  // The program is ours, and prints this.
  const steps = JSON.parse(node([...program, `${pages}`, "50", way])) as readonly Step[];
  return steps.map((step) => step.held);
}

describe("listAll", () => {
  // Compiled code may keep a value that it has done with, so that one page or another stays for a while.
  test.each(["items", "pages"])("by %s frees the pages before the current one", (way) => {
    const earlier = held(way);
    expect(earlier).toHaveLength(pages);
    expect(Math.max(...earlier)).toBeLessThan(pages / 4);
  });

  test("the measurement shows pages that the test keeps", () => {
    expect(held("keeping")).toEqual(Array.from({ length: pages }, (_, page) => page));
  });
});

import { expect, test } from "vitest";
import { node } from "../bench/program.js";

test("a record does not keep the memory of a long request", () => {
  const program = ["--expose-gc", "--import", "tsx", "test/mock/journal-program.ts"];
  const bytes = Number(node([...program, "800"]));
  // 2 000 characters of the path, and as many of the reason; a whole request would be 30 000 more.
  expect(bytes / 800).toBeLessThan(12_000);
});

import { describe, expect, test } from "vitest";
import { contractRows } from "./contract-rows.js";
import { differences } from "./oracles/differences.js";
import { shopRows } from "./shop-rows.js";
import { smallRows } from "./small-rows.js";

describe("differences from other tools", () => {
  const names = new Set([...smallRows, ...shopRows, ...contractRows].map(({ name }) => name));

  test.each(differences)("of $tool are about rows that there are: $why", ({ rows, why }) => {
    expect(rows.filter((row) => !names.has(row))).toEqual([]);
    expect(why).toMatch(/^[A-Z].*\.$/);
  });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeKey, encodeKey, percentDecoded, referenceTo } from "../../scripts/spec/pointer.js";

test("a key comes back from a reference", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (key) => {
      expect(decodeKey(encodeKey(key))).toBe(key);
      expect(encodeKey(key)).toMatch(/^[\w.~%!'()*-]*$/);
    }),
  );
});

test("a reference to a place", () => {
  expect(referenceTo([])).toBe("#");
  expect(referenceTo(["paths", "/a~{id}", "get"])).toBe("#/paths/~1a~0%7Bid%7D/get");
});

test("invalid percent-encoding stays", () => {
  expect(percentDecoded("%E0%A4%A")).toBe("%E0%A4%A");
});

import { expect, test } from "vitest";
import type { OperationSpec } from "../../src/runtime/operation.js";
import { unlessSafe } from "../../src/runtime/response-errors.js";
import { isIdempotent } from "../../src/runtime/retry.js";

/** What RFC 9110 §9.2 says of each HTTP method, and the QUERY draft of its own. */
const methods: readonly [OperationSpec["method"], safe: boolean, idempotent: boolean][] = [
  ["DELETE", false, true],
  ["GET", true, true],
  ["HEAD", true, true],
  ["OPTIONS", true, true],
  ["PATCH", false, false],
  ["POST", false, false],
  ["PUT", false, true],
  ["QUERY", true, true],
  ["TRACE", true, true],
];

test.each(methods)("%s is safe: %s; idempotent: %s", (method, safe, idempotent) => {
  const operation: OperationSpec = {
    id: "try",
    name: "things.try",
    method,
    path: "/things",
    success: [200],
    security: [],
    errors: { byStatus: {}, fallback: undefined, codes: {}, secrets: [] },
  };
  expect(unlessSafe(operation, "applied")).toBe(safe ? "none" : "applied");
  expect(isIdempotent(operation)).toBe(idempotent);
});

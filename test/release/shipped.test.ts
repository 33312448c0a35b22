import { describe, expect, test } from "vitest";
import { blocking, namesInNotices, readReport } from "../../src/build/audit-report.js";
import { isPermissive } from "../../src/mock/build/notices.js";

describe("licenses of what is bundled", () => {
  test.each(["MIT", "(MIT OR GPL-3.0)", "Apache-2.0 AND MIT", "MIT or BSD", "ISC"])(
    "%s may be",
    (license) => expect(isPermissive(license)).toBe(true),
  );
  test.each(["GPL-3.0", "UNLICENSED", "SEE LICENSE IN LICENSE", "MIT AND GPL-2.0", "", "Unknown"])(
    "%j may not",
    (license) => expect(isPermissive(license)).toBe(false),
  );
});

describe("the report of npm audit", () => {
  const vulnerabilities = {
    a: { severity: "high" },
    b: { severity: "low" },
    c: { severity: "critical" },
  };

  test.each(["", "no JSON", '{"error":{"code":"E405"}}', "[]", "null"])("%j is none", (text) => {
    expect(readReport(text)).toBeUndefined();
  });

  test("stops a release for what users get, and for nothing else", () => {
    const report = readReport(JSON.stringify({ vulnerabilities })) ?? [];
    expect(blocking(report, new Set(["a", "b"]))).toEqual([{ name: "a", severity: "high" }]);
    expect(blocking(report, new Set(["b", "d"]))).toEqual([]);
  });

  test("knows the bundled packages by their notices", () => {
    const line = "-".repeat(80);
    const text = `These:\n\n${line}\n@a/b 1.2.3 (MIT)\n\nfoo 1 (MIT)\n${line}\nc 2.0.0 (ISC)\n`;
    expect(namesInNotices(text)).toEqual(["@a/b", "c"]);
  });
});

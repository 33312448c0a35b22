import fc from "fast-check";
import { expect, test } from "vitest";
import { startMock } from "../../src/mock/index.js";
import { printVerdict } from "../../src/mock/verdict/print.js";

/** The form of all JUnit that is printed, down to its characters: those that XML 1.0 has, and none that open a tag. */
const wellFormed = ((): RegExp => {
  const character = String.raw`(?:[\t\n\r\x20!#-%'-;=?-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]|&(?:amp|lt|gt|quot);)`;
  const attributes = `(?: [a-z]+="${character}*")*`;
  const inner = `(?:<skipped/>|<failure${attributes}/>|<system-out>${character}*</system-out>)?`;
  const testcase = ` *<testcase${attributes}>${inner}</testcase>\n`;
  const suite = `<testsuites><testsuite${attributes}>\n(?:${testcase})*</testsuite></testsuites>`;
  return new RegExp(`^<\\?xml version="1.0" encoding="UTF-8"\\?>\n${suite}$`, "u");
})();

test("JUnit is well-formed for any request", async () => {
  await using mock = await startMock();
  const headers = { authorization: `Bearer ${mock.rootToken}` };
  // U+FFFF, U+FFFE, a control character beyond ASCII, an emoji, and what XML gives a meaning.
  for (const limit of ["%EF%BF%BF", "%EF%BF%BE", "%C2%85", "%F0%9F%98%80", "%3C%26%22%3E", "%00"]) {
    await fetch(`${mock.url}/v1/access-tokens?limit=${limit}`, { headers });
  }
  const xml = printVerdict(mock.verdict(), "junit", { invalid: 0 });
  expect(xml).toMatch(wellFormed);
  expect(xml).toContain("😀");
  const text = fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
  });
  fc.assert(
    fc.property(text, text, fc.boolean(), (request, explanation, isForbidden) => {
      const one = { request, operation: undefined, code: "bad_query", explanation, times: 1 };
      const verdict = { items: [], invalid: [one], moreInvalid: 0, unknown: [], moreUnknown: 0 };
      return wellFormed.test(printVerdict(verdict, "junit", isForbidden ? { invalid: 0 } : {}));
    }),
    { numRuns: 1000 },
  );
});

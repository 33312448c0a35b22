/** Redaction finds a credential in any text, whichever of its characters are escaped, and in time that grows with the text alone. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { redactor } from "../../src/runtime/redact.js";

const secret = "s2_aB3/dE6+gH9=jK2";
const { text } = redactor([secret], ["access_token"]);

const hex = (char: string): string => char.charCodeAt(0).toString(16);

/** How one character can be written in a URL, JSON, JavaScript, CSS, mail (quoted-printable) and HTML, once or several times over. */
const escapes: Readonly<Record<string, (char: string) => string>> = {
  "as it is": (char) => char,
  "for a URL": (char) => `%${hex(char)}`,
  "for a URL, in capitals": (char) => `%${hex(char).toUpperCase()}`,
  "for a URL, twice": (char) => `%25${hex(char)}`,
  "for a URL, three times": (char) => `%2525${hex(char)}`,
  "for JSON": (char) => `\\u${hex(char).padStart(4, "0")}`,
  "for JSON in JSON": (char) => `\\\\u${hex(char).padStart(4, "0")}`,
  "for JSON in JSON in JSON": (char) => `\\\\\\\\u${hex(char).padStart(4, "0")}`,
  "for JavaScript": (char) => `\\x${hex(char)}`,
  "for JavaScript, by code point": (char) => `\\u{${hex(char)}}`,
  "for JavaScript, in octal": (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, "0")}`,
  "by JavaScript's escape": (char) => `%u00${hex(char)}`,
  "for CSS": (char) => `\\${hex(char)} `,
  "for CSS, with zeros": (char) => `\\0000${hex(char)}`,
  "for mail": (char) => `=${hex(char).toUpperCase()}`,
  "for HTML": (char) => `&#${char.charCodeAt(0)};`,
  "for HTML, with zeros": (char) => `&#00${char.charCodeAt(0)};`,
  "for HTML, in hexadecimal": (char) => `&#x${hex(char)};`,
  "for HTML, in capitals": (char) => `&#X${hex(char).toUpperCase()};`,
  "for HTML, twice": (char) => `&amp;#${char.charCodeAt(0)};`,
};

describe("a credential", () => {
  test.each(Object.entries(escapes))("is redacted if it is escaped %s", (_, write) => {
    const written = [...secret].map(write).join("");
    expect(text(`<p>Bearer ${written}</p>`)).toBe("<p>Bearer [redacted]</p>");
    expect(text(written.repeat(2))).toBe("[redacted][redacted]");
  });

  test("is redacted if each character is escaped differently", () => {
    const ways = fc.array(fc.constantFrom(...Object.values(escapes)), {
      minLength: secret.length,
      maxLength: secret.length,
    });
    fc.assert(
      fc.property(ways, (chosen) => {
        const written = [...secret].map((char, index) => chosen[index]?.(char)).join("");
        expect(text(`no token ${written}, sorry`)).toBe("no token [redacted], sorry");
      }),
      { numRuns: 500 },
    );
  });
});

describe("a secret that is recognized by its field name", () => {
  test.each([
    "access%5Ftoken=abcDEF123456",
    "access&#95;token: abcDEF123456",
    "access\\u005ftoken = abcDEF123456",
    "%61ccess_token=abcDEF123456",
    '{"access\\u005ftoken": "abcDEF123456"',
  ])("is redacted if the name is escaped: %s", (written) => {
    expect(text(written)).not.toContain("abcDEF");
    expect(text(written)).toContain("[redacted]");
  });
});

// If the time grew with the square of the length, each of these would take minutes, and the test would time out.
describe("redaction takes linear time on a malicious string", () => {
  const length = 500_000;
  test.each([
    "\\",
    "%25",
    "&amp;",
    "&#0",
    "&#x0",
    "\\u0",
    "\\u{0",
    "s2_aB3",
    "s2_aB3/dE6+gH9=jK",
    "access_token",
    '"access_token"',
    '"access_token" ',
    'access_token"',
    "access_token\\\\",
    "access_token=",
    '"access_token":"',
    "a",
    " ",
  ])("%j repeated", (piece) => {
    expect(text(piece.repeat(Math.ceil(length / piece.length)))).toBeTypeOf("string");
  });
});

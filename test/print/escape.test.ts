import fc from "fast-check";
import ts from "typescript";
import { expect, test } from "vitest";
import { comment, key, markdown, member, quote } from "../../scripts/print/escape.js";

/** Texts that are likely to break out of whatever holds them. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "*/",
        "/*",
        "*",
        "/",
        "`",
        "${",
        "}",
        "\\",
        '"',
        "'",
        "\n",
        "\r",
        "\u2028",
        "\u2029",
      ),
      fc.constantFrom(
        "\u0000",
        "\u001b",
        "\u202e",
        "\u2066",
        "\ufeff",
        "@throws",
        "{@link",
        "<script>",
        "|",
        "//",
      ),
      fc.string({ unit: "binary" }),
    ),
  )
  .map((parts) => parts.join(""));

test("a comment holds any text: nothing after it, no tag of its own, nothing invisible", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const safe = comment(text);
      const source = `/**\n${safe}\n*/\nexport const after = 1;`;
      const file = ts.createSourceFile("x.ts", source, ts.ScriptTarget.Latest, true);
      expect(file.statements.length).toBe(1);
      const [statement] = file.statements;
      expect(statement?.getText()).toBe("export const after = 1;");
      expect(statement && ts.getJSDocTags(statement)).toEqual([]);
      expect(safe.replace(/[\n\t]/g, "")).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u);
    }),
    { numRuns: 2000, examples: [["\u0000\t@throws"], ["see @throws there"], ["*{@link /}"]] },
  );
});

test.each([
  ["see {@link list} and {@linkcode Page}.", "see list and Page."],
  ["{@inheritDoc}", ""],
  ["see {@link evil", "see {\\@link evil"],
])("an inline tag %j leaves its text", (text, safe) => {
  expect(comment(text)).toBe(safe);
});

test("a quoted text is one string literal with that value", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const source = `const x = ${quote(text)};`;
      const file = ts.createSourceFile("x.ts", source, ts.ScriptTarget.Latest, true);
      const [statement] = file.statements;
      const literal =
        statement && ts.isVariableStatement(statement)
          ? statement.declarationList.declarations[0]?.initializer
          : undefined;
      expect(literal && ts.isStringLiteral(literal) ? literal.text : undefined).toBe(text);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["plain", "plain", ".plain"],
  ["na-me", '"na-me"', '["na-me"]'],
  ['"', '"\\""', '["\\""]'],
  ["", '""', '[""]'],
])("the property %j", (name, asKey, asMember) => {
  expect(key(name)).toBe(asKey);
  expect(member(name)).toBe(asMember);
});

test("a Markdown cell stays one cell on one line, without HTML", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const cell = markdown(text);
      expect(cell).not.toMatch(/[\n\r\u2028\u2029<]/);
      expect(cell.replaceAll("\\|", "")).not.toContain("|");
    }),
  );
});

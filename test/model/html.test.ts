import fc from "fast-check";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { fromHtml } from "../../scripts/model/html.js";
import { doc } from "../../scripts/print/doc.js";

describe("HTML becomes Markdown", () => {
  test.each([
    ["<p>Lists <b>all</b> things.</p><p>Twice.</p>", "Lists **all** things.\n\nTwice."],
    ["The <code>box_size</code> of a_b.", "The `box_size` of a_b."],
    ["<p>One:</p><ul><li>a</li><li>b</li></ul>", "One:\n\n-   a\n-   b"],
    ['See <a href="https://a.test/x">this</a>.', "See [this](https://a.test/x)."],
    ['<a href="javascript:alert(1)">Click</a>', "Click"],
    ['<a href="https://a.test/) b">Click</a>', "Click"],
    ["First <i>a</i>.\n\nSecond.", "First _a_.\n\nSecond."],
    ["One<br>two", "One\ntwo"],
    ["<p>a</p><script>evil()</script><style>b {}</style>", "a"],
    ['<p>a <img src="x" alt="picture" onerror="evil()"></p>', "a picture"],
    ["<p>a &lt;b&gt; &amp; c</p>", "a <b> & c"],
    ["<note><p>AWS has elements of its own.</p></note>", "AWS has elements of its own."],
  ])("%s", (html, wanted) => {
    expect(fromHtml(html)).toBe(wanted);
  });
});

describe("stays as it is", () => {
  test.each([
    "Use `refs/pull/<number>/merge`.",
    "A <Say> of TwiML, and </Say>.",
    "a < b and c > d",
    "**Bold** and <b>bold</b>",
    "- a list<br>with a break",
    "Plain words.",
    "",
  ])("%s", (text) => {
    expect(fromHtml(text)).toBe(text);
  });
});

test("elements that are nested deeper than the stack stay as they are", () => {
  const text = `${"<b>".repeat(20_000)}</b>`;
  expect(fromHtml(text) === text).toBe(true);
});

test("no HTML breaks the comment that it becomes, or adds a tag to it", () => {
  const piece = fc.constantFrom(
    ...[
      "<p>",
      "</p>",
      "<b>",
      "</b>",
      "<pre>",
      "</pre>",
      "<code>",
      "</code>",
      "<!--",
      "-->",
      "<br>",
    ],
    ...[
      "*/",
      "&#42;/",
      "&#42;&#47;",
      "*",
      "/",
      "@deprecated",
      "&#64;deprecated",
      "\n",
      " ",
      "{@link",
    ],
    ...['<a href="', '">', "</a>", "<![CDATA[", "]]>", "&#0;", "&#8238;", "\u2028", "word"],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const [text = ""] = doc([fromHtml(`<p>x</p>${pieces.join("")}`)]);
      const lines = text.split("\n").map((line) => ` * ${line}`);
      const source = ts.createSourceFile(
        "a.ts",
        `/**\n${lines.join("\n")}\n */\nexport const a = 1;\n`,
        ts.ScriptTarget.Latest,
        true,
      );
      expect(source.statements).toHaveLength(1);
      expect(ts.getJSDocTags(source.statements[0] ?? source)).toEqual([]);
      expect(source.getFullText()).toMatch(/ \*\/\nexport const a = 1;\n$/);
    }),
    { numRuns: 500 },
  );
});

/**
 * Every text of a document passes through one of these on its way into generated code. A document may be hostile: a
 * description that ends a comment, an enum value that ends a string.
 */

/** Control characters, line separators, what turns the direction of text around, and what has no width of its own. */
const invisible = /[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu;

/** A text as a string literal. One with `${` would look like a template that was meant, to readers and to linters. */
export function quote(text: string): string {
  return JSON.stringify(text).replace(invisible, escapeUnit).replaceAll("${", "$\\u007b");
}

/** Whether a name needs no quotes. */
export function isBare(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}

/** A text as a property name: bare where the language allows. */
export function key(name: string): string {
  return isBare(name) ? name : quote(name);
}

/** Access to a property: `.name`, or `["na-me"]`. */
export function member(name: string): string {
  return isBare(name) ? `.${name}` : `[${quote(name)}]`;
}

/**
 * A text inside a block comment. It can neither end the comment nor start a tag of its own, and what a reader sees
 * is what the compiler sees: control characters and bidirectional overrides are spelled out.
 */
export function comment(text: string): string {
  return (
    text
      .replaceAll("\r\n", "\n")
      .replace(/[\r\u2028\u2029]/g, "\n")
      .replace(invisible, escapeUnit)
      // An inline tag of the document names something there, and nothing here: its text is what a reader needs.
      .replace(/\{@\w+(?!\w)([^{}\n]*)\}/g, (_, text: string) => text.trimStart())
      .replaceAll("*/", "*\\/")
      // The compiler takes an @ after any white space for a tag, not only one that starts a line.
      .replace(/(^|[\s*])@/g, "$1\\@")
      .replaceAll("{@", "{\\@")
  );
}

/** A text inside a cell of a Markdown table or a paragraph: no HTML, no cell or row of its own. */
export function markdown(text: string): string {
  return text
    .split(/[\n\r\u2028\u2029]/)
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join(" ")
    .replace(invisible, escapeUnit)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll("|", "\\|")
    .trim();
}

/** A whole source text, with invisible characters spelled out: the same value in a string, a plain word in a comment. */
export function visible(source: string): string {
  return source.replace(invisible, escapeUnit);
}

function escapeUnit(character: string): string {
  if (character === "\n" || character === "\t") return character;
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
}

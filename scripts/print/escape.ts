/**
 * Escapes strings of the document for generated code. Every string passes through one of these functions, because a
 * document may be hostile: a description could end a comment, an enum value could end a string literal.
 */

/** Control characters, line separators, bidirectional controls and zero-width characters. */
const invisible = /[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu;

/** Prints a string literal. `${` is escaped too: readers and linters would take it for a template literal. */
export function quote(text: string): string {
  return JSON.stringify(text).replace(invisible, escapeUnit).replaceAll("${", "$\\u007b");
}

/** Whether a property name can be written without quotes. */
export function isBare(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}

/** Prints a property name, with quotes only where they are needed. */
export function key(name: string): string {
  return isBare(name) ? name : quote(name);
}

/** Prints a property access: `.name` or `["na-me"]`. */
export function member(name: string): string {
  return isBare(name) ? `.${name}` : `[${quote(name)}]`;
}

/**
 * Escapes a text for a block comment, so that it cannot end the comment or start a tag. Control characters and
 * bidirectional overrides become escape sequences, so that readers see the same text as the compiler.
 */
export function comment(text: string): string {
  return (
    text
      .replaceAll("\r\n", "\n")
      .replace(/[\r\u2028\u2029]/g, "\n")
      .replace(invisible, escapeUnit)
      // Keep only the text of an inline tag: its target exists in the document, not in the generated code.
      .replace(/\{@\w+(?!\w)([^{}\n]*)\}/g, (_, text: string) => text.trimStart())
      .replaceAll("*/", "*\\/")
      // The compiler reads an @ after any white space as a tag, not only at the start of a line.
      .replace(/(^|[\s*])@/g, "$1\\@")
      .replaceAll("{@", "{\\@")
  );
}

/** Escapes a text for a table cell or a paragraph in Markdown, on one line and without HTML. */
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

/** Replaces invisible characters of a source file by escape sequences. The values of string literals stay the same. */
export function visible(source: string): string {
  return source.replace(invisible, escapeUnit);
}

function escapeUnit(character: string): string {
  if (character === "\n" || character === "\t") return character;
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
}

/**
 * Copies a string into memory of its own. V8 keeps a whole string while a slice of it is in use, so a journal of short
 * slices would keep the long requests that they come from.
 */
export function copyOf(text: string): string {
  // Latin-1 takes one byte a character. Of the other encodings, only UTF-16 keeps a lone surrogate.
  const encoding = /[^\0-\x7f]/.test(text) ? "utf16le" : "latin1";
  return Buffer.from(text, encoding).toString(encoding);
}

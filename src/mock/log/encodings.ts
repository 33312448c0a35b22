/** A string in canonical percent-encoding: all encoded forms of a string decode to the same one. */
export interface Decoded {
  readonly text: string;
  /**
   * The index in the original at which a character of `text` starts; past the last character, the original's length.
   */
  readonly startOf: (at: number) => number;
}

/**
 * Decodes percent-escapes of ASCII, and escapes all other characters as UTF-8, in capitals. It decodes repeatedly:
 * `%2541` becomes `%41`, then `A`.
 */
export function decodeEscapes(text: string): Decoded {
  if (/^[^%\x80-\uffff]*$/.test(text)) return { text, startOf: (at) => at };
  const characters: string[] = [];
  const starts: number[] = [];
  let start = 0;
  for (const character of text) {
    if (character <= "\x7f") {
      characters.push(character);
      starts.push(start);
      unescapeEnd(characters, starts);
    } else {
      const escapes = escaped(character);
      characters.push(...escapes);
      for (const _ of escapes) starts.push(start);
    }
    start += character.length;
  }
  return { text: characters.join(""), startOf: (at) => starts[at] ?? text.length };
}

function escaped(character: string): string {
  const bytes = [...Buffer.from(character)];
  return bytes.map((byte) => `%${byte.toString(16).toUpperCase()}`).join("");
}

/** Decodes the escape that the last three characters form, if they do. */
function unescapeEnd(characters: string[], starts: number[]): void {
  for (;;) {
    const first = characters.length - 3;
    if (characters[first] !== "%") return;
    const digits = characters.slice(first + 1).join("");
    if (!/^[\da-f]{2}$/i.test(digits)) return;
    const code = Number.parseInt(digits, 16);
    if (code > 0x7f) {
      characters.splice(first + 1, 2, ...digits.toUpperCase());
      return;
    }
    characters.splice(first, 3, String.fromCharCode(code));
    starts.splice(first + 1, 2);
  }
}

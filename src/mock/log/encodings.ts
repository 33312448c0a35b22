/** A string in the one form that all its percent-encoded forms share. */
export interface Decoded {
  readonly text: string;
  /** Where in the original a character of it starts; after the last one, where the original ends. */
  readonly startOf: (at: number) => number;
}

/**
 * Decodes the escapes of ASCII, and encodes all other characters as UTF-8, in capitals. An escape may decode to a part of
 * another: `%2541` is `%41`, which is `A`.
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

/** Decodes the escape that has just ended, if one has. */
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

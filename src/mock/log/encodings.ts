/** A text in the one spelling that all its percent-encoded spellings share. */
export interface Decoded {
  readonly text: string;
  /** Where in the original a character of it starts; past its last one, where the original ends. */
  readonly startOf: (at: number) => number;
}

/**
 * Spells what is ASCII without escapes, and all else with escapes of UTF-8 in capitals. What an escape stands for may
 * be part of another: `%2541` is `%41`, which is `A`.
 */
export function decodeEscapes(text: string): Decoded {
  if (/^[^%\x80-\uffff]*$/.test(text)) return { text, startOf: (at) => at };
  const characters: string[] = [];
  const starts: number[] = [];
  let start = 0;
  for (const character of text) {
    for (const one of character <= "\x7f" ? character : escaped(character)) {
      characters.push(one);
      starts.push(start);
      unescapeEnd(characters, starts);
    }
    start += character.length;
  }
  return { text: characters.join(""), startOf: (at) => starts[at] ?? text.length };
}

function escaped(character: string): string {
  const bytes = [...Buffer.from(character)];
  return bytes.map((byte) => `%${byte.toString(16).toUpperCase()}`).join("");
}

/** Puts what an escape stands for in its place, if one has just ended. */
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

import { camelCase, kebabCase, pascalCase } from "change-case";
import { remembered } from "./memo.js";

/** Everything but the letters, marks and digits that identifiers may contain. It separates words. */
const separators = /[^\p{L}\p{Mn}\p{Mc}\p{Nd}\p{Nl}]+/u;
/** `fooBar`, `foo1Bar`: a word starts at the capital. */
const atCapital = /([\p{Ll}\p{Lo}\p{Nd}]\p{M}*)(?=\p{Lu})/gu;
/** `HTTPServer`: a word starts at the last of several capitals. */
const atLastCapital = /(\p{Lu}\p{M}*)(?=\p{Lu}\p{M}*\p{Ll})/gu;

/** Splits a name in any case into words: `list_access-tokens`, `HTTPServer`, `größeÄndern`. Keeps combining marks. */
export function wordsOf(name: string): string[] {
  return [...separated(name)];
}

const separated: (name: string) => readonly string[] = remembered((name) =>
  name
    .normalize("NFC")
    .split(separators)
    .flatMap((part) => part.replace(atCapital, "$1\0").replace(atLastCapital, "$1\0").split("\0"))
    .filter((word) => word !== ""),
);

// The output must not depend on the locale: Turkish has two letters i.
const options = { locale: false, split: wordsOf } as const;

/** Converts any case to `camelCase`. */
export const toCamel: (name: string) => string = remembered((name) =>
  camelCase(name, { ...options, mergeAmbiguousCharacters: true }),
);

/** Converts any case to `PascalCase`. */
export const toPascal: (name: string) => string = remembered((name) =>
  pascalCase(name, { ...options, mergeAmbiguousCharacters: true }),
);

/** Converts any case to `kebab-case`, for file names. Names that differ in case only have the same result. */
export const toKebab: (name: string) => string = remembered((name) => kebabCase(name, options));

/** Splits a name into words in lower case, for comparisons. */
export function lowerWordsOf(name: string): string[] {
  return wordsOf(name).map((word) => word.toLowerCase());
}

/** Words that look like a plural but are not, or whose singular is not used. */
const uncountable: ReadonlySet<string> = new Set(
  "news data metadata info settings preferences statistics stats analytics metrics details credentials series".split(
    " ",
  ),
);

/** The singular of an English word in lower case. */
export function singular(word: string): string {
  if (uncountable.has(word)) return word;
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(x|ch|sh|ss|zz|[ti][au]s|nus|vas)es$/.test(word)) return word.slice(0, -2);
  if (/(ss|us|is)$/.test(word)) return word;
  return word.replace(/s$/, "");
}

/** Whether two words, or two runs of joined words, are equal or differ only in singular and plural. */
export function isSameWord(left: string, right: string): boolean {
  const [shorter = "", longer = ""] = [left, right].sort((one, other) => one.length - other.length);
  return left === right || longer === `${shorter}s` || singular(left) === singular(right);
}

/** Whether a word looks like a plural. */
export function isPlural(word: string): boolean {
  return singular(word) !== word;
}

/** The first words whose length is at most `limit` characters in total. A first word that is too long is cut. */
export function cutWords(words: readonly string[], limit: number): string[] {
  const kept: string[] = [];
  let length = 0;
  for (const word of words) {
    length += word.length;
    if (length > limit) break;
    kept.push(word);
  }
  if (kept.length > 0 || words.length === 0) return kept;
  // Cut by code points, so that no surrogate pair is split.
  return [[...(words[0] ?? "")].slice(0, Math.floor(limit / 2)).join("")];
}

import { camelCase, kebabCase, pascalCase } from "change-case";
import { remembered } from "./memo.js";

/** Letters, marks and digits that an identifier may hold. Everything else separates words. */
const separators = /[^\p{L}\p{Mn}\p{Mc}\p{Nd}\p{Nl}]+/u;
/** `fooBar`, `foo1Bar`: a word begins at the capital. */
const atCapital = /([\p{Ll}\p{Lo}\p{Nd}]\p{M}*)(?=\p{Lu})/gu;
/** `HTTPServer`: a word begins at the last of several capitals. */
const atLastCapital = /(\p{Lu}\p{M}*)(?=\p{Lu}\p{M}*\p{Ll})/gu;

/** The words of a name in any case: `list_access-tokens`, `HTTPServer`, `größeÄndern`. Combining marks stay. */
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

// The host's locale must not show in the output: Turkish has two kinds of i.
const options = { locale: false, split: wordsOf } as const;

/** Any case to `camelCase`. */
export const toCamel: (name: string) => string = remembered((name) =>
  camelCase(name, { ...options, mergeAmbiguousCharacters: true }),
);

/** Any case to `PascalCase`. */
export const toPascal: (name: string) => string = remembered((name) =>
  pascalCase(name, { ...options, mergeAmbiguousCharacters: true }),
);

/** Any case to `kebab-case`, for file names: names that differ in case alone give one. */
export const toKebab: (name: string) => string = remembered((name) => kebabCase(name, options));

/** Words in lower case, to compare them. */
export function lowerWordsOf(name: string): string[] {
  return wordsOf(name).map((word) => word.toLowerCase());
}

/** Words that end like a plural and are none, or whose singular nobody uses. */
const uncountable: ReadonlySet<string> = new Set(
  "news data metadata info settings preferences statistics stats analytics metrics details credentials series".split(
    " ",
  ),
);

/** A word in the singular, by the rules of English. */
export function singular(word: string): string {
  if (uncountable.has(word)) return word;
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(x|ch|sh|ss|zz|[ti][au]s|nus|vas)es$/.test(word)) return word.slice(0, -2);
  if (/(ss|us|is)$/.test(word)) return word;
  return word.replace(/s$/, "");
}

/** Whether two words, or two runs of joined words, are one but for their number. */
export function isSameWord(left: string, right: string): boolean {
  const [shorter = "", longer = ""] = [left, right].sort((one, other) => one.length - other.length);
  return left === right || longer === `${shorter}s` || singular(left) === singular(right);
}

/** Whether a word looks like a plural. */
export function isPlural(word: string): boolean {
  return singular(word) !== word;
}

/** The words from the start that fit into so many characters; of a first word that is too long, its start. */
export function cutWords(words: readonly string[], limit: number): string[] {
  const kept: string[] = [];
  let length = 0;
  for (const word of words) {
    length += word.length;
    if (length > limit) break;
    kept.push(word);
  }
  if (kept.length > 0 || words.length === 0) return kept;
  // By code points, so that no character is cut in two.
  return [[...(words[0] ?? "")].slice(0, Math.floor(limit / 2)).join("")];
}

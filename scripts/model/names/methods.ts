import type { HttpMethod } from "../api.js";
import { lastParameterOf, pathWords, segmentsOf, wordsOfPath } from "./paths.js";
import {
  isAction,
  isAdverb,
  isJoiner,
  isPossessive,
  isPreposition,
  isVerb,
  leadsOn,
  smallWords,
  verbWords,
} from "./vocabulary.js";
import { isPlural, isSameWord, lowerWordsOf, singular, toCamel, wordsOf } from "./words.js";

/** The facts that the name of a method is derived from. */
export interface NamedOperation {
  /** Empty if the document has none. */
  readonly operationId: string;
  readonly tag: string;
  readonly http: HttpMethod;
  readonly path: string;
}

/** Longer names are hard to read in a call. The first word and the last ones stay. */
const mostWords = 5;
/** A word of this length is rare in English. It is probably several words without separators. */
const longWord = 16;

/**
 * Candidates for the name of a method, the best first. The name has the words of the operationId, with the verb first
 * and without
 *
 * - a namespace before the tag (`v1.message.list` of the tag `message`), and a version at the start,
 * - the path and the HTTP method at the end (`read_item_items__item_id__get`),
 * - the words of the tag, in the singular or the plural, as one word or several,
 * - prepositions, joiners and articles that lost their noun.
 *
 * If the operationId is missing or consists of path and method only, the words come from the HTTP method and the path.
 * Further candidates have more words; the last ones have the whole operationId.
 */
export function methodWishes(operation: NamedOperation): string[] {
  const { operationId, http, path } = operation;
  const own = withoutPath(operation);
  const isDerived = own.length === 0;
  const words = isDerived ? wordsOfPath(http, path) : own;
  const short = tidy(words, operation, isDerived);
  const parameter = isDerived ? lastParameterOf(path) : undefined;
  const wishes = [
    fewWords(short),
    ...(parameter === undefined ? [] : [[...fewWords(short), "by", parameter]]),
    short,
    words,
    wordsOf(operationId),
  ].map((list) => toCamel(list.join(" ")));
  const usable = wishes
    .filter((name) => name !== "")
    .map((name) => (/^\d/.test(name) ? `_${name}` : name));
  return [...new Set([...usable, `${usable[0] ?? http}Call`])];
}

/** The words of an operationId without the path and the HTTP method; none if it has no other words. */
function withoutPath({ operationId, tag, http, path }: NamedOperation): string[] {
  const given = afterNamespace(operationId, tag);
  const said = [...pathWords(path), http];
  const end = given.slice(-said.length).map((word) => word.toLowerCase());
  const isAppended = given.length > said.length && end.join(" ") === said.join(" ");
  const own = isAppended ? given.slice(0, -said.length) : given;
  const words = splitAll(verbFirst(own, tag), path);
  const lower = words.map((word) => word.toLowerCase());
  // `getMuseumHours` of `/museum-hours` is a good name, but `get_files_id` and `post_invites` are not.
  const isTechnical =
    path.includes("{") || http === "post" || http === "put" || tagPlaces(lower, tag).size > 0;
  return isTechnical && lower[0] === http && isPath(lower.slice(1), path) ? [] : words;
}

/** Splits words without separators by the words of the path: `Updatespendlimit` of `/spend_limit` is three words. */
function splitAll(words: readonly string[], path: string): string[] {
  const longest = Math.max(0, ...words.map((word) => word.length));
  if (longest < longWord) return [...words];
  const vocabulary = new Set([
    ...pathWords(path).flatMap((word) => [word, singular(word)]),
    ...verbWords,
    ...smallWords,
  ]);
  return splitLetters(words.join("").toLowerCase(), vocabulary) ?? [...words];
}

/** Splits letters into as few known words as possible; `undefined` if they do not consist of known words. */
function splitLetters(letters: string, vocabulary: ReadonlySet<string>): string[] | undefined {
  // best[n] has the fewest words that make up the first n letters.
  const best: (readonly string[] | undefined)[] = [[]];
  for (let end = 1; end <= letters.length; end += 1) {
    for (const word of vocabulary) {
      const before = best[end - word.length];
      if (before === undefined || !letters.endsWith(word, end)) continue;
      const known = best[end];
      if (known === undefined || before.length + 1 < known.length) best[end] = [...before, word];
    }
  }
  const found = best[letters.length];
  return found === undefined ? undefined : [...found];
}

/** Whether words are those of a path. Each parameter may appear by its name, as `id`, by its last word, or not at all. */
function isPath(words: readonly string[], path: string): boolean {
  let rest = [...words];
  for (const segment of segmentsOf(path)) {
    const own = lowerWordsOf(segment);
    const starts = (some: readonly string[]): boolean =>
      some.length > 0 && some.every((word, index) => rest[index] === word);
    if (segment.startsWith("{")) {
      if (rest[0] === "by") rest = rest.slice(1);
      const spelling = [own, ["id"], own.slice(-1)].find(starts);
      rest = rest.slice(spelling?.length ?? 0);
    } else if (starts(own)) rest = rest.slice(own.length);
    else return false;
  }
  return rest.length === 0 && words.length > 0;
}

/** The words of an id after the part with the tag: `a.projects.builds.list` of the tag `projects` gives `builds list`. */
function afterNamespace(operationId: string, tag: string): string[] {
  const parts = operationId.split(/[./:]/).map(wordsOf);
  const tagText = lowerWordsOf(tag).join("");
  const index = parts.findIndex((part) => isSameWord(part.join("").toLowerCase(), tagText));
  const rest = index >= 0 && index < parts.length - 1 ? parts.slice(index + 1) : parts;
  const words = rest.flat();
  const start = words.findIndex((word) => !/^v\d+$/i.test(word));
  return words.slice(Math.max(start, 0));
}

/** Moves the verb to the front: `users_list` becomes `list users`, and `genai_get_agent` `get genai agent`. */
function verbFirst(words: readonly string[], tag: string): string[] {
  const lower = words.map((word) => word.toLowerCase());
  const [first = ""] = lower;
  if (isVerb(first) || isAdverb(first) || isAction(first)) return [...words];
  const isLast = isVerb(lower.at(-1) ?? "");
  const place = isLast ? lower.length - 1 : lower.findIndex(isVerb);
  const isTag = isSameWord(lower[place] ?? "", lowerWordsOf(tag).join(""));
  return place <= 0 || isTag ? [...words] : [words[place] ?? "", ...words.toSpliced(place, 1)];
}

/** Removes the words of the tag, and joiners and prepositions that lost their noun. */
function tidy(
  words: readonly string[],
  { operationId, tag, path }: NamedOperation,
  isDerived: boolean,
): string[] {
  const isMany =
    !isDerived && lastParameterOf(path) === undefined && /(^|[./:])get/i.test(operationId);
  const taken = tagPlaces(words, tag);
  if (taken.size === 0 || taken.size === words.length) return [...words];
  const kept: string[] = [];
  words.forEach((word, index) => {
    const isLoose = isJoiner(word.toLowerCase()) && taken.has(index - 1);
    if (!taken.has(index)) kept.push(...(isLoose ? [] : [word]));
    // `get my application` of the tag `applications` must not become `get my`.
    else if (isPossessive(words[index - 1]?.toLowerCase() ?? "")) kept.push(word);
  });
  const lastIsTag = taken.has(words.length - 1);
  const lead =
    isDerived && lastIsTag && kept.length > 1 ? [kept[0] ?? "", "for", ...kept.slice(1)] : kept;
  const whole = withoutHanging(lead);
  // `get users for team` of `users` lists; `get user for team` does not.
  const isListing =
    isMany &&
    whole[0]?.toLowerCase() === "get" &&
    [...taken].some((place) => isPlural(words[place] ?? ""));
  if (isListing) return ["list", ...whole.slice(1)];
  return whole.length === 0 ? [...words] : whole;
}

/** Removes prepositions, joiners and articles that have no word after them. */
function withoutHanging(words: readonly string[]): string[] {
  const kept = words.filter((word, index) => {
    const lower = word.toLowerCase();
    const next = words[index + 1]?.toLowerCase();
    if (!leadsOn(lower)) return true;
    return next !== undefined && !(isPreposition(lower) && isPreposition(next));
  });
  return kept.length === words.length ? kept : withoutHanging(kept);
}

/** Indexes of the words that belong to the tag: all words of the tag, or else as many of its last words as possible. */
function tagPlaces(words: readonly string[], tag: string): Set<number> {
  // A verb at the start does not belong to the tag: `list` of the tag `Lists`.
  const lower = words.map((word, index) => {
    const one = word.toLowerCase();
    return index === 0 && isVerb(one) && words.length > 1 ? "" : one;
  });
  // Try the tag without its qualifier in parentheses too: `Collaborations (List)`.
  const forms = [tag, tag.replace(/\(.*\)/, "")]
    .map(lowerWordsOf)
    .filter((form) => form.length > 0);
  for (const form of forms) {
    const places = runs(lower, form);
    if (places.size > 0) return places;
    const apart = form.map((word) => lower.findIndex((one) => isSameWord(one, word)));
    if (form.length > 1 && apart.every((place) => place >= 0)) return new Set(apart);
  }
  for (const form of forms) {
    for (let start = 1; start < form.length; start += 1) {
      const places = runs(lower, form.slice(start));
      if (places.size > 0) return places;
    }
  }
  // The start of a tag says less than its end: without another noun beside it, a name keeps it.
  for (const form of forms) {
    for (let end = form.length - 1; end > 1; end -= 1) {
      const places = runs(lower, form.slice(0, end));
      const isNounLeft = lower.some((_, index) => index > 0 && !places.has(index));
      if (places.size > 0 && isNounLeft) return places;
    }
  }
  return new Set();
}

/** Indexes of every run of words with the same letters as the form, even if they are split differently. */
function runs(words: readonly string[], form: readonly string[]): Set<number> {
  const wanted = form.join("");
  const places = new Set<number>();
  for (let start = 0; start < words.length; start += 1) {
    if (words[start] === "") continue;
    let text = "";
    for (let end = start; end < words.length && text.length <= wanted.length + 2; end += 1) {
      text += words[end];
      if (!isSameWord(text, wanted)) continue;
      for (let place = start; place <= end; place += 1) places.add(place);
      break;
    }
  }
  return places;
}

/** Limits the number of words: keeps the first one, the verb, and the last ones, which are the most specific. */
function fewWords(words: readonly string[]): string[] {
  if (words.length <= mostWords) return [...words];
  const [first = "", ...rest] = words;
  return withoutLead([first, ...rest.slice(1 - mostWords)]);
}

/** Removes a joiner or preposition after the verb, which a cut can leave there. */
function withoutLead(words: readonly string[]): string[] {
  const [first = "", second = "", ...rest] = words;
  const isLoose = isJoiner(second.toLowerCase()) || isPreposition(second.toLowerCase());
  return isLoose ? [first, ...rest] : [...words];
}

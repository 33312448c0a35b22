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

/** What a method is named after. */
export interface NamedOperation {
  /** Empty where the document gives none. */
  readonly operationId: string;
  readonly tag: string;
  readonly http: HttpMethod;
  readonly path: string;
}

/** More words than this are hard to read at a call; the first and the last ones stay. */
const mostWords = 5;
/** English has few words that are longer: several were written in one go. */
const longWord = 16;

/**
 * Names for a method, the best first. The words of the operationId, less
 *
 * - a namespace before the tag (`v1.message.list` of `message`), and a version at the start,
 * - the path and HTTP method at its end (`read_item_items__item_id__get`); an id that is nothing else counts as none,
 * - the words of the tag wherever they stand, in the singular or the plural, written as one word or several,
 * - prepositions and the like that are left without their noun,
 *
 * with the verb first. Without an operationId, the words come from the HTTP method and the path. If others want the
 * same name: the same with more words, then the whole operationId.
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

/** The words of an operationId that its method and path do not say; none where it says nothing else. */
function withoutPath({ operationId, tag, http, path }: NamedOperation): string[] {
  const given = afterNamespace(operationId, tag);
  const said = [...pathWords(path), http];
  const end = given.slice(-said.length).map((word) => word.toLowerCase());
  const isAppended = given.length > said.length && end.join(" ") === said.join(" ");
  const own = isAppended ? given.slice(0, -said.length) : given;
  const words = splitAll(verbFirst(own, tag), path);
  const lower = words.map((word) => word.toLowerCase());
  // `getMuseumHours` of `/museum-hours` says it better than its path; `get_files_id` and `post_invites` do not.
  const isTechnical =
    path.includes("{") || http === "post" || http === "put" || tagPlaces(lower, tag).size > 0;
  return isTechnical && lower[0] === http && isPath(lower.slice(1), path) ? [] : words;
}

/** `Updatespendlimit` of `/spend_limit` is three words: its letters are those of words that the path has. */
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

/** The words that letters are made of, the longest first; `undefined` where something is left. */
function splitLetters(letters: string, vocabulary: ReadonlySet<string>): string[] | undefined {
  // For each length from the start: the words that end there, by the fewest.
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

/** Whether words are those of a path, each of its parameters told by its name, as `id`, by its last word, or not at all. */
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

/** The words of an id behind the part that is its tag: `a.projects.builds.list` of `projects` is `builds list`. */
function afterNamespace(operationId: string, tag: string): string[] {
  const parts = operationId.split(/[./:]/).map(wordsOf);
  const tagText = lowerWordsOf(tag).join("");
  const index = parts.findIndex((part) => isSameWord(part.join("").toLowerCase(), tagText));
  const rest = index >= 0 && index < parts.length - 1 ? parts.slice(index + 1) : parts;
  const words = rest.flat();
  const start = words.findIndex((word) => !/^v\d+$/i.test(word));
  return words.slice(Math.max(start, 0));
}

/** `users_list` is `list users`, and `genai_get_agent` is `get genai agent`. */
function verbFirst(words: readonly string[], tag: string): string[] {
  const lower = words.map((word) => word.toLowerCase());
  const [first = ""] = lower;
  if (isVerb(first) || isAdverb(first) || isAction(first)) return [...words];
  const isLast = isVerb(lower.at(-1) ?? "");
  const place = isLast ? lower.length - 1 : lower.findIndex(isVerb);
  const isTag = isSameWord(lower[place] ?? "", lowerWordsOf(tag).join(""));
  return place <= 0 || isTag ? [...words] : [words[place] ?? "", ...words.toSpliced(place, 1)];
}

/** Words without those of the tag, and without what is left hanging then. */
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
    // `get my application` without its noun is no name.
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

/** Drops prepositions, joiners and articles that have nothing behind them. */
function withoutHanging(words: readonly string[]): string[] {
  const kept = words.filter((word, index) => {
    const lower = word.toLowerCase();
    const next = words[index + 1]?.toLowerCase();
    if (!leadsOn(lower)) return true;
    return next !== undefined && !(isPreposition(lower) && isPreposition(next));
  });
  return kept.length === words.length ? kept : withoutHanging(kept);
}

/** Places of words that are the tag's: all of its words where the name has all, else the longest end of the tag. */
function tagPlaces(words: readonly string[], tag: string): Set<number> {
  // The verb is no noun of the tag: `list` of `Lists`.
  const lower = words.map((word, index) => {
    const one = word.toLowerCase();
    return index === 0 && isVerb(one) && words.length > 1 ? "" : one;
  });
  // `Collaborations (List)`: what stands in brackets qualifies the tag.
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
  return new Set();
}

/** Places of every run of words that says what the form says, however the two are split. */
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

/** At most a few words: the first, which is the verb, and the last ones, which tell most. */
function fewWords(words: readonly string[]): string[] {
  if (words.length <= mostWords) return [...words];
  const [first = "", ...rest] = words;
  return withoutLead([first, ...rest.slice(1 - mostWords)]);
}

/** A cut must not leave a joiner or article behind the verb. */
function withoutLead(words: readonly string[]): string[] {
  const [first = "", second = "", ...rest] = words;
  const isLoose = isJoiner(second.toLowerCase()) || isPreposition(second.toLowerCase());
  return isLoose ? [first, ...rest] : [...words];
}

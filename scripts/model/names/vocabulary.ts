/** The English that names of operations are made of. Another language's words are kept as they are. */

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Words that lead to another one, and say nothing at the end of a name. */
const prepositions = set(
  "about across after against at before between by during for from in into of on onto over per through to under upon via with within without",
);
const joiners = set("and or");
const articles = set("a an the");
const possessives = set("my your our their its this");

/** Verbs that say what an operation does, where its id puts them behind a noun: `users_list`. */
const verbs = set(
  "get list create update delete remove fetch retrieve insert destroy replace patch upsert",
);

/** Verbs that stand at the end of a path: `/tasks/{id}/duplicate`. */
const actions = set(
  "accept activate add apply approve archive assign cancel clone close commit complete confirm convert copy deactivate decline disable download duplicate enable execute export extract finalize generate import invite issue join leave lock login logout merge move notify pause preview publish reactivate recover refresh register reject release rename renew reopen resend reset resolve restart restore resume retry revert revoke rotate run search send start stop submit subscribe suspend sync terminate transfer trigger unarchive unassign unlock unpublish unsubscribe upload validate verify",
);
/** Verbs that are nouns before another: `upload sessions`, `sign requests`. */
const nounish = set(
  "archive copy download export import issue lock preview publish run search sign start sync transfer upload",
);
/** Words that stand before a verb and belong to it: `bulk update`. */
const adverbs = set("async batch bulk force mass multi partial soft");

/** Whether a word needs one behind it. */
export function leadsOn(word: string): boolean {
  return prepositions.has(word) || joiners.has(word) || articles.has(word);
}

/** Whether a word is `my` or the like: without its noun it is no name. */
export function isPossessive(word: string): boolean {
  return possessives.has(word);
}

/** Whether a word is a preposition. */
export function isPreposition(word: string): boolean {
  return prepositions.has(word);
}

/** Whether a word joins two others, so that it needs one before it too. */
export function isJoiner(word: string): boolean {
  return joiners.has(word);
}

/** Whether a word is one of the verbs that operations begin with. */
export function isVerb(word: string): boolean {
  return verbs.has(word);
}

/** Whether a word at the end of a path says what is done there. */
export function isAction(word: string): boolean {
  return actions.has(word);
}

/** Whether a word is a verb also where a noun follows. */
export function isPlainVerb(word: string): boolean {
  return (verbs.has(word) || actions.has(word)) && !nounish.has(word);
}

/** Whether a word belongs to the verb behind it. */
export function isAdverb(word: string): boolean {
  return adverbs.has(word);
}

/** Words that tie others together. Ids that are written in one go are split at them too. */
export const smallWords: readonly string[] = [...prepositions, ...joiners, ...articles];
export const verbWords: readonly string[] = [...verbs, ...actions];

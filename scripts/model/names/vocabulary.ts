/** English words that occur in names of operations. Words of other languages stay unchanged. */

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Words that need another word after them, so that they make no sense at the end of a name. */
const prepositions = set(
  "about across after against at before between by during for from in into of on onto over per through to under upon via with within without",
);
const joiners = set("and or");
const articles = set("a an the");
const possessives = set("my your our their its this");

/** Verbs that operationIds may have after the noun: `users_list`. */
const verbs = set(
  "get list create update delete remove fetch retrieve insert destroy replace patch upsert",
);

/** Verbs that end a path: `/tasks/{id}/duplicate`. */
const actions = set(
  "accept activate add apply approve archive assign cancel clone close commit complete confirm convert copy deactivate decline disable download duplicate enable execute export extract finalize generate import invite issue join leave lock login logout merge move notify pause preview publish reactivate recover refresh register reject release rename renew reopen resend reset resolve restart restore resume retry revert revoke rotate run search send start stop submit subscribe suspend sync terminate transfer trigger unarchive unassign unlock unpublish unsubscribe upload validate verify",
);
/** Verbs that are nouns if another noun follows: `upload sessions`, `sign requests`. */
const nounish = set(
  "archive copy download export import issue lock preview publish run search sign start sync transfer upload",
);
/** Words that modify the verb after them: `bulk update`. */
const adverbs = set("async batch bulk force mass multi partial soft");

/** Whether a word needs another one after it. */
export function leadsOn(word: string): boolean {
  return prepositions.has(word) || joiners.has(word) || articles.has(word);
}

/** Whether a word is a possessive such as `my`, which makes no sense without its noun. */
export function isPossessive(word: string): boolean {
  return possessives.has(word);
}

/** Whether a word is a preposition. */
export function isPreposition(word: string): boolean {
  return prepositions.has(word);
}

/** Whether a word joins two others, so that it also needs one before it. */
export function isJoiner(word: string): boolean {
  return joiners.has(word);
}

/** Whether a word is a common verb of operations, such as `list`. */
export function isVerb(word: string): boolean {
  return verbs.has(word);
}

/** Whether a word is a verb if it ends a path. */
export function isAction(word: string): boolean {
  return actions.has(word);
}

/** Whether a word is a verb even if a noun follows. */
export function isPlainVerb(word: string): boolean {
  return (verbs.has(word) || actions.has(word)) && !nounish.has(word);
}

/** Whether a word modifies the verb after it. */
export function isAdverb(word: string): boolean {
  return adverbs.has(word);
}

/** Prepositions, joiners and articles, for splitting ids without separators. */
export const smallWords: readonly string[] = [...prepositions, ...joiners, ...articles];
/** All verbs, for splitting ids without separators. */
export const verbWords: readonly string[] = [...verbs, ...actions];

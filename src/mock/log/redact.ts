import { copyOf } from "./copy.js";
import { type Decoded, decodeEscapes } from "./encodings.js";
import { createSecretIndex, type SecretIndex, shortest } from "./secret-index.js";

/** Redacts secrets by their values, wherever they appear and however they are encoded. */
export interface Redactor {
  /**
   * Adds a secret to redact.
   *
   * @param options - `keep`: the secret belongs to this mock, so that secrets in requests do not displace it
   */
  readonly learn: (secret: string, options?: { readonly keep?: boolean }) => void;
  /**
   * Redacts all known secrets in a string, and cuts it to {@link longestText} characters and `…`.
   */
  readonly redact: (text: string) => string;
}

/** The most characters of a redacted string: journals and verdicts keep many of them. */
export const longestText = 2000;

/** The most characters of a secret that are compared. Where they match, the rest counts as matched, too. */
export const longestStart = 128;

/** How many characters of a secret are read, in any encoding. */
const longestRead = 3 * longestStart;

/** How many characters of a string are read: as many as are kept, and a percent-encoded secret that starts there. */
export const longestLook: number = longestText + 3 * longestStart;

/** How many secrets from requests are kept that are not the mock's own: the newest ones. */
const mostForeign = 1000;

/** Secrets that the mock makes match this pattern, so they need not be kept. */
const ownSecret = /not-a-real-(?:secret-[\da-f-]+|root-token)/g;

/**
 * Creates a {@link Redactor} that also recognizes the secrets that the mock makes.
 *
 * @param given - secrets that it never drops
 * @param mostKept - how many more of the mock's secrets it keeps: the newest ones
 * @param index - stores the secrets
 */
export function createRedactor(
  given: readonly string[],
  mostKept: number,
  index: SecretIndex = createSecretIndex(),
): Redactor {
  const always = new Set<string>();
  for (const { start, length } of given.flatMap(formsOf)) {
    always.add(start);
    index.add(start, length);
  }
  const kept = new Set<string>();
  const foreign = new Set<string>();
  const forget = (starts: Set<string>, most: number): void => {
    for (const start of starts) {
      if (starts.size <= most) return;
      starts.delete(start);
      index.delete(start);
    }
  };
  return {
    learn: (secret, { keep = false } = {}) => {
      for (const { start, length } of formsOf(secret)) {
        index.add(start, length);
        if (always.has(start)) continue;
        // Deleting it first makes it the newest.
        foreign.delete(start);
        (kept.delete(start) || keep ? kept : foreign).add(start);
      }
      forget(kept, mostKept);
      forget(foreign, mostForeign);
    },
    redact: (text) => {
      const isLong = text.length > longestLook;
      const clean = isLong
        ? `${withoutSecrets(text.slice(0, longestLook), index, true)}…`
        : withoutSecrets(text, index, false);
      return copyOf(clean.length <= longestText ? clean : `${clean.slice(0, longestText)}…`);
    },
  };
}

/** @param isCut - whether the string is the start of a longer one */
function withoutSecrets(text: string, index: SecretIndex, isCut: boolean): string {
  let clean = "";
  let end = 0;
  for (const found of secretsIn(text, index, isCut)) {
    // One that starts within another one extends it.
    if (found.start >= end) clean += `${text.slice(end, found.start)}[secret]`;
    end = Math.max(end, found.end);
  }
  const rest = text.slice(end);
  // The last characters may be the start of a secret, too few to be recognized.
  return clean + (isCut ? rest.slice(0, 1 - shortest) : rest);
}

interface Found {
  readonly start: number;
  readonly end: number;
}

/** The places of secrets in a string, in order. */
function secretsIn(text: string, index: SecretIndex, isCut: boolean): readonly Found[] {
  const decoded = decodeEscapes(text);
  const found = [...findIn(decoded, index, isCut)];
  // Also undecoded: a percent sign before a secret may form an escape with its first characters.
  if (decoded.text !== text) found.push(...findIn({ text, startOf: (at) => at }, index, isCut));
  return found.sort((one, other) => one.start - other.start);
}

/** The mark after a quoted string that was cut off, plain and as {@link decodeEscapes} gives it. */
const cutMarks: readonly string[] = ["…", decodeEscapes("…").text];

function* findIn({ text, startOf }: Decoded, index: SecretIndex, isCut: boolean): Iterable<Found> {
  const cuts = cutMarks.flatMap((mark) => placesOf(mark, text)).sort((one, other) => one - other);
  if (isCut) cuts.push(text.length);
  for (const { 0: own, index: at } of text.matchAll(ownSecret)) {
    yield { start: startOf(at), end: startOf(at + own.length) };
  }
  let next = 0;
  for (let at = 0; at < text.length; at += 1) {
    while (at > (cuts[next] ?? text.length)) next += 1;
    const cut = cuts[next] ?? Number.POSITIVE_INFINITY;
    const length = index.lengthAt(text, at, cut);
    if (length > 0) yield { start: startOf(at), end: startOf(at + length) };
  }
}

function placesOf(part: string, text: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) places.push(at);
  return places;
}

/**
 * The credentials of an `Authorization` header, without its scheme if it has one. A scheme alone counts as none: it is
 * no secret, and a word of many messages.
 */
export function credentialsIn(authorization: string): string {
  return /^(?:basic|bearer)$/i.test(authorization) ? "" : authorization.replace(/^\S+\s+/, "");
}

interface Form {
  /** The first {@link longestStart} characters. */
  readonly start: string;
  /** The length of the whole form. */
  readonly length: number;
}

/** The forms in which a secret is looked for: plain and as quoted in JSON, each undecoded and decoded. */
function formsOf(secret: string): readonly Form[] {
  const read = secret.slice(0, longestRead);
  const plain = [read, JSON.stringify(read).slice(1, -1)];
  const forms = new Set([...plain, ...plain.map((form) => decodeEscapes(form).text)]);
  return [...forms]
    .filter((form) => form.length >= shortest && form.match(ownSecret)?.[0] !== form)
    .map((form) => ({
      start: copyOf(form.slice(0, longestStart)),
      length: form.length + secret.length - read.length,
    }));
}

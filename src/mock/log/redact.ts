import { copyOf } from "./copy.js";
import { type Decoded, decodeEscapes } from "./encodings.js";
import { createSecretIndex, type SecretIndex, shortest } from "./secret-index.js";

/** Redacts secrets by their values: wherever one is, however it came there, and however it is encoded. */
export interface Redactor {
  /**
   * Makes a secret known.
   *
   * @param options - `keep`: it belongs to this mock, and what other clients send does not displace it
   */
  readonly learn: (secret: string, options?: { readonly keep?: boolean }) => void;
  /**
   * A string as it may be kept and shown: without any known secret, and with no more than {@link longestText}
   * characters, after which comes `…`.
   */
  readonly redact: (text: string) => string;
}

/** The most characters of a redacted string: journals and verdicts keep many of them. */
export const longestText = 2000;

/** The most characters of a secret that are compared. A string with these is taken to have the rest as well. */
export const longestStart = 512;

/** How much of a secret is read, in whatever encoding. */
const longestRead = 3 * longestStart;

/** How much of a string is read: as much as is kept, and a secret that starts there, percent-encoded. */
export const longestLook: number = longestText + 3 * longestStart;

/** How many secrets of requests are kept that belong to nobody here: the last ones. */
const mostForeign = 1000;

/** The mock's own secrets have a form of their own and need not be kept. */
const ownSecret = /not-a-real-(?:secret-[\da-f-]+|root-token)/g;

/**
 * A {@link Redactor} that knows the secrets that the mock makes.
 *
 * @param given - secrets that it never forgets
 * @param mostKept - how many more of the mock's secrets it keeps: those that it learned last
 * @param index - where it keeps them
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
        // Taken out and put in again, it is the newest.
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

/** @param isCut - the string went on where it ends */
function withoutSecrets(text: string, index: SecretIndex, isCut: boolean): string {
  let clean = "";
  let end = 0;
  for (const found of secretsIn(text, index, isCut)) {
    // One that starts within another makes that longer.
    if (found.start >= end) clean += `${text.slice(end, found.start)}[secret]`;
    end = Math.max(end, found.end);
  }
  return clean + text.slice(end);
}

interface Found {
  readonly start: number;
  readonly end: number;
}

/** Where secrets are in a string, in its order. */
function secretsIn(text: string, index: SecretIndex, isCut: boolean): readonly Found[] {
  const decoded = decodeEscapes(text);
  const found = [...findIn(decoded, index, isCut)];
  // Also as it is: a percent sign before a secret makes an escape of how that starts.
  if (decoded.text !== text) found.push(...findIn({ text, startOf: (at) => at }, index, isCut));
  return found.sort((one, other) => one.start - other.start);
}

/** What a message ends a quoted string with if it quotes only its first part; as it is, and as it is decoded. */
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
 * What an `Authorization` header carries after its scheme, whichever that is; all of it where it has none. A scheme
 * alone is no secret, and a word of many messages.
 */
export function credentialsIn(authorization: string): string {
  return /^(?:basic|bearer)$/i.test(authorization) ? "" : authorization.replace(/^\S+\s+/, "");
}

interface Form {
  /** Its first characters, as many as are compared. */
  readonly start: string;
  readonly length: number;
}

/** How a secret is found: by itself and as it is quoted in JSON, each as it is and decoded. */
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

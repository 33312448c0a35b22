import { type Decoded, decodeEscapes } from "./encodings.js";
import { createSecretIndex, type SecretIndex, shortest } from "./secret-index.js";

/** Takes secrets out of texts, by their values: wherever one stands, however it came there, and however it is spelled. */
export interface Redactor {
  /**
   * Makes a secret known.
   *
   * @param options - `keep` is that it belongs to this mock: what strangers send does not make it forgotten
   */
  readonly learn: (secret: string, options?: { readonly keep?: boolean }) => void;
  /** The text without any secret that is known. */
  readonly redact: (text: string) => string;
}

/** How many are kept of those that requests bring and that are nobody's here. */
const mostForeign = 1000;

/** Those that the mock makes itself are known by their form, and need not be kept. */
const ownSecret = /not-a-real-(?:secret-[\da-f-]+|root-token)/y;

/**
 * A {@link Redactor} that knows the secrets that the mock makes.
 *
 * @param given - secrets that it never forgets
 * @param mostKept - how many it keeps beside them of those that belong to the mock; the ones that were learned last
 */
export function createRedactor(given: readonly string[], mostKept: number): Redactor {
  const index = createSecretIndex();
  const always = new Set(given.flatMap(formsOf));
  for (const form of always) index.add(form);
  const kept = new Set<string>();
  const foreign = new Set<string>();
  const forget = (forms: Set<string>, most: number): void => {
    for (const form of forms) {
      if (forms.size <= most) return;
      forms.delete(form);
      index.delete(form);
    }
  };
  return {
    learn: (secret, { keep = false } = {}) => {
      for (const form of formsOf(secret)) {
        if (always.has(form)) continue;
        // Taken out and put in again, it is the newest.
        foreign.delete(form);
        (kept.delete(form) || keep ? kept : foreign).add(form);
        index.add(form);
      }
      forget(kept, mostKept);
      forget(foreign, mostForeign);
    },
    redact: (text) => {
      let clean = "";
      let end = 0;
      for (const found of secretsIn(text, index)) {
        // One that starts within another makes that longer.
        if (found.start >= end) clean += `${text.slice(end, found.start)}[secret]`;
        end = Math.max(end, found.end);
      }
      return clean + text.slice(end);
    },
  };
}

interface Found {
  readonly start: number;
  readonly end: number;
}

/** Where secrets stand in a text, in its order. */
function secretsIn(text: string, index: SecretIndex): readonly Found[] {
  const spelled = decodeEscapes(text);
  const found = [...findIn(spelled, index)];
  // As it stands too: a percent sign before a secret makes an escape of how that starts.
  if (spelled.text !== text) found.push(...findIn({ text, startOf: (at) => at }, index));
  return found.sort((one, other) => one.start - other.start);
}

function* findIn({ text, startOf }: Decoded, index: SecretIndex): Iterable<Found> {
  for (let at = 0; at < text.length; at += 1) {
    const length = Math.max(ownLengthAt(text, at), index.lengthAt(text, at));
    if (length > 0) yield { start: startOf(at), end: startOf(at + length) };
  }
}

/**
 * What an `Authorization` header carries after its scheme, whichever that is; all of it where it has none. A scheme
 * alone is no secret, and a word of many messages.
 */
export function credentialsIn(authorization: string): string {
  return /^(?:basic|bearer)$/i.test(authorization) ? "" : authorization.replace(/^\S+\s+/, "");
}

/** How a secret is found: by itself and as it is quoted in JSON, each as it stands and as it is spelled. */
function formsOf(secret: string): readonly string[] {
  const plain = [secret, JSON.stringify(secret).slice(1, -1)];
  const forms = new Set([...plain, ...plain.map((form) => decodeEscapes(form).text)]);
  return [...forms].filter((form) => form.length >= shortest && ownLengthAt(form, 0) < form.length);
}

function ownLengthAt(text: string, at: number): number {
  ownSecret.lastIndex = at;
  return ownSecret.exec(text)?.[0].length ?? 0;
}

import { decodeEscapes } from "./encodings.js";

/** Finds secrets in texts, however many there are. */
export interface SecretIndex {
  /** Adds a secret of at least {@link shortest} characters. */
  readonly add: (secret: string) => void;
  readonly delete: (secret: string) => void;
  /**
   * How long the longest secret is that stands in a text at a place; 0 is that none does. A message may cut what it
   * quotes, and say so by `…`: what stands before that may be a part of a secret.
   */
  readonly lengthAt: (text: string, at: number) => number;
}

/** Shorter ones are no secrets, and would be found within words. */
export const shortest = 6;

/** As they stand in a text, and in a spelled one. */
const cutMarks: readonly string[] = ["…", decodeEscapes("…").text];

/** A {@link SecretIndex} of no secret yet. */
export function createSecretIndex(): SecretIndex {
  /** By how they start: a text is compared with the few that may stand in it, and not with all. */
  const groups = new Map<string, Set<string>>();
  return {
    add: (secret) => {
      const start = secret.slice(0, shortest);
      const group = groups.get(start) ?? new Set();
      groups.set(start, group.add(secret));
    },
    delete: (secret) => {
      const start = secret.slice(0, shortest);
      const group = groups.get(start);
      group?.delete(secret);
      if (group?.size === 0) groups.delete(start);
    },
    lengthAt: (text, at) => {
      const group = groups.get(text.slice(at, at + shortest));
      if (group === undefined) return 0;
      const part = untilCut(text, at);
      let longest = 0;
      for (const secret of group) {
        if (text.startsWith(secret, at)) longest = Math.max(longest, secret.length);
        else if (part !== undefined && secret.startsWith(part)) {
          longest = Math.max(longest, part.length);
        }
      }
      return longest;
    },
  };
}

function untilCut(text: string, at: number): string | undefined {
  const cuts = cutMarks.map((mark) => text.indexOf(mark, at)).filter((cut) => cut >= 0);
  return cuts.length === 0 ? undefined : text.slice(at, Math.min(...cuts));
}

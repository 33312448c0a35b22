import { createHash } from "node:crypto";
import type { InvalidRequest } from "./verdict.js";

/** The invalid requests of a consumer, each different one once. */
export interface InvalidRequests {
  readonly add: (request: Omit<InvalidRequest, "times">) => void;
  readonly listed: () => readonly InvalidRequest[];
  /** How many different ones there are beside those that are listed. */
  readonly more: () => number;
  readonly clear: () => void;
}

/** How many are listed, with what is wrong with them. */
const mostListed = 200;

/**
 * How many more are told apart, by a few bytes each. Beyond these every one counts as new: a consumer that sends that
 * many must not pass a threshold because they are too many to remember.
 */
const mostToldApart = 100_000;

/** No {@link InvalidRequests} yet. */
export function createInvalidRequests(): InvalidRequests {
  const listed = new Map<string, InvalidRequest>();
  const others = new Set<string>();
  let uncertain = 0;
  return {
    add: (request) => {
      const key = createHash("sha256")
        .update(JSON.stringify([request.request, request.explanation]))
        .digest("base64")
        .slice(0, 16);
      const { times = 0 } = listed.get(key) ?? {};
      if (times > 0 || listed.size < mostListed) listed.set(key, { ...request, times: times + 1 });
      else if (others.size < mostToldApart) others.add(key);
      else if (!others.has(key)) uncertain += 1;
    },
    listed: () => [...listed.values()],
    more: () => others.size + uncertain,
    clear: () => {
      listed.clear();
      others.clear();
      uncertain = 0;
    },
  };
}

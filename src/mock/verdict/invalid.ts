import { createHash } from "node:crypto";
import type { InvalidRequest } from "./verdict.js";

/** The distinct invalid requests of a consumer. */
export interface InvalidRequests {
  readonly add: (request: Omit<InvalidRequest, "times">) => void;
  readonly listed: () => readonly InvalidRequest[];
  /** How many more distinct ones there are that are not listed. */
  readonly more: () => number;
  readonly clear: () => void;
}

/** How many are listed in full. */
const mostListed = 200;

/**
 * How many more are told apart, by a hash of a few bytes. Beyond these, every request counts as new, so that a consumer
 * with too many invalid requests cannot pass a threshold.
 */
const mostToldApart = 100_000;

/** Creates an empty {@link InvalidRequests}. */
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

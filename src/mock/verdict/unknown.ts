import type { UnknownNameSent } from "./verdict.js";

/** The unknown names of a consumer, each different one once. */
export interface UnknownNames {
  readonly add: (name: Omit<UnknownNameSent, "times">) => void;
  readonly listed: () => readonly UnknownNameSent[];
  /** How many were sent beside those that are listed. */
  readonly more: () => number;
  readonly clear: () => void;
}

/** How many are listed. A consumer has few names; one with more makes them up. */
const mostListed = 100;

/** No {@link UnknownNames} yet. */
export function createUnknownNames(): UnknownNames {
  const listed = new Map<string, UnknownNameSent>();
  let more = 0;
  return {
    add: (name) => {
      const key = JSON.stringify([name.operation, name.place, name.name]);
      const { times = 0 } = listed.get(key) ?? {};
      if (times > 0 || listed.size < mostListed) listed.set(key, { ...name, times: times + 1 });
      else more += 1;
    },
    listed: () => [...listed.values()],
    more: () => more,
    clear: () => {
      listed.clear();
      more = 0;
    },
  };
}

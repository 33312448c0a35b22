import type { UnknownNameSent } from "./verdict.js";

/** The distinct unknown names that a consumer sent. */
export interface UnknownNames {
  readonly add: (name: Omit<UnknownNameSent, "times">) => void;
  readonly listed: () => readonly UnknownNameSent[];
  /** How many more were sent that are not listed. */
  readonly more: () => number;
  readonly clear: () => void;
}

/** How many are listed. A consumer with more of them generates its names. */
const mostListed = 100;

/** Creates an empty {@link UnknownNames}. */
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

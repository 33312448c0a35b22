import type { Json } from "../model/api.js";
import type { Draft } from "./draft.js";
import type { Who } from "./finding.js";
import { verdictOf } from "./verdict.js";
import type { Search } from "./wire.js";

/** What stands of a draft once it is tested. */
export interface Proof {
  readonly who: readonly Who[];
  readonly witness?: Json;
  readonly confirmed: boolean;
  readonly undecided: boolean;
  readonly complaint?: { readonly code: string; readonly says: string };
}

/** Who breaks by a value, so that a value must show it. */
const byValue: readonly Who[] = ["sender", "reader", "strict-reader"];

/** Tests a draft by values alone: the schemas judge. */
export function proveByValue(draft: Draft, search: (draft: Draft) => Search): Proof {
  const { who, value } = verdictOf(draft);
  if (value !== true || !who.some((one) => byValue.includes(one))) {
    return { who, confirmed: false, undecided: false };
  }
  const found = search(draft);
  switch (found.outcome) {
    case "found":
      return { who, witness: found.value, confirmed: true, undecided: false };
    case "none":
      // Every value that one side allows passes the other: what was written differently binds nobody else.
      return {
        who: who.filter((one) => !byValue.includes(one)),
        confirmed: false,
        undecided: true,
      };
    case "unknown":
      return { who, confirmed: false, undecided: true };
  }
}

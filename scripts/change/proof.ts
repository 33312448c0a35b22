import type { Json } from "../model/api.js";
import type { Draft } from "./draft.js";
import type { Who } from "./finding.js";
import type { Probed } from "./types.js";
import { verdictOf } from "./verdict.js";
import type { WitnessSearch } from "./wire.js";

/** The result of testing a draft. */
export interface Proof {
  readonly who: readonly Who[];
  readonly witness?: Json;
  readonly confirmed: boolean;
  readonly undecided: boolean;
  readonly complaint?: { readonly code: string; readonly says: string };
}

/** Consumers that a value can break, so that a witness must prove it. */
const byValue: readonly Who[] = ["sender", "reader", "strict-reader"];

/** Tests a draft by values alone: the schemas judge. */
export function proveByValue(draft: Draft, search: WitnessSearch): Proof {
  const { who, value } = verdictOf(draft);
  if (value !== true || !who.some((one) => byValue.includes(one))) {
    return { who, confirmed: false, undecided: false };
  }
  const found = search(draft);
  switch (found.outcome) {
    case "found":
      return { who, witness: found.value, confirmed: true, undecided: false };
    case "none":
      // Every value that one side allows passes the other: what was written differently binds nobody else. Where the
      // other side allows more, the change is a safe one.
      return {
        who: who.filter((one) => !byValue.includes(one)),
        confirmed: false,
        undecided: search(draft, true).outcome !== "found",
      };
    case "unknown":
      return { who, confirmed: false, undecided: true };
  }
}

/** Tests of a draft by the old client and by the compiler. */
export interface Witnesses {
  readonly read: (draft: Draft, witness: Json) => "accepts" | "throws" | "unknown";
  readonly compiled: (draft: Draft) => Probed;
}

/** Refines a proof with the old client, for responses, and with the compiler, for types. */
export function proveByClient(draft: Draft, proof: Proof, { read, compiled }: Witnesses): Proof {
  const { witness } = proof;
  const isRead = proof.who.includes("reader") || proof.who.includes("strict-reader");
  const reading = witness !== undefined && isRead ? read(draft, witness) : "unknown";
  const who = proof.who.map((one): Who => {
    if (one !== "reader" && one !== "strict-reader") return one;
    return reading === "throws" ? "reader" : reading === "accepts" ? "strict-reader" : one;
  });
  if (!who.includes("types")) return { ...proof, who };
  const probed = compiled(draft);
  if (probed === "unknown") return { ...proof, who };
  if (probed !== "compiles") return { ...proof, who, confirmed: true, complaint: probed };
  // The line still compiles, and its types are not `any`, so no build breaks.
  return isStructural(draft)
    ? { ...proof, who }
    : { ...proof, who: who.filter((one) => one !== "types") };
}

/** Whether a change removes or renames something. One line that compiles does not prove such a change safe. */
function isStructural({ rule, value }: Draft): boolean {
  return value === undefined && !rule.startsWith("component-");
}

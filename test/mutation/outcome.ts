import { readFileSync } from "node:fs";
import type { Kill } from "./verdict.js";

/** What became of one mutant. */
export interface Outcome {
  readonly mutator: string;
  readonly id: string;
  /** What noticed it; `undefined` where nothing did. */
  readonly kill: Kill | undefined;
}

/** A mutant that nothing can notice, because it changes nothing that anybody could see. */
export interface Equivalent {
  readonly mutant: string;
  readonly why: string;
}

/** A kind of mutation: its mutants and what became of them. */
export interface Tally {
  readonly name: string;
  readonly mutants: number;
  readonly killed: number;
  readonly equivalent: number;
  readonly survived: number;
}

/** The committed list, justified one by one. */
export const equivalents: readonly Equivalent[] = JSON.parse(
  readFileSync(new URL("equivalent.json", import.meta.url), "utf8"),
);

/** The entry that excuses a mutant; `undefined` where it must be noticed. */
export function excuseOf({ id }: Pick<Outcome, "id">): Equivalent | undefined {
  return equivalents.find(({ mutant }) => mutant === id);
}

/** Counts outcomes. */
export function tallyOf(name: string, outcomes: readonly Outcome[]): Tally {
  const alive = outcomes.filter(({ kill }) => kill === undefined);
  const equivalent = alive.filter((one) => excuseOf(one) !== undefined).length;
  return {
    name,
    mutants: outcomes.length,
    killed: outcomes.length - alive.length,
    equivalent,
    survived: alive.length - equivalent,
  };
}

/** The part of the mutants that was noticed, in percent; equivalent ones do not count. */
export function scoreOf({ killed, survived }: Tally): number {
  return killed + survived === 0 ? 100 : (100 * killed) / (killed + survived);
}

/** Entries of the list that excuse nothing: the mutant is noticed by now, or is no more. */
export function staleEntries(outcomes: readonly Outcome[]): readonly string[] {
  const alive = new Set(outcomes.filter(({ kill }) => kill === undefined).map(({ id }) => id));
  return equivalents.map(({ mutant }) => mutant).filter((mutant) => !alive.has(mutant));
}

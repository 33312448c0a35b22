import { compareText } from "../../spec/canonical.js";
import { type Problems, toPointer } from "../../spec/problem.js";
import { isIdentifier } from "./identifiers.js";

/** The member of the contract that gives a name where ours does not fit. */
export const override = "x-contract-name";

/** A thing that wants a name. */
export interface Claim {
  /** Where it stands in the document. It decides between things of one rank, so that the order of keys does not. */
  readonly at: readonly string[];
  /** Names, the best first. Where all are taken, the last one gets a number. */
  readonly wishes: readonly string[];
  /** Lower is served first; 0 without one. */
  readonly rank?: number;
}

/**
 * Gives names, so that no two things of one scope share one. One rule for every kind of name:
 *
 * 1. Who wants a name that nobody else wants gets it.
 * 2. Of several that want the same name, the one of the lowest rank gets it, then the first by its place in the
 *    document, in the order of its characters.
 * 3. The others get their next wish that is free; after the last, a number from 2.
 *
 * Things that are added to a document rename only those whose name they want too.
 */
export class Scope {
  readonly #owners = new Map<string, readonly string[]>();
  readonly #what: string;
  readonly #problems: Problems;
  readonly #isReserved: (name: string) => boolean;
  readonly #fold: (name: string) => string;

  /**
   * @param what - what is named, for messages: `type`, `method`
   * @param isReserved - names that nothing gets
   * @param fold - names that must not stand side by side have one value: on some disks, files whose names differ in case
   */
  constructor(
    what: string,
    problems: Problems,
    isReserved: (name: string) => boolean = () => false,
    fold: (name: string) => string = (name) => name,
  ) {
    this.#what = what;
    this.#problems = problems;
    this.#isReserved = isReserved;
    this.#fold = fold;
  }

  /**
   * Names things that are known together.
   *
   * @returns the name of each, in the order in which they were given
   */
  assign(claims: readonly Claim[]): string[] {
    const names = new Map<Claim, string>();
    const queue = [...claims].sort(
      (left, right) =>
        (left.rank ?? 0) - (right.rank ?? 0) ||
        compareText(toPointer(left.at), toPointer(right.at)),
    );
    for (const claim of queue) {
      const [first] = claim.wishes;
      if (first !== undefined && this.#isFree(first)) names.set(claim, this.#own(first, claim));
    }
    for (const claim of queue.filter((one) => !names.has(one))) {
      names.set(claim, this.#own(this.#second(claim), claim));
    }
    return claims.map((claim) => names.get(claim) ?? "");
  }

  #second(claim: Claim): string {
    const { at, wishes } = claim;
    const [first = ""] = wishes;
    const owner = this.#owners.get(this.#fold(first));
    if (owner !== undefined) {
      this.#problems.warn(
        at,
        `the ${this.#what} name ${first}, which ${toPointer(owner)} has already`,
        `${override} on one of the two`,
      );
    } else {
      const shown = isIdentifier(first) && this.#what === "type" ? first : JSON.stringify(first);
      const found = `the ${this.#what} name ${shown}, which is taken already`;
      this.#problems.warn(at, found, `another name: ${override}`);
    }
    const free = wishes.find((name) => this.#isFree(name));
    if (free !== undefined) return free;
    const last = wishes.at(-1) ?? this.#what;
    for (let number = 2; ; number += 1) {
      if (this.#isFree(`${last}${number}`)) return `${last}${number}`;
    }
  }

  #isFree(name: string): boolean {
    return !this.#isReserved(name) && !this.#owners.has(this.#fold(name));
  }

  #own(name: string, { at }: Claim): string {
    this.#owners.set(this.#fold(name), at);
    return name;
  }
}

import { compareText } from "../../spec/canonical.js";
import { type Problems, toPointer } from "../../spec/problem.js";
import { isIdentifier } from "./identifiers.js";

/** The extension that sets a name in the contract, instead of the derived one. */
export const override = "x-contract-name";

/** A request for a name. */
export interface Claim {
  /** Place in the document. It decides between claims of equal rank, so that the order of keys has no influence. */
  readonly at: readonly string[];
  /** Candidates, the best first. If all are taken, the last one gets a number. */
  readonly wishes: readonly string[];
  /** Claims of lower rank are served first. Default: 0. */
  readonly rank?: number;
}

/**
 * Assigns names that are unique within the scope. The same rules apply to every kind of name:
 *
 * 1. A claim gets its first candidate if no other claim has the same one.
 * 2. Otherwise the claim of the lowest rank gets it. Among equal ranks, the first by the pointer of its place does.
 * 3. The others get their next free candidate. If there is none, they get their last one with a number from 2.
 *
 * An addition to a document can thus rename only claims with the same first candidate.
 */
export class Scope {
  readonly #owners = new Map<string, readonly string[]>();
  readonly #what: string;
  readonly #problems: Problems;
  readonly #isReserved: (name: string) => boolean;
  readonly #fold: (name: string) => string;

  /**
   * @param what - kind of the names, for messages: `type`, `method`
   * @param isReserved - names that are never assigned
   * @param fold - maps names that must not coexist to one value, such as file names that differ in case only
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
   * Assigns a name to each claim. Names of earlier calls are taken.
   *
   * @returns the names, in the order of the claims
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

  /** The name of a claim whose first candidate is taken. Adds a warning. */
  #second(claim: Claim): string {
    const { at, wishes } = claim;
    const [first = ""] = wishes;
    const owner = this.#owners.get(this.#fold(first));
    if (owner !== undefined) {
      this.#problems.warn(
        at,
        `the ${this.#what} name ${first}, which ${toPointer(owner)} already has`,
        `${override} on one of the two`,
      );
    } else {
      const shown = isIdentifier(first) && this.#what === "type" ? first : JSON.stringify(first);
      const found = `the ${this.#what} name ${shown}, which is already taken`;
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

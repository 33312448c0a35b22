import type { Json } from "../model/api.js";

/** Who breaks. */
export type Who = "sender" | "reader" | "strict-reader" | "types" | "switch" | "behaviour";

/** The part of the version that a change raises, by the rules for 1.0.0 and later. */
export type Bump = "major" | "minor" | "patch" | "none";

/** Where a change stands in the sources. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  /** JSON pointer into the bundled document. */
  readonly pointer: string;
}

/** One change, for one operation. */
export interface Finding {
  /** Says what changed and where, so that an approval still fits after an upgrade of this tool. */
  readonly id: string;
  /** The operation's id, or its method and path; `null` where the whole contract changes. */
  readonly operation: string | null;
  readonly who: readonly Who[];
  readonly bump: Bump;
  readonly rule: string;
  readonly was: Json;
  readonly now: Json;
  /** A whole request or response body, or a parameter, that fits one contract and not the other; else `null`. */
  readonly witness: Json;
  /** Whether the proof was run: schemas and the old client for a witness, the compiler for types. */
  readonly confirmed: boolean;
  readonly place: SourcePlace;
  /** The place as callers know it, such as `body scope.ops[]`. */
  readonly where: string;
  /** What of that place changed: a keyword, a property, a value. */
  readonly about: string;
  /** What the compiler says, and of which line of code. */
  readonly complaint?: { readonly code: string; readonly says: string };
  /** Set where the change should have a witness and none was found. */
  readonly undecided?: true;
}

/** The findings of a comparison, and what they add up to. */
export interface Change {
  readonly bump: Bump;
  readonly findings: readonly Finding[];
}

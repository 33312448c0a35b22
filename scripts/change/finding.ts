import type { Json } from "../model/api.js";

/** Kinds of consumers that a change breaks. */
export type Who = "sender" | "reader" | "strict-reader" | "types" | "switch" | "behaviour";

/** The part of the version that a change raises, by the rules for 1.0.0 and later. */
export type Bump = "major" | "minor" | "patch" | "none";

/** The place of a change in the sources. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  /** JSON pointer into the bundled document. */
  readonly pointer: string;
}

/** One change, for one operation. */
export interface Finding {
  /** Identifies the change by its content and place, so that approvals stay valid after an upgrade of this tool. */
  readonly id: string;
  /** The operation's id, or its method and path; `null` if the change affects the whole contract. */
  readonly operation: string | null;
  readonly who: readonly Who[];
  readonly bump: Bump;
  readonly rule: string;
  readonly was: Json;
  readonly now: Json;
  /** A body or a parameter that conforms to one contract and not to the other; `null` if there is none. */
  readonly witness: Json;
  /** Whether a test confirmed the change: the schemas and the old client for a witness, the compiler for types. */
  readonly confirmed: boolean;
  readonly place: SourcePlace;
  /** The place in the terms of callers, such as `body scope.ops[]`. */
  readonly where: string;
  /** The keyword, property or value that changed. */
  readonly about: string;
  /** A compiler error and the line of code that causes it. */
  readonly complaint?: { readonly code: string; readonly says: string };
  /** Set if the change should have a witness, but none was found. */
  readonly undecided?: true;
}

/** The findings of a comparison, and the largest version bump among them. */
export interface Change {
  readonly bump: Bump;
  readonly findings: readonly Finding[];
}

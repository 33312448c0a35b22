import { releaseOf } from "./bump.js";
import type { Bump, Change } from "./finding.js";

/** A comparison as it is printed. */
export interface Report {
  readonly change: Change;
  /** What the bump means for the present version. */
  readonly release: Bump;
  readonly version: string;
  /** The two documents, as they are called. */
  readonly base: string;
  readonly to: string;
  /** Ids of changes that should have a witness and have none. */
  readonly undecided: readonly string[];
  /** Ids of breaks that `approved.json` accepts. */
  readonly approved: readonly string[];
}

/** Puts a comparison into words for the present version. */
export function reportOf(
  change: Change,
  version: string,
  base: string,
  to: string,
  approved: readonly string[],
): Report {
  return {
    change,
    release: releaseOf(change.bump, version),
    version,
    base,
    to,
    undecided: change.findings.filter((one) => one.undecided === true).map(({ id }) => id),
    approved,
  };
}

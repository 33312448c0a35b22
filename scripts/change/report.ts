import { releaseOf } from "./bump.js";
import type { Bump, Change } from "./finding.js";

/** A comparison for printing. */
export interface Report {
  readonly change: Change;
  /** The release for the current version: before 1.0.0, bumps are one step smaller. */
  readonly release: Bump;
  readonly version: string;
  /** Labels of the two documents. */
  readonly base: string;
  readonly to: string;
  /** Ids of changes that should have a witness, but have none. */
  readonly undecided: readonly string[];
  /** Ids of breaking changes that `approved.json` accepts. */
  readonly approved: readonly string[];
}

/** Creates the report of a comparison for the current version. */
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

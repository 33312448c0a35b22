import type { Bump } from "../../scripts/change/finding.js";
import type { Editable } from "./small.js";

/** One change with what must be said of it. */
export interface Row {
  readonly name: string;
  readonly edit: (document: Editable) => void;
  readonly bump: Bump;
  /** Who breaks, as `operation: who`, of every finding that breaks somebody. */
  readonly breaks?: readonly string[];
  /** Rules that must be named, where nobody breaks or more than one could explain it. */
  readonly rules?: readonly string[];
  /** Whether every break has a value that shows it. */
  readonly witness?: true;
}

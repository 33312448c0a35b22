import type { ErrorCode } from "../../../generated/errors.js";
import type { operations } from "../../../generated/wire.js";

/** Which requests fail, and how: the same in every run. */
export interface FaultPlan {
  /** Decides all chances: the same seed and requests give the same faults. Default 1. */
  readonly seed?: number | undefined;
  /** The first that matches a request is injected. */
  readonly faults: readonly PlannedFault[];
}

/** Names of faults, for completion. A plan that is read from a file has strings, which are checked when it is set. */
export type FaultName =
  | ErrorCode
  | `${ErrorCode}:after`
  | `latency:${number}`
  | `rate_limited:${number}`
  | "reset"
  | "reset:after"
  | "truncated"
  | "wrong-type"
  | "unknown"
  | "repeated-page"
  | "redirect"
  | (string & {});

/** One fault of a plan. */
export interface PlannedFault {
  /** What goes wrong: an error code of the contract, or one of the others, such as `reset:after`. The guide lists them. */
  readonly fault: FaultName;
  /** The operation that fails. Default: any. */
  readonly operation?: keyof operations | (string & {}) | undefined;
  /** How many matching requests pass before the first one fails. Default 0. */
  readonly skip?: number | undefined;
  /** How many requests fail then. Default: all. */
  readonly times?: number | undefined;
  /** The chance that a matching request fails, from 0 to 1. Default 1. */
  readonly probability?: number | undefined;
}

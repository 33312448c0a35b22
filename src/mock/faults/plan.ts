import type { ErrorCode } from "../../../generated/errors.js";
import type { operations } from "../../../generated/wire.js";

/** Decides which requests fail, and how. The same plan fails the same requests in every run. */
export interface FaultPlan {
  /** Seed of the random numbers: the same seed and requests give the same faults. Default 1. */
  readonly seed?: number | undefined;
  /** Faults to inject. If several match a request, the first one is injected. */
  readonly faults: readonly PlannedFault[];
}

/** Names of faults, for completion in editors. It allows any string, because plans may be read from files. */
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
  /** The fault: an error code of the contract, or another one such as `reset:after`. The guide lists them all. */
  readonly fault: FaultName;
  /** The operation that fails. Default: any. */
  readonly operation?: keyof operations | (string & {}) | undefined;
  /** How many matching requests pass before the first one fails. Default 0. */
  readonly skip?: number | undefined;
  /** How many matching requests fail after that. Default: all. */
  readonly times?: number | undefined;
  /** The chance that a matching request fails, from 0 to 1. Default 1. */
  readonly probability?: number | undefined;
}

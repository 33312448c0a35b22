/** Which requests fail, and how: the same in every run. */
export interface FaultPlan {
  /** Decides all chances: the same seed and requests give the same faults. Default 1. */
  readonly seed?: number | undefined;
  /** The first that matches a request is injected. */
  readonly faults: readonly PlannedFault[];
}

/** One fault of a plan. */
export interface PlannedFault {
  /** The fault, such as `latency:200`, `unavailable`, `storage:after` or `reset`. */
  readonly fault: string;
  /** The operation that fails, such as `issue_access_token`. Default: any. */
  readonly operation?: string | undefined;
  /** How many matching requests pass before the first one fails. Default 0. */
  readonly skip?: number | undefined;
  /** How many requests fail then. Default: all. */
  readonly times?: number | undefined;
  /** The chance that a matching request fails, from 0 to 1. Default 1. */
  readonly probability?: number | undefined;
}

/** Which faults strike which requests, repeatably. */
export interface FaultPlan {
  /** Decides all chances: the same seed and requests give the same faults. Default 1. */
  readonly seed?: number | undefined;
  /** The first that matches a request strikes it. */
  readonly faults: readonly PlannedFault[];
}

/** One fault of a plan. */
export interface PlannedFault {
  /** The fault, such as `latency:200`, `unavailable`, `storage:after` or `reset`. */
  readonly fault: string;
  /** The operation that it strikes, such as `issue_access_token`. Default: any. */
  readonly operation?: string | undefined;
  /** How many matching requests it lets pass first. Default 0. */
  readonly skip?: number | undefined;
  /** How many it strikes then. Default: all. */
  readonly times?: number | undefined;
  /** How likely it strikes each of them, from 0 to 1. Default 1. */
  readonly probability?: number | undefined;
}

import { type Fault, readFault } from "./fault.js";

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

/** Chooses faults by a plan. */
export interface FaultChooser {
  readonly choose: (operationId: string) => Fault | undefined;
  readonly plan: () => FaultPlan;
  /** @throws {TypeError} the plan is none; the one before stays. */
  readonly set: (plan: FaultPlan) => void;
}

/** No faults, or those of a plan. */
export function createFaultChooser(first: FaultPlan = { faults: [] }): FaultChooser {
  let plan = first;
  let rules = readPlan(first);
  let random = generator(first.seed ?? 1);
  return {
    plan: () => plan,
    set: (next) => {
      rules = readPlan(next);
      plan = next;
      random = generator(next.seed ?? 1);
    },
    choose: (operationId) => {
      for (const rule of rules) {
        if (rule.operation !== undefined && rule.operation !== operationId) continue;
        if (rule.skip > 0) {
          rule.skip -= 1;
          continue;
        }
        if (rule.times <= 0 || random() >= rule.probability) continue;
        rule.times -= 1;
        return rule.fault;
      }
      return undefined;
    },
  };
}

interface Rule {
  readonly fault: Fault;
  readonly operation: string | undefined;
  readonly probability: number;
  skip: number;
  times: number;
}

function readPlan(plan: FaultPlan): Rule[] {
  if (!Array.isArray(plan?.faults)) {
    throw new TypeError('a plan of faults: expected { "seed": 1, "faults": [{ "fault": "…" }] }');
  }
  if (plan.seed !== undefined && !Number.isSafeInteger(plan.seed)) {
    throw new TypeError("seed: expected an integer");
  }
  return plan.faults.map((planned: PlannedFault, index) => {
    const place = `faults[${index}]`;
    const { operation, skip = 0, times = Number.POSITIVE_INFINITY, probability = 1 } = planned;
    if (typeof planned.fault !== "string") throw new TypeError(`${place}.fault: expected a text`);
    if (operation !== undefined && typeof operation !== "string") {
      throw new TypeError(`${place}.operation: expected a text`);
    }
    for (const [name, value] of Object.entries({ skip, times, probability })) {
      if (typeof value === "number" && value >= 0) continue;
      throw new TypeError(`${place}.${name}: expected a number of at least 0`);
    }
    try {
      return { fault: readFault(planned.fault), operation, skip, times, probability };
    } catch (cause) {
      throw new TypeError(`${place}.fault: ${cause instanceof Error ? cause.message : cause}`);
    }
  });
}

/** The generator mulberry32: small, and the same everywhere. */
function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

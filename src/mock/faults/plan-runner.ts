import type { Contract } from "../engine/contract.js";
import { type Fault, readFault } from "./fault.js";
import type { FaultPlan, PlannedFault } from "./plan.js";
import { randomOf } from "./random.js";
import { outOfReach } from "./reach.js";

/** A fault plan, with how many requests each of its faults still affects. */
export interface PlanProgress {
  readonly seed?: number | undefined;
  readonly faults: readonly (PlannedFault & {
    /** How many more requests fail; missing if there is no limit. */
    readonly left?: number | undefined;
  })[];
}

/** Runs a fault plan: decides which request fails, and how. */
export interface PlanRunner {
  /** The fault for the next request of an operation, if any. */
  readonly next: (operationId: string) => Fault | undefined;
  /** The plan with its progress, in the form that {@link PlanRunner.set} takes. */
  readonly progress: () => PlanProgress;
  /** Restores the first plan and starts it over. */
  readonly restart: () => void;
  /**
   * Starts another plan.
   *
   * @throws {TypeError} if the plan is not valid; the current one stays.
   */
  readonly set: (plan: FaultPlan) => void;
}

/**
 * Creates a {@link PlanRunner}.
 *
 * @param first - the plan to start with. Default: no faults
 * @param contract - gives the contract that is served; a fault is injected only if the operation can have it
 * @param options - `isKnown`: the plan was valid when it was set first, so do not check it against the contract again
 * @throws {TypeError} if the plan is not valid.
 */
export function createPlanRunner(
  first: FaultPlan | undefined,
  contract: () => Contract,
  { isKnown = false }: { readonly isKnown?: boolean } = {},
): PlanRunner {
  const start = first ?? { faults: [] };
  let plan: FaultPlan;
  let rules: Rule[];
  let random: () => number;
  const begin = (next: FaultPlan, checked: Contract | undefined): void => {
    rules = readPlan(next, checked);
    plan = next;
    random = randomOf(next.seed ?? 1);
  };
  // The document may have changed since a known plan was checked, so it may not fit any more.
  begin(start, isKnown ? undefined : contract());
  return {
    progress: () => ({
      ...plan,
      faults: plan.faults.map(
        ({ left: _, times, ...fault }: PlannedFault & { left?: number }, index) => {
          const left = rules[index]?.times ?? 0;
          // JSON cannot express infinity, the default of both.
          const ends = Number.isFinite(left);
          return ends ? { ...fault, times, left } : fault;
        },
      ),
    }),
    restart: () => begin(start, undefined),
    set: (next) => begin(next, contract()),
    next: (operationId) => {
      for (const rule of rules) {
        if (rule.operation !== undefined && rule.operation !== operationId) continue;
        if (outOfReach(contract(), operationId, rule.fault) !== undefined) continue;
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

const planNames: readonly string[] = ["seed", "faults"];
const plannedNames: readonly string[] = ["fault", "operation", "skip", "times", "probability"];
/** The property that {@link PlanRunner.progress} adds. A plan may have it, without effect. */
const progressName = "left";

function readPlan(plan: FaultPlan, contract: Contract | undefined): Rule[] {
  if (!Array.isArray(plan?.faults)) {
    throw new TypeError('fault plan: expected { "seed": 1, "faults": [{ "fault": "…" }] }');
  }
  onlyNames(plan, planNames, "");
  if (plan.seed !== undefined && !Number.isSafeInteger(plan.seed)) {
    throw new TypeError("seed: expected an integer");
  }
  return plan.faults.map((planned, index) => readPlanned(planned, `faults[${index}]`, contract));
}

function readPlanned(planned: PlannedFault, place: string, contract: Contract | undefined): Rule {
  if (typeof planned !== "object" || planned === null) {
    throw new TypeError(`${place}: expected an object such as { "fault": "reset" }`);
  }
  const { [progressName]: _, ...named }: PlannedFault & { left?: unknown } = planned;
  onlyNames(named, plannedNames, `${place}.`);
  const { operation, skip = 0, times = Number.POSITIVE_INFINITY, probability = 1 } = planned;
  if (typeof planned.fault !== "string") throw new TypeError(`${place}.fault: expected a string`);
  if (operation !== undefined && typeof operation !== "string") {
    throw new TypeError(`${place}.operation: expected a string`);
  }
  for (const [name, value] of Object.entries({ skip, times })) {
    if (value === Number.POSITIVE_INFINITY || (Number.isSafeInteger(value) && value >= 0)) continue;
    throw new TypeError(`${place}.${name}: expected an integer of at least 0`);
  }
  if (typeof probability !== "number" || !(probability >= 0 && probability <= 1)) {
    throw new TypeError(`${place}.probability: expected a number from 0 to 1`);
  }
  const fault = readFaultAt(planned.fault, `${place}.fault`);
  if (contract === undefined) return { fault, operation, skip, times, probability };
  const { operations } = contract;
  const called = operation === undefined ? operations.map((one) => one.operationId) : [operation];
  const reasons = called.map((one) => outOfReach(contract, one, fault));
  if (reasons.every((reason) => reason !== undefined)) {
    throw new TypeError(`${place}: no operation can have this fault: ${reasons.join("; ")}`);
  }
  return { fault, operation, skip, times, probability };
}

function readFaultAt(text: string, place: string): Fault {
  try {
    return readFault(text);
  } catch (cause) {
    throw new TypeError(`${place}: ${cause instanceof Error ? cause.message : cause}`);
  }
}

function onlyNames(value: object, names: readonly string[], place: string): void {
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new TypeError(`${place}${unknown}: no such property; expected one of ${names.join(", ")}`);
}

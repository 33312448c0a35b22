import type { Contract } from "../engine/contract.js";
import { type Fault, readFault } from "./fault.js";
import type { FaultPlan, PlannedFault } from "./plan.js";
import { randomOf } from "./random.js";
import { outOfReach } from "./reach.js";

/** The faults of a plan, and how many requests each of them still makes fail. */
export interface PlanProgress {
  readonly seed?: number | undefined;
  readonly faults: readonly (PlannedFault & {
    /** How many requests are left to fail; missing where there is no end. */
    readonly left?: number | undefined;
  })[];
}

/** Runs a fault plan: decides which request fails, and how. */
export interface PlanRunner {
  readonly next: (operationId: string) => Fault | undefined;
  /** The plan with its progress, in the form that {@link PlanRunner.set} takes. */
  readonly progress: () => PlanProgress;
  /** Back to the plan that it was made with, from its beginning. */
  readonly restart: () => void;
  /** @throws {TypeError} the plan is none; the one before stays. */
  readonly set: (plan: FaultPlan) => void;
}

/**
 * No faults, or those of a plan.
 *
 * @param contract - the one that is served: a fault is injected only where the operation can have it
 * @param options - `isKnown` is that the plan was taken before
 * @throws {TypeError} the plan is none.
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
  // A plan that was fine once may fit no operation any more: the document can change.
  begin(start, isKnown ? undefined : contract());
  return {
    progress: () => ({
      ...plan,
      faults: plan.faults.map(
        ({ left: _, times, ...fault }: PlannedFault & { left?: number }, index) => {
          const left = rules[index]?.times ?? 0;
          // JSON has no form for infinity, which is the default of both.
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
/** What {@link PlanRunner.progress} adds: it is taken back, and means nothing. */
const progressName = "left";

function readPlan(plan: FaultPlan, contract: Contract | undefined): Rule[] {
  if (!Array.isArray(plan?.faults)) {
    throw new TypeError('a plan of faults: expected { "seed": 1, "faults": [{ "fault": "…" }] }');
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
  if (typeof planned.fault !== "string") throw new TypeError(`${place}.fault: expected a text`);
  if (operation !== undefined && typeof operation !== "string") {
    throw new TypeError(`${place}.operation: expected a text`);
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
  throw new TypeError(`${place}${unknown}: no such member; there are ${names.join(", ")}`);
}

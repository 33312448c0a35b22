import { countPending, pointHome, takeStack } from "./caller.js";
import { ApiError, CallError, type Outcome, TimeoutError } from "./errors.js";
import { type Attempt, exchange } from "./exchange.js";
import { notify } from "./hooks.js";
import { InputError } from "./input-error.js";
import type { OperationSpec } from "./operation.js";
import type { Plan } from "./plan.js";
import type { Policy } from "./policy.js";
import { prepare } from "./prepare.js";
import type { FetchResult, RequestParts } from "./raw-client.js";
import { toContractError, unlessSafe } from "./response-errors.js";
import { delayAfter, isIdempotent, isWorthRetrying } from "./retry.js";
import { longestTimer, pause, withTimeout } from "./timeout.js";
import { ValidationError } from "./validation-error.js";

/** Outcomes in ascending order. The outcome of a call is the highest that any of its attempts had. */
const ranks: readonly Outcome[] = ["none", "unknown", "applied"];

/** Counts calls. Hooks get the number, which tells which events belong together. */
let calls = 0;

/** How a call ended. */
interface End {
  readonly operation: OperationSpec;
  response?: Response;
}

/** The last response of a call, by the promise of the call: see `with-response.ts`. */
export const responses: WeakMap<Promise<unknown>, End> = new WeakMap();

/** Makes a call: as many attempts as are useful and harmless, within its timeouts. */
export function makeCall<Value>(plan: Plan<Value>): Promise<Value> {
  const end: End = { operation: plan.operation };
  const call = attempts(plan, plan.caller ?? takeStack(), end);
  responses.set(call, end);
  return call;
}

async function attempts<Value>(
  plan: Plan<Value>,
  caller: Error | undefined,
  end: End,
): Promise<Value> {
  const { connection, operation, options } = plan;
  const { policy, sent } = prepare(plan, caller);
  const { signal } = options;
  const { hooks } = connection;
  const { timeouts, retry } = policy;
  const started = performance.now();
  const elapsed = (): number => performance.now() - started;
  const call = ++calls;
  const headers = options.headers ?? {};
  const credentials = new Set<string>();
  let outcome: Outcome = "none";
  for (let number = 1; ; number += 1) {
    const event = { operation: operation.id, call, attempt: number };
    const fail = (error: unknown): never => {
      notify(hooks, hooks.error, () => ({ ...event, error, duration: elapsed() }));
      throw error;
    };
    const limit = Math.min(timeouts.total - elapsed(), timeouts.attempt);
    const attempt: Attempt = {
      connection,
      operation,
      event,
      headers,
      credentials,
      maxResponseBytes: policy.maxResponseBytes,
      deadline: performance.now() + limit,
      progress: "begun",
      isForeign: false,
    };
    countPending(1);
    try {
      const result = await once(plan, attempt, sent, timeouts, limit);
      end.response = result.response;
      return await read(plan, result);
    } catch (error) {
      // The reason of an abort, and what a function for a credential throws, may be the error of another call.
      const isForeign = attempt.isForeign || (signal?.aborted && error === signal.reason);
      const isOurs = error instanceof CallError || error instanceof InputError;
      if (isForeign || !isOurs) return fail(error);
      pointHome(error, operation.name, caller);
      if (error instanceof InputError) return fail(error);
      const recovered = outcome !== "none" && error instanceof ApiError && plan.recover?.(error);
      if (recovered) return recovered.value;
      if (ranks.indexOf(error.outcome) > ranks.indexOf(outcome)) outcome = error.outcome;
      const isLast = number >= retry.attempts || sent.once === true;
      const isOver = isLast || !isWorthRetrying(error, operation);
      const delay = isOver ? Number.POSITIVE_INFINITY : delayAfter(error, number, policy);
      if (delay >= Math.min(timeouts.total - elapsed(), longestTimer)) {
        // The property is read-only for callers, who have not seen the error yet.
        Reflect.set(error, "outcome", outcome);
        return fail(error);
      }
      notify(hooks, hooks.retry, () => ({ ...event, error, delay }));
      await pause(signal, delay).catch(fail);
    } finally {
      countPending(-1);
    }
  }
}

/** The outcome of an attempt that times out, by its progress. */
const outcomes = { begun: "none", sent: "unknown", applied: "applied" } as const;

/** Makes one attempt, within its timeout. */
function once(
  { operation, options }: Plan<unknown>,
  attempt: Attempt,
  sent: RequestParts,
  timeouts: Policy["timeouts"],
  limit: number,
): Promise<FetchResult> {
  const which = limit < timeouts.attempt ? "total" : "attempt";
  const late = (): TimeoutError => {
    const outcome = unlessSafe(operation, outcomes[attempt.progress]);
    const isHarmless = outcome !== "applied" || isIdempotent(operation);
    return new TimeoutError({
      operation,
      outcome,
      retryable: which === "attempt" && isHarmless,
      which,
      limit: timeouts[which],
    });
  };
  return withTimeout(options.signal, limit, late, (signal) => exchange(attempt, signal, sent));
}

async function read<Value>(plan: Plan<Value>, result: FetchResult): Promise<Value> {
  try {
    return await plan.read(result);
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    throw toContractError(plan.operation, error.expected, error.found, error.pointer, error);
  }
}

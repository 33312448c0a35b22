import { InputError } from "./input-error.js";
import { checkNames } from "./names.js";

/** When a failed call is tried again. A call that is not safe to repeat is not tried again. */
export interface RetryOptions {
  /** Number of attempts, the first one included: a whole number or `Infinity`. 1 means no retry. Default 3. */
  readonly attempts?: number | undefined;
  /**
   * Milliseconds before the first retry, doubled for each further one. Up to as much again is added at random. Default 100.
   */
  readonly baseDelay?: number | undefined;
  /** The most milliseconds that doubling gives. Default 1000. */
  readonly maxDelay?: number | undefined;
}

/** How long a call may take. `Infinity` means no timeout. */
export interface TimeoutOptions {
  /** Milliseconds from sending a request to the end of its response, for each attempt. Default 10 000. */
  readonly attempt?: number | undefined;
  /** Milliseconds for the whole call: all attempts and the backoff between them. Default 30 000. */
  readonly total?: number | undefined;
}

/** Retries, timeouts and limits of a call, with every value filled in. */
export interface Policy {
  readonly retry: { readonly [Name in keyof RetryOptions]-?: number };
  readonly timeouts: { readonly [Name in keyof TimeoutOptions]-?: number };
  readonly maxResponseBytes: number;
}

/** A change of a {@link Policy}, of a client or of one call. */
export interface PolicyOptions {
  /**
   * When a failed call is tried again; `false` means never. Default: 3 attempts, after 100 ms, doubled up to 1 s.
   * Options that you leave out keep their value.
   */
  readonly retry?: RetryOptions | false | undefined;
  /** How long a call may take, in milliseconds. Default: 10 000 for an attempt, 30 000 for the whole call. */
  readonly timeouts?: TimeoutOptions | undefined;
  /**
   * Bytes that a response may have after decompression. A larger one ends early, with a `TransportError`, or with the
   * error of its status if that is not 2xx. `Infinity` is no limit. Default 16 MiB.
   */
  readonly maxResponseBytes?: number | undefined;
}

/** The default: attempts and delays are those of the service's own clients. */
export const defaultPolicy: Policy = {
  retry: { attempts: 3, baseDelay: 100, maxDelay: 1000 },
  timeouts: { attempt: 10_000, total: 30_000 },
  maxResponseBytes: 16 * 2 ** 20,
};

/**
 * A policy with changes.
 *
 * @param where - goes before the name of a wrong option in the message
 * @throws {TypeError} names the option that does not exist or has a wrong value.
 */
export function changePolicy(policy: Policy, options: PolicyOptions, where: string): Policy {
  const { retry, timeouts, maxResponseBytes = policy.maxResponseBytes } = options;
  const isSame = maxResponseBytes === policy.maxResponseBytes;
  if (isSame && retry === undefined && timeouts === undefined) return policy;
  if (!(typeof maxResponseBytes === "number" && maxResponseBytes > 0)) {
    throw new InputError(`${where}maxResponseBytes: expected a number above 0`);
  }
  return {
    maxResponseBytes,
    retry: merge(policy.retry, retry === false ? { attempts: 1 } : retry, `${where}retry`),
    timeouts: merge(policy.timeouts, timeouts, `${where}timeouts`),
  };
}

function merge<Values extends object>(
  values: Values,
  changes: { readonly [Name in keyof Values]?: number | undefined } | undefined,
  where: string,
): Values {
  if (changes === undefined) return values;
  checkNames(changes, Object.keys(values), where);
  const merged = { ...values };
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) continue;
    const least = name.endsWith("Delay") ? 0 : 1;
    const isCount = name === "attempts" && value !== Number.POSITIVE_INFINITY;
    const isRight = isCount ? Number.isInteger(value) : typeof value === "number";
    if (!isRight || !(Number(value) >= least)) {
      const kind = name === "attempts" ? "a whole number" : "a number";
      throw new InputError(`${where}.${name}: expected ${kind} of at least ${least}`);
    }
    Reflect.set(merged, name, value);
  }
  return merged;
}

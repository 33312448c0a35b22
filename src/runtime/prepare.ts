import { pointHome } from "./caller.js";
import { checkHeaders } from "./headers.js";
import { InputError } from "./input-error.js";
import { checkNames } from "./names.js";
import type { Plan } from "./plan.js";
import { changePolicy, type Policy } from "./policy.js";
import type { RequestParts } from "./raw-client.js";
import { toInputError, ValidationError } from "./validation-error.js";

/** Options of a call. */
const optionNames: readonly string[] = [
  "signal",
  "headers",
  "retry",
  "timeouts",
  "maxResponseBytes",
];

/**
 * Checks everything that can be wrong before anything is sent, and encodes the input.
 *
 * @throws {InputError} the input or an option is wrong.
 * @throws the reason of `options.signal` if it is aborted.
 */
export function prepare(
  { connection, operation, options, encode }: Plan<unknown>,
  caller: Error | undefined,
): { readonly policy: Policy; readonly sent: RequestParts } {
  try {
    const { choices = {} } = operation;
    checkNames(options, [...optionNames, ...Object.keys(choices)], "options");
    for (const [name, values] of Object.entries(choices)) {
      const chosen: unknown = Reflect.get(options, name);
      if (chosen === undefined || values.some((value) => value === chosen)) continue;
      throw new InputError(`options.${name}: expected ${values.join(" or ")}`);
    }
    const { signal, headers } = options;
    if (signal !== undefined && !isAbortSignal(signal)) {
      throw new InputError("options.signal: expected an AbortSignal");
    }
    if (headers !== undefined) checkHeaders(headers, "options.headers");
    const policy = changePolicy(connection.policy, options, "options.");
    const sent = encode();
    if (signal?.aborted) throw signal.reason;
    return { policy, sent };
  } catch (error) {
    const refusal = error instanceof ValidationError ? toInputError(error) : error;
    if (refusal instanceof InputError) pointHome(refusal, operation.name, caller);
    throw refusal;
  }
}

/** Whether a value is a signal, also one of another realm, such as a test runner, or of a polyfill. */
function isAbortSignal(value: unknown): boolean {
  const { aborted, addEventListener }: Partial<AbortSignal> = Object(value);
  return typeof aborted === "boolean" && typeof addEventListener === "function";
}

import type { Connection } from "./connection.js";
import { checkHeaders } from "./headers.js";
import { checkNames } from "./names.js";
import type { CallOptions, OperationSpec } from "./operation.js";
import { changePolicy, type Policy } from "./policy.js";
import { toTypeError, ValidationError } from "./validation-error.js";

/** What can be said of one call. */
const optionNames: readonly string[] = ["signal", "headers", "retry", "timeouts"];

/** Errors of input that was refused before anything was sent, told apart from a TypeError of anything else. */
const inputErrors: WeakSet<object> = new WeakSet();

/** Whether an error is that of input which was refused before anything was sent. */
export function isInputError(error: unknown): error is TypeError {
  return inputErrors.has(Object(error));
}

/**
 * Everything that can be wrong before anything is sent.
 *
 * @param encode - turns the input into what openapi-fetch sends; throws a `ValidationError`
 * @throws {TypeError} the input or an option is wrong.
 * @throws the reason of `options.signal` if it is aborted.
 */
export function prepare<Sent>(
  connection: Connection,
  { id, choices = {} }: OperationSpec,
  options: CallOptions,
  encode: () => Sent,
): { readonly policy: Policy; readonly sent: Sent } {
  checkNames(options, [...optionNames, ...Object.keys(choices)], `${id}: options`);
  for (const [name, values] of Object.entries(choices)) {
    const chosen: unknown = Reflect.get(options, name);
    if (chosen === undefined || values.some((value) => value === chosen)) continue;
    throw new TypeError(`${id}: options.${name}: expected ${values.join(" or ")}`);
  }
  const { signal, headers } = options;
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new TypeError(`${id}: options.signal: expected an AbortSignal`);
  }
  if (headers !== undefined) checkHeaders(headers, `${id}: options.headers`);
  const policy = changePolicy(connection.policy, options, `${id}: options.`);
  try {
    const sent = encode();
    signal?.throwIfAborted();
    return { policy, sent };
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    const refusal = toTypeError(id, error);
    inputErrors.add(refusal);
    throw refusal;
  }
}

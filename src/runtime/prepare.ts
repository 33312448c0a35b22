import type { Connection } from "./connection.js";
import { checkHeaders } from "./headers.js";
import { Mismatch } from "./mismatch.js";
import type { CallOptions, OperationSpec } from "./operation.js";
import { changePolicy, type Policy } from "./policy.js";

/** Input that was refused before anything was sent, told apart from a TypeError of anything else. */
export class InputError extends TypeError {}

/**
 * Everything that can be wrong before anything is sent.
 *
 * @param encode - turns the input into what openapi-fetch sends; throws a `Mismatch`
 * @throws {TypeError} the input or an option is wrong.
 * @throws the reason of `options.signal` if it is aborted.
 */
export function prepare<Sent>(
  connection: Connection<unknown>,
  { id }: OperationSpec,
  options: CallOptions,
  encode: () => Sent,
): { readonly policy: Policy; readonly sent: Sent } {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`${id}: options: expected an object`);
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
    if (!(error instanceof Mismatch)) throw error;
    const field = error.field === "" ? "input" : error.field;
    throw new InputError(`${id}: ${field}: expected ${error.expected}, found ${error.found}`);
  }
}

import { toContractError } from "./answer.js";
import { makeCall } from "./attempts.js";
import type { Connection } from "./connection.js";
import type { ApiError } from "./errors.js";
import type { CallInit, FetchResult } from "./exchange.js";
import { checkHeaders } from "./headers.js";
import { Mismatch } from "./mismatch.js";
import type { CallOptions, OperationSpec } from "./operation.js";
import { changePolicy, type Policy } from "./policy.js";

/** openapi-fetch types an answer without tuples: `[A, B]` is `(A | B)[]` there. Decoders check their length. */
type WithoutTuples<T> = T extends (infer Item)[]
  ? WithoutTuples<Item>[]
  : T extends object
    ? { [Key in keyof T]: WithoutTuples<T[Key]> }
    : T;

/** Input that was refused before anything was sent, told apart from a TypeError of anything else. */
export class InputError extends TypeError {}

/**
 * Makes one operation's call: encodes the input, sends it, as often and as long as the policy says, and checks the
 * answer. Any 2xx is taken whose body is what the contract says: a body that was asked for is worth more than the
 * status that it came with.
 *
 * @param encode - turns the input into what openapi-fetch sends; throws a `Mismatch`
 * @param request - the call of openapi-fetch
 * @param decode - checks the body and maps it; throws a `Mismatch`
 * @throws {TypeError} the input or an option is wrong; nothing was sent.
 * @throws {ApiError} the server answered with a status that is not 2xx; a subclass for each declared status.
 * @throws {ContractError} a 2xx answer is not what the contract says.
 * @throws {TransportError} no answer arrived.
 * @throws {TimeoutError} a limit of time was reached.
 * @throws the reason of `options.signal` once it is aborted.
 */
export async function call<Sent extends object, Wire, Value>(
  connection: Connection<unknown>,
  operation: OperationSpec,
  options: CallOptions,
  encode: () => Sent,
  request: (init: CallInit & Sent) => Promise<FetchResult<WithoutTuples<Wire>>>,
  decode: (wire: Wire) => Value,
): Promise<Value> {
  const { policy, sent } = prepare(connection, operation, options, encode);
  return makeCall({
    connection,
    operation,
    options,
    policy,
    request: (init) => request({ ...init, ...sent }),
    // The claim that `data` is what the contract says is what the decoder checks, its absence included.
    read: ({ data }) => decode(data as Wire),
  });
}

/**
 * Makes the call of an operation whose success has no body: the status alone tells, so it must be a declared one.
 * Deleting what an attempt before may have deleted has succeeded when it is not found any more.
 */
export async function callForNothing<Sent extends object>(
  connection: Connection<unknown>,
  operation: OperationSpec,
  options: CallOptions,
  encode: () => Sent,
  request: (init: CallInit & Sent) => Promise<FetchResult<unknown>>,
): Promise<void> {
  const { policy, sent } = prepare(connection, operation, options, encode);
  return makeCall<unknown, void>({
    connection,
    operation,
    options,
    policy,
    request: (init) => request({ ...init, ...sent }),
    read: ({ response: { status } }) => {
      if (operation.success.includes(status)) return;
      const expected = `status ${operation.success.join(" or ")}`;
      throw toContractError(operation, expected, `status ${status}`);
    },
    recover: ({ status, code = "" }: ApiError) => {
      const isGone = status === 404 && operation.errors.codes[code]?.status === 404;
      return isGone && operation.method === "DELETE" ? { value: undefined } : undefined;
    },
  });
}

/** Everything that can be wrong before anything is sent. */
function prepare<Sent>(
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

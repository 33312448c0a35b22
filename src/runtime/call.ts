import { isDeclared, toContractError } from "./answer.js";
import { makeCall } from "./attempts.js";
import type { Connection } from "./connection.js";
import type { ApiError } from "./errors.js";
import type { CallOptions, OperationSpec } from "./operation.js";
import type { RequestParts } from "./raw-client.js";

/**
 * Makes one operation's call: encodes the input, sends it, as often and as long as the policy says, and checks the
 * answer. Any 2xx is taken whose body is what the contract says: a body that was asked for is worth more than the
 * status that it came with.
 *
 * @param encode - turns the input into what openapi-fetch sends; throws a `ValidationError`
 * @param decode - checks the body and maps it; throws a `ValidationError`
 * @param caller - whose stack errors get, if that is not the caller of this function
 * @throws {TypeError} the input or an option is wrong; nothing was sent.
 * @throws {ApiError} the server answered with a status that is not 2xx; a subclass for each declared status.
 * @throws {ContractError} a 2xx answer is not what the contract says.
 * @throws {TransportError} no answer arrived.
 * @throws {TimeoutError} a limit of time was reached.
 * @throws the reason of `options.signal` once it is aborted.
 */
export function call<Value>(
  connection: Connection,
  operation: OperationSpec,
  options: CallOptions,
  encode: () => RequestParts,
  decode: (wire: unknown, status: number) => Value | Promise<Value>,
  caller?: Error,
): Promise<Value> {
  return makeCall({
    connection,
    operation,
    options,
    encode,
    caller,
    read: ({ data, response }) => decode(data, response.status),
  });
}

/**
 * Makes the call of an operation whose success has no body: the status alone tells, so it must be a declared one.
 * Deleting what an attempt before may have deleted has succeeded when it is not found any more.
 */
export function callForNothing(
  connection: Connection,
  operation: OperationSpec,
  options: CallOptions,
  encode: () => RequestParts,
): Promise<void> {
  return makeCall<void>({
    connection,
    operation,
    options,
    encode,
    read: ({ response: { status } }) => {
      if (isDeclared(operation.success, status)) return;
      const expected = `status ${operation.success.join(" or ")}`;
      throw toContractError(operation, expected, `status ${status}`);
    },
    recover: ({ status, code = "" }: ApiError) => {
      const isGone = status === 404 && operation.errors.codes[code]?.status === 404;
      return isGone && operation.method === "DELETE" ? { value: undefined } : undefined;
    },
  });
}

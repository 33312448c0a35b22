import { makeCall } from "./attempts.js";
import type { Connection } from "./connection.js";
import type { ApiError } from "./errors.js";
import type { CallOptions, OperationSpec } from "./operation.js";
import type { RequestParts } from "./raw-client.js";
import { isDeclared, toContractError } from "./response-errors.js";

/**
 * Makes one operation's call: encodes the input, sends it as the policy says, and checks the response. Any 2xx is a
 * success if its body conforms to the contract: the body that the caller asked for is worth more than its status code.
 *
 * @param encode - makes what openapi-fetch sends of the input; throws a `ValidationError`
 * @param decode - checks the body and maps it; throws a `ValidationError`
 * @param caller - the stack of every error. Default: that of the caller of this function
 * @throws {TypeError} the input or an option is invalid; nothing was sent.
 * @throws {ApiError} the status code is not 2xx; each declared status code has a subclass.
 * @throws {ContractError} a 2xx response violates the contract.
 * @throws {TransportError} no response arrived.
 * @throws {TimeoutError} a timeout ended the call.
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
 * Makes the call of an operation whose success has no body, and must therefore have a declared status code. If an earlier
 * attempt of a DELETE may have been applied, "not found" is a success.
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

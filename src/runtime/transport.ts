import { unlessSafe } from "./answer.js";
import { TransportError } from "./errors.js";
import type { OperationSpec, Outcome } from "./operation.js";
import { type Redact, redactError } from "./redact.js";

/**
 * What platforms say when no connection was made, so that nothing can have reached the server: error codes of Node.js
 * and of Bun, and the kind that Deno names in its message. Where a platform says the same of every failure, as browsers
 * and workerd do, it is not certain. The smoke program of test/runtimes holds each platform to this.
 */
const unreached: RegExp =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused)$|client error \(Connect\)/;

/**
 * The error of a request that the network failed.
 *
 * @param facts - what is known beside the reason; by default another attempt may succeed
 */
export function toTransportError(
  operation: OperationSpec,
  reason: unknown,
  redact: Redact,
  facts?: { readonly outcome: Outcome; readonly retryable: boolean },
): TransportError {
  const outcome = facts?.outcome ?? (wasNeverSent(reason) ? "none" : "unknown");
  return new TransportError({
    operation: operation.id,
    outcome: unlessSafe(operation, outcome),
    retryable: facts?.retryable ?? true,
    cause: redactError(reason, redact),
  });
}

function wasNeverSent(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = String(Reflect.get(error, "code"));
  return unreached.test(code) || unreached.test(error.message) || wasNeverSent(error.cause);
}

import { toCause } from "./cause.js";
import { type Outcome, TransportError } from "./errors.js";
import type { OperationSpec } from "./operation.js";
import type { Redactor } from "./redact.js";
import { unlessSafe } from "./response-errors.js";

/**
 * Errors of a connection that was not made, so that nothing can have reached the server: error codes of Node.js and Bun,
 * and the kind that Deno names in its message. Browsers and workerd report every failure alike, so that it is not certain
 * there. The smoke program of test/runtimes checks each platform.
 */
const unreached: RegExp =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused)$|client error \(Connect\)/;

/** Errors of Node.js for a server that it refuses: because of its certificate, or of its port. */
const refused: RegExp =
  /^(CERT_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+|ERR_TLS_CERT_ALTNAME_INVALID|bad port)$/;

/**
 * Makes the error of a request that failed on the network.
 *
 * @param facts - overrides what the reason says; by default another attempt may succeed
 */
export function toTransportError(
  operation: OperationSpec,
  reason: unknown,
  { text }: Redactor,
  facts?: { readonly outcome: Outcome; readonly retryable: boolean },
): TransportError {
  const cause = toCause(reason, text);
  const isRefused = says(cause, refused);
  const wasNeverSent = isRefused || says(cause, unreached);
  const outcome = facts?.outcome ?? (wasNeverSent ? "none" : "unknown");
  return new TransportError({
    operation,
    outcome: unlessSafe(operation, outcome),
    retryable: facts?.retryable ?? !isRefused,
    cause,
  });
}

/** Whether an error, or one that caused it, has such a code or message, or failed to connect. */
function says(error: unknown, words: RegExp): boolean {
  if (!(error instanceof Error)) return false;
  const { code, syscall, message, cause }: ErrorFacts = error;
  if (words === unreached && syscall === "connect") return true;
  return words.test(String(code)) || words.test(message) || says(cause, words);
}

/** Properties of errors of Node.js. */
interface ErrorFacts extends Error {
  readonly code?: unknown;
  readonly syscall?: unknown;
}

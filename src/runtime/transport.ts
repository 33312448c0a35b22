import { unlessSafe } from "./answer.js";
import { toCause } from "./cause.js";
import { type Outcome, TransportError } from "./errors.js";
import type { OperationSpec } from "./operation.js";
import type { Redactor } from "./redact.js";

/**
 * What platforms say when no connection was made, so that nothing can have reached the server: error codes of Node.js
 * and of Bun, and the kind that Deno names in its message. Where a platform says the same of every failure, as browsers
 * and workerd do, it is not certain. The smoke program of test/runtimes holds each platform to this.
 */
const unreached: RegExp =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused)$|client error \(Connect\)/;

/** What Node.js says when it will have nothing to do with that server: of its certificate, or of its port. */
const refused: RegExp =
  /^(CERT_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+|ERR_TLS_CERT_ALTNAME_INVALID|bad port)$/;

/**
 * The error of a request that the network failed.
 *
 * @param facts - what is known beside the reason; by default another attempt may succeed
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

/** What errors of Node.js say beside their message. */
interface ErrorFacts extends Error {
  readonly code?: unknown;
  readonly syscall?: unknown;
}

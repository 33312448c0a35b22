import type { Connection } from "./connection.js";
import type { CallError } from "./errors.js";
import type { HeaderRecord } from "./headers.js";
import { type CallEvent, notify } from "./hooks.js";
import { InputError } from "./input-error.js";
import type { OperationSpec } from "./operation.js";
import type { FetchResult, RequestParts } from "./raw-client.js";
import { type Redactor, redactor } from "./redact.js";
import { argumentsOf, type UnsentRequest, unsentAsRequest } from "./request-init.js";
import { isDeclared, toApiError, toContractError } from "./response-errors.js";
import { limitResponse, ResponseLimitError } from "./response-limit.js";
import { isIdempotent } from "./retry.js";
import type { Credentials } from "./security.js";
import { toTransportError } from "./transport.js";

/** One attempt of a call, and its progress. */
export interface Attempt {
  readonly connection: Connection;
  readonly operation: OperationSpec;
  readonly event: CallEvent;
  /** Headers of every request of the call. */
  readonly headers: HeaderRecord;
  /** Credentials that the call has used so far, to redact them. */
  readonly credentials: Set<string>;
  /** Bytes that the body of the response may have. */
  readonly maxResponseBytes: number;
  /** When it times out, by the clock of `performance`. */
  readonly deadline: number;
  /** Whether `fetch` has the request, and whether the response was a success. */
  progress: "begun" | "sent" | "applied";
  /** Whether a function of the caller's own threw, which is no error of the call. */
  isForeign: boolean;
}

/**
 * Sends one request and waits for the whole response.
 *
 * @param signal - ends the exchange
 * @param sent - what the operation sends
 * @returns a successful response, not checked yet
 * @throws {CallError} there is no such response.
 */
export async function exchange(
  attempt: Attempt,
  signal: AbortSignal,
  sent: RequestParts,
): Promise<FetchResult> {
  const { connection, operation, event, headers } = attempt;
  const { client, hooks } = connection;
  const credentials = operation.security.length === 0 ? undefined : await ask(attempt);
  for (const secret of credentials?.secrets ?? []) attempt.credentials.add(secret);
  // Created on first use: most calls have nothing to redact.
  let redacting: Redactor | undefined;
  const redact = (): Redactor => {
    redacting ??= redactor(attempt.credentials, operation.errors.secrets);
    return redacting;
  };
  let received: Response | undefined;
  let failed: CallError | undefined;
  const fetch = async (outgoing: UnsentRequest | Request): Promise<Response> => {
    // A credential, middleware or a hook may take so long that the call has ended. Then nothing is sent.
    signal.throwIfAborted();
    notify(hooks, hooks.request, () => {
      const { method, url, headers } = outgoing;
      return { ...event, method, url, headers: redact().headers(headers) };
    });
    signal.throwIfAborted();
    // The thread was busy, and the timer of the timeout will fire next.
    if (performance.now() >= attempt.deadline) await new Promise(() => {});
    const given = argumentsOf(outgoing, credentials);
    const since = hooks.response === undefined ? 0 : performance.now();
    attempt.progress = "sent";
    try {
      const response = asResponse(await connection.fetch(...given));
      received = limitResponse(response, attempt.maxResponseBytes);
    } catch (reason) {
      failed = toTransportError(operation, reason, redact());
      throw failed;
    }
    const { status, headers, type } = received;
    if (isSuccess(operation, received)) attempt.progress = "applied";
    // After the event that ends a call, there is no other.
    if (!signal.aborted) {
      notify(hooks, hooks.response, () => {
        const duration = performance.now() - since;
        return { ...event, status, headers: redact().headers(headers), duration };
      });
    }
    if (status === 0) {
      // How browsers show a redirect that is not followed. Another attempt would meet it again.
      const reason = new TypeError(`a response of type ${type}`);
      failed = toTransportError(operation, reason, redact(), {
        outcome: "unknown",
        retryable: false,
      });
      throw failed;
    }
    return received;
  };
  const Request = connection.hasMiddleware?.() === false ? unsentAsRequest : undefined;
  let result: FetchResult;
  try {
    // The spread comes last: V8 takes a hundred times as long to add properties after one.
    const init = { fetch, Request, redirect: "manual", headers, signal, ...sent } as const;
    result = await client.request(operation.method, operation.path, init);
  } catch (error) {
    if (failed !== undefined) throw failed;
    // Middleware of the raw client failed before anything was sent.
    const unsent = { outcome: "none", retryable: false } as const;
    if (received === undefined) throw toTransportError(operation, error, redact(), unsent);
    // The status code of an error is worth more than its body, which cannot be read.
    if (!received.ok) throw toApiError(operation, received, undefined, redact());
    // Without the cause: its message quotes the body, which may hold a secret. By name: it may be of another realm.
    if (Object(error).name === "SyntaxError") {
      throw toContractError(operation, "JSON", "a string that is not JSON");
    }
    const retryable = isIdempotent(operation) && !(error instanceof ResponseLimitError);
    throw toTransportError(operation, error, redact(), { outcome: "applied", retryable });
  }
  const { response } = result;
  if (isSuccess(operation, response)) return result;
  // The response of the network decides what was applied, not what middleware made of it.
  const isAsReceived = attempt.progress === "begun" || received?.status === response.status;
  const outcome = attempt.progress === "applied" ? "applied" : "unknown";
  throw toApiError(operation, response, result.error, redact(), isAsReceived ? undefined : outcome);
}

/** Whether a response is any 2xx, or has another status code that the contract declares as a success. */
function isSuccess({ success }: OperationSpec, { ok, status }: Response): boolean {
  return ok || isDeclared(success, status);
}

/** Asks for the credentials. The caller gets what its own function throws. */
async function ask(attempt: Attempt): Promise<Credentials | undefined> {
  try {
    return await attempt.connection.authorize(attempt.operation);
  } catch (error) {
    attempt.isForeign = !(error instanceof InputError);
    throw error;
  }
}

/** Checks that a function in the place of `fetch` has returned a response. */
function asResponse(given: Response): Response {
  const { ok, status, headers, text }: Partial<Response> = Object(given);
  const isRead = typeof headers?.get === "function" && Symbol.iterator in headers;
  const isResponse = typeof ok === "boolean" && typeof status === "number";
  if (isResponse && isRead && typeof text === "function") return given;
  throw new TypeError("fetch returned no Response");
}

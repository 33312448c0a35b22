import { isDeclared, toApiError, toContractError } from "./answer.js";
import type { Connection } from "./connection.js";
import type { CallError } from "./errors.js";
import type { HeaderRecord } from "./headers.js";
import { type CallEvent, notify } from "./hooks.js";
import { InputError } from "./input-error.js";
import type { OperationSpec } from "./operation.js";
import type { FetchResult, RequestParts } from "./raw-client.js";
import { type Redactor, redactor } from "./redact.js";
import { argumentsOf, type UnsentRequest, unsentAsRequest } from "./request-init.js";
import { limitResponse, ResponseLimitError } from "./response-limit.js";
import { isIdempotent } from "./retry.js";
import type { Credentials } from "./security.js";
import { toTransportError } from "./transport.js";

/** One attempt of a call: what it is made with, and how far it came. */
export interface Attempt {
  readonly connection: Connection;
  readonly operation: OperationSpec;
  readonly event: CallEvent;
  /** What every request of the call is told. */
  readonly headers: HeaderRecord;
  /** What the call was made with so far: none of them is shown. */
  readonly credentials: Set<string>;
  /** Bytes that the body of the response may have. */
  readonly maxResponseBytes: number;
  /** Until when it may take, by the clock of `performance`. */
  readonly deadline: number;
  /** How far it came: whether the network was given the request, and whether it was answered with a success. */
  progress: "begun" | "sent" | "applied";
  /** Whether it failed by what the caller's own function threw, which is none of the call's errors. */
  isForeign: boolean;
}

/**
 * Sends one request and waits for the whole answer.
 *
 * @param signal - ends the exchange
 * @param sent - what the operation sends
 * @returns an answer of 2xx, not checked yet
 * @throws {CallError} there is no such answer.
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
  // Made when there is something to show: most calls have nothing to take out.
  let redacting: Redactor | undefined;
  const redact = (): Redactor => {
    redacting ??= redactor(attempt.credentials, operation.errors.secrets);
    return redacting;
  };
  let answered: Response | undefined;
  let failed: CallError | undefined;
  const fetch = async (outgoing: UnsentRequest | Request): Promise<Response> => {
    // The call may be over while a credential or middleware is waited for, or by an observer: then nothing is sent.
    signal.throwIfAborted();
    notify(hooks, hooks.request, () => {
      const { method, url, headers } = outgoing;
      return { ...event, method, url, headers: redact().headers(headers) };
    });
    signal.throwIfAborted();
    // The timer is due, and has the word, as soon as whatever kept the thread busy lets it.
    if (performance.now() >= attempt.deadline) await new Promise(() => {});
    const given = argumentsOf(outgoing, credentials);
    const since = hooks.response === undefined ? 0 : performance.now();
    attempt.progress = "sent";
    try {
      const response = asResponse(await connection.fetch(...given));
      answered = limitResponse(response, attempt.maxResponseBytes);
    } catch (reason) {
      failed = toTransportError(operation, reason, redact());
      throw failed;
    }
    const { status, headers, type } = answered;
    if (isSuccess(operation, answered)) attempt.progress = "applied";
    // Who was told that the call is over hears no more of it.
    if (!signal.aborted) {
      notify(hooks, hooks.response, () => {
        const duration = performance.now() - since;
        return { ...event, status, headers: redact().headers(headers), duration };
      });
    }
    if (status === 0) {
      // What browsers answer for a redirect that is not followed: another attempt would find it again.
      const reason = new TypeError(`an answer of type ${type}`);
      failed = toTransportError(operation, reason, redact(), {
        outcome: "unknown",
        retryable: false,
      });
      throw failed;
    }
    return answered;
  };
  const Request = connection.hasMiddleware?.() === false ? unsentAsRequest : undefined;
  let result: FetchResult;
  try {
    // What is spread comes last: V8 takes a hundred times as long to add members to what it has spread.
    const init = { fetch, Request, redirect: "manual", headers, signal, ...sent } as const;
    result = await client.request(operation.method, operation.path, init);
  } catch (error) {
    if (failed !== undefined) throw failed;
    // Middleware of the raw client failed before anything was sent.
    const unsent = { outcome: "none", retryable: false } as const;
    if (answered === undefined) throw toTransportError(operation, error, redact(), unsent);
    // The status of an error answer is worth more than its body, which cannot be read.
    if (!answered.ok) throw toApiError(operation, answered, undefined, redact());
    // Without the cause: its message quotes the text, which may hold a secret. By name, because it may be of another realm.
    if (Object(error).name === "SyntaxError") {
      throw toContractError(operation, "JSON", "a text that is none");
    }
    const retryable = isIdempotent(operation) && !(error instanceof ResponseLimitError);
    throw toTransportError(operation, error, redact(), { outcome: "applied", retryable });
  }
  const { response } = result;
  if (isSuccess(operation, response)) return result;
  // What was applied is told by what came over the network, not by what middleware made of it.
  const isTold = attempt.progress === "begun" || answered?.status === response.status;
  const outcome = attempt.progress === "applied" ? "applied" : "unknown";
  throw toApiError(operation, response, result.error, redact(), isTold ? undefined : outcome);
}

/** A 2xx, whatever it is, or another status that the contract declares as a success. */
function isSuccess({ success }: OperationSpec, { ok, status }: Response): boolean {
  return ok || isDeclared(success, status);
}

/** Asks for the credentials; what the caller's function throws is the caller's own. */
async function ask(attempt: Attempt): Promise<Credentials | undefined> {
  try {
    return await attempt.connection.authorize(attempt.operation);
  } catch (error) {
    attempt.isForeign = !(error instanceof InputError);
    throw error;
  }
}

/** A function in the place of `fetch` may give anything. */
function asResponse(given: Response): Response {
  const { ok, status, headers, text }: Partial<Response> = Object(given);
  const isRead = typeof headers?.get === "function" && Symbol.iterator in headers;
  const isAnswer = typeof ok === "boolean" && typeof status === "number";
  if (isAnswer && isRead && typeof text === "function") return given;
  throw new TypeError("fetch gave no Response");
}

import { toApiError, toContractError } from "./answer.js";
import { type Connection, withBearer } from "./connection.js";
import type { CallError } from "./errors.js";
import type { HeaderRecord } from "./headers.js";
import { type CallEvent, notify } from "./hooks.js";
import type { OperationSpec } from "./operation.js";
import { Outgoing, send } from "./outgoing.js";
import { type Redact, redactHeaders, redactor } from "./redact.js";
import { toTransportError } from "./transport.js";

/** What openapi-fetch is told beside what the operation sends. An alias, because it wants types that an index fits. */
export type CallInit = {
  readonly fetch: (request: Request) => Promise<Response>;
  /** What is made in the place of a Request. */
  readonly Request: typeof globalThis.Request | undefined;
  /** A redirect is an answer, not a way on: the credential stays, and a POST does not become a GET. */
  readonly redirect: "manual";
  /** Ends the request. A Request carries it itself, because wrappers of `fetch` drop what stands beside one. */
  readonly signal: AbortSignal;
  readonly headers: HeaderRecord;
};

/** What openapi-fetch answers: `data` of a 2xx, `error` of anything else. */
export interface FetchResult<Wire> {
  readonly data?: Wire;
  readonly error?: unknown;
  readonly response: Response;
}

/** One attempt of a call: what it is made with, and how far it came. */
export interface Attempt {
  readonly connection: Connection<unknown>;
  readonly operation: OperationSpec;
  readonly event: CallEvent;
  /** What every request of the call is told. */
  readonly headers: HeaderRecord;
  /** Whether the network was given the request. */
  isSent: boolean;
}

/**
 * Sends one request and waits for the whole answer.
 *
 * @param signal - ends the exchange
 * @param sent - what the operation sends
 * @param request - the call of openapi-fetch
 * @returns an answer of 2xx, not checked yet
 * @throws {CallError} there is no such answer.
 */
export async function exchange<Sent extends object, Wire>(
  attempt: Attempt,
  signal: AbortSignal,
  sent: Sent,
  request: (init: CallInit & Sent) => Promise<FetchResult<Wire>>,
): Promise<FetchResult<Wire>> {
  const { connection, operation, event, headers } = attempt;
  const { credential, hooks } = connection;
  let token: string | undefined;
  if (operation.bearer) token = typeof credential === "string" ? credential : await credential();
  // Made when there is something to show: most calls have nothing to take out.
  let redacting: Redact | undefined;
  const redact: Redact = (text) => {
    redacting ??= redactor(token, operation.errors.secrets);
    return redacting(text);
  };
  let answered: Response | undefined;
  let failed: CallError | undefined;
  const fetch = async (outgoing: Outgoing | Request): Promise<Response> => {
    notify(hooks.request, () => {
      const { method, url, headers } = outgoing;
      return { ...event, method, url, headers: redactHeaders(headers, redact) };
    });
    const since = hooks.response === undefined ? 0 : performance.now();
    attempt.isSent = true;
    try {
      if (token !== undefined) withBearer(outgoing, token);
      answered = await send(connection.fetch, outgoing);
    } catch (reason) {
      failed = toTransportError(operation, reason, redact);
      throw failed;
    }
    const { status, headers, type } = answered;
    // Who was told that the call is over hears no more of it.
    if (hooks.response !== undefined && !signal.aborted) {
      notify(hooks.response, () => {
        const duration = performance.now() - since;
        return { ...event, status, headers: redactHeaders(headers, redact), duration };
      });
    }
    if (status === 0) {
      // What browsers answer for a redirect that is not followed: another attempt would find it again.
      const reason = new TypeError(`an answer of type ${type}`);
      failed = toTransportError(operation, reason, redact, {
        outcome: "unknown",
        retryable: false,
      });
      throw failed;
    }
    return answered;
  };
  // The claim that it is a Request reaches openapi-fetch alone, which asks for what it has: see Outgoing.
  const Request =
    connection.hasMiddleware?.() === false
      ? (Outgoing as unknown as typeof globalThis.Request)
      : undefined;
  let result: FetchResult<Wire>;
  try {
    // What is spread comes last: V8 takes a hundred times as long to add members to what it has spread.
    result = await request({ fetch, Request, redirect: "manual", headers, signal, ...sent });
  } catch (error) {
    if (failed !== undefined) throw failed;
    // Middleware of the raw client failed before anything was sent.
    const unsent = { outcome: "none", retryable: false } as const;
    if (answered === undefined) throw toTransportError(operation, error, redact, unsent);
    // The status of an error answer is worth more than its body, which cannot be read.
    if (!answered.ok) throw toApiError(operation, answered, undefined, redact);
    // Without the cause: its message quotes the text, which may hold a secret.
    if (error instanceof SyntaxError) {
      throw toContractError(operation, "JSON", "a text that is none");
    }
    throw toTransportError(operation, error, redact, { outcome: "applied", retryable: true });
  }
  if (result.response.ok) return result;
  throw toApiError(operation, result.response, result.error, redact);
}

import { toApiError, toContractError } from "./answer.js";
import { type Connection, withBearer } from "./connection.js";
import type { CallError } from "./errors.js";
import { type CallEvent, notify } from "./hooks.js";
import type { OperationSpec } from "./operation.js";
import { type Redact, redactHeaders, redactor } from "./redact.js";
import { toTransportError } from "./transport.js";
import { unrepeated } from "./unrepeated.js";

/** What openapi-fetch is told beside what the operation sends. An alias, because it wants types that an index fits. */
export type CallInit = {
  readonly fetch: (request: Request) => Promise<Response>;
  /** A redirect is an answer, not a way on: the credential stays, and a POST does not become a GET. */
  readonly redirect: "manual";
  readonly signal: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
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
  /** Whether the network was given the request. */
  isSent: boolean;
}

/**
 * Sends one request and waits for the whole answer.
 *
 * @param request - the call of openapi-fetch, which gets the way to send
 * @returns an answer of 2xx, not checked yet
 * @throws {CallError} there is no such answer.
 */
export async function exchange<Wire>(
  attempt: Attempt,
  request: (fetch: CallInit["fetch"]) => Promise<FetchResult<Wire>>,
): Promise<FetchResult<Wire>> {
  const { connection, operation, event } = attempt;
  const { credential, hooks } = connection;
  let token: string | undefined;
  if (operation.bearer) token = typeof credential === "string" ? credential : await credential();
  const redact: Redact = (text) => redactor(token, operation.errors.secrets)(text);
  let answered: Response | undefined;
  let failed: CallError | undefined;
  const send = async (outgoing: Request): Promise<Response> => {
    notify(hooks.request, () => {
      const { method, url, headers } = outgoing;
      return { ...event, method, url, headers: redactHeaders(headers, redact) };
    });
    const since = performance.now();
    attempt.isSent = true;
    try {
      const request = token === undefined ? outgoing : withBearer(outgoing, token);
      answered = await connection.fetch(unrepeated(request));
    } catch (reason) {
      failed = toTransportError(operation, reason, redact);
      throw failed;
    }
    const { status, headers, type } = answered;
    notify(hooks.response, () => {
      const duration = performance.now() - since;
      return { ...event, status, headers: redactHeaders(headers, redact), duration };
    });
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
  const result = await request(send).catch((error: unknown): FetchResult<Wire> => {
    if (failed !== undefined) throw failed;
    // Middleware of the raw client failed before anything was sent.
    const unsent = { outcome: "none", retryable: false } as const;
    if (answered === undefined) throw toTransportError(operation, error, redact, unsent);
    // The status of an error answer is worth more than its body, which cannot be read.
    if (!answered.ok) return { response: answered };
    // Without the cause: its message quotes the text, which may hold a secret.
    if (error instanceof SyntaxError) {
      throw toContractError(operation, "JSON", "a text that is none");
    }
    throw toTransportError(operation, error, redact, { outcome: "applied", retryable: true });
  });
  if (result.response.ok) return result;
  throw toApiError(operation, result.response, result.error, redact);
}

/**
 * What a failed call may have done to the server's state: `"none"` nothing was applied, `"applied"` the server
 * said that it succeeded, `"unknown"` it may or may not have been applied.
 */
export type Outcome = "none" | "applied" | "unknown";

/** Marks our errors across two copies of the package, where `instanceof` fails. */
const brand: symbol = Symbol.for("s2-token-contract.error");

/** What every failed call has in common. Wrong input is not one of these: it is a `TypeError` before any request. */
export abstract class CallError extends Error {
  abstract override readonly name: string;
  /** The contract's `operationId` of the call. */
  readonly operation: string;
  /** What the call may have done to the server's state, all its attempts taken together. */
  readonly outcome: Outcome;
  /** Whether the same call may succeed later without a change. */
  readonly retryable: boolean;
  /** Error code of the answer; `undefined` where there is no answer, or none that says one. */
  declare readonly code: string | undefined;

  protected constructor(message: string, init: CallErrorInit) {
    super(message, init.cause === undefined ? undefined : { cause: init.cause });
    Object.defineProperty(this, brand, { value: true });
    this.operation = init.operation;
    this.outcome = init.outcome;
    this.retryable = init.retryable;
  }
}

interface CallErrorInit {
  readonly operation: string;
  readonly outcome: Outcome;
  readonly retryable: boolean;
  readonly cause?: unknown;
}

/** What the runtime hands to the constructor of an error class. */
export interface ApiErrorInit {
  /** The contract's `operationId`. */
  readonly operation: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  readonly code: string | undefined;
  readonly detail: string;
  readonly retryable: boolean;
  readonly outcome: Outcome;
}

/** The server answered with a status that is not 2xx. Statuses of the contract have a subclass each. */
export class ApiError<Body = unknown> extends CallError {
  override readonly name: string = "ApiError";
  /** HTTP status. */
  readonly status: number;
  /** Error code of the body; codes that the contract does not know pass as they are; `undefined` without one. */
  override readonly code: string | undefined;
  /** The body as the contract describes it; its text where it is something else (a proxy's HTML); `undefined` if empty. */
  readonly body: Body | string | undefined;
  /** The answer's headers. */
  readonly headers: Headers;
  /** The server's name for the request: the header `x-request-id`; `undefined` without it. */
  readonly requestId: string | undefined;

  constructor(init: ApiErrorInit) {
    const { operation, status, code, detail, headers } = init;
    super(`${operation}: ${status}${code === undefined ? "" : ` ${code}`}: ${detail}`, init);
    this.status = status;
    this.code = code;
    // The runtime made `body` with the decoder of this class, or left it a text; the type parameter says which.
    this.body = init.body as Body | string | undefined;
    this.headers = headers;
    this.requestId = headers.get("x-request-id") ?? undefined;
  }
}

/** No answer arrived, or its body broke off: connection refused, reset, name not found. The `cause` says which. */
export class TransportError extends CallError {
  override readonly name = "TransportError";
  declare readonly code: undefined;

  constructor(init: CallErrorInit) {
    super(`${init.operation}: no answer: ${reasonsOf(init.cause).join(": ")}`, init);
  }
}

/** A limit of time was reached: of one attempt, after the last one, or of the whole call. */
export class TimeoutError extends CallError {
  override readonly name = "TimeoutError";
  declare readonly code: undefined;
  /** Which limit it was. */
  readonly which: "attempt" | "total";
  /** The limit, in milliseconds. */
  readonly limit: number;

  constructor(init: {
    readonly operation: string;
    readonly outcome: Outcome;
    readonly retryable: boolean;
    readonly which: "attempt" | "total";
    readonly limit: number;
  }) {
    const { operation, which, limit } = init;
    const what = which === "total" ? "the call" : "the attempt";
    super(`${operation}: ${what} took longer than its ${limit} ms`, init);
    this.which = which;
    this.limit = limit;
  }
}

/** A 2xx answer that breaks the contract: the server and this client disagree on what was agreed. */
export class ContractError extends CallError {
  override readonly name = "ContractError";
  declare readonly code: undefined;
  /** JSON pointer into the answer's body; `""` is the whole body. */
  readonly pointer: string;
  /** What the contract wants at `pointer`. */
  readonly expected: string;

  constructor(init: {
    readonly operation: string;
    readonly pointer: string;
    readonly expected: string;
    readonly found: string;
    readonly outcome: Outcome;
    readonly cause?: unknown;
  }) {
    const { operation, pointer, expected, found } = init;
    const where = pointer === "" ? "the answer" : `the answer at ${pointer}`;
    super(`${operation}: ${where} breaks the contract: expected ${expected}, found ${found}`, {
      ...init,
      retryable: false,
    });
    this.pointer = pointer;
    this.expected = expected;
  }
}

/** Whether a value is one of our errors, also when it comes from another copy of the package. */
export function isCallError(value: unknown): value is CallError {
  return value instanceof Error && brand in value;
}

/** Whether the server answered with an error status, also when the error comes from another copy of the package. */
export function isApiError(value: unknown): value is ApiError {
  return isCallError(value) && "status" in value;
}

/** What an error says and what its causes say: `fetch failed` alone tells nobody what to mend. */
function reasonsOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)];
  const code: unknown = Reflect.get(error, "code");
  const own = error.message || (typeof code === "string" ? code : error.name);
  const causes = error.cause === undefined ? [] : reasonsOf(error.cause);
  return [own, ...causes.filter((cause) => cause !== own)];
}

/** Marks the errors of this package, so that another copy of it, with other classes, recognizes them. */
const brand: symbol = /* @__PURE__ */ Symbol.for("s2-token-contract.error");

/**
 * What a failed call may have done to the server's state: `"none"` nothing was applied, `"applied"` the server
 * said that it succeeded, `"unknown"` it may or may not have been applied.
 */
export type Outcome = "none" | "applied" | "unknown";

/** The call that an error belongs to. */
export interface CalledOperation {
  /** The contract's `operationId`. */
  readonly id: string;
  /** The method as it was called, such as `things.get`. */
  readonly name: string;
}

interface CallErrorInit {
  readonly operation: CalledOperation;
  readonly outcome: Outcome;
  readonly retryable: boolean;
  readonly cause?: unknown;
}

/** The error of a failed call. Invalid input is a `TypeError` instead, before any request. */
export abstract class CallError extends Error {
  abstract override readonly name: string;
  /** The contract's `operationId` of the call. The message begins with the method as it was called. */
  readonly operation: string;
  /** What the call may have done to the server's state, with all its attempts. */
  readonly outcome: Outcome;
  /** Whether the same call may succeed later without a change. */
  readonly retryable: boolean;
  /** Error code of the response. `undefined` if there is no response, or none with a code. */
  declare readonly code: string | undefined;

  protected constructor(message: string, init: CallErrorInit) {
    const { operation, outcome, retryable, cause } = init;
    super(`${operation.name}: ${message}`, cause === undefined ? undefined : { cause });
    Object.defineProperty(this, brand, { value: true });
    this.operation = operation.id;
    this.outcome = outcome;
    this.retryable = retryable;
  }

  /** What `JSON.stringify` writes: what a log needs, without headers, body and cause. */
  toJSON(): object {
    const { name, message, status, code, outcome, requestId }: Partial<ApiError> = this;
    return { name, message, status, code, outcome, requestId };
  }
}

/** What the runtime passes to the constructors of error classes. */
export interface ApiErrorInit extends CallErrorInit {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  readonly code: string | undefined;
  /** The message of the response. */
  readonly detail: string;
}

/** The server responded with a status code that is not 2xx. Each status code of the contract has a subclass. */
export class ApiError<Body = unknown> extends CallError {
  override readonly name: string = "ApiError";
  /** HTTP status code. */
  readonly status: number;
  /** Error code of the body, also one that the contract does not list. `undefined` if there is none. */
  override readonly code: string | undefined;
  /** The body as the contract describes it. A string if it is something else (a proxy's HTML), `undefined` if empty. */
  readonly body: Body | string | undefined;
  /** Headers of the response. */
  readonly headers: Headers;
  /** The server's name for the request: the header `x-request-id`. `undefined` without it. */
  readonly requestId: string | undefined;

  constructor(init: ApiErrorInit) {
    const { status, code, detail, headers } = init;
    super(`${status}${code === undefined ? "" : ` ${code}`}: ${detail}`, init);
    this.status = status;
    this.code = code;
    // The runtime made `body` with the decoder of this class, or left it a string. The type parameter says which.
    this.body = init.body as Body | string | undefined;
    this.headers = headers;
    this.requestId = headers.get("x-request-id") ?? undefined;
  }
}

/** No response arrived, or its body broke off: connection refused, reset, name not found. The `cause` says which. */
export class TransportError extends CallError {
  override readonly name = "TransportError";
  declare readonly code: undefined;

  constructor(init: CallErrorInit) {
    super(`no response: ${reasonsOf(init.cause).join(": ")}`, init);
  }
}

/** A timeout ended the call: that of its last attempt, or that of the whole call. */
export class TimeoutError extends CallError {
  override readonly name = "TimeoutError";
  declare readonly code: undefined;
  /** Which timeout it was. */
  readonly which: "attempt" | "total";
  /** The timeout, in milliseconds. */
  readonly limit: number;

  constructor(init: CallErrorInit & Pick<TimeoutError, "which" | "limit">) {
    const { which, limit } = init;
    super(`the ${which === "total" ? "call" : which} took longer than its ${limit} ms`, init);
    this.which = which;
    this.limit = limit;
  }
}

/** A 2xx response that violates the contract: the server and this client read it differently. */
export class ContractError extends CallError {
  override readonly name = "ContractError";
  declare readonly code: undefined;
  /** JSON pointer into the body of the response. `""` is the whole body. */
  readonly pointer: string;
  /** What the contract wants at `pointer`. */
  readonly expected: string;

  constructor(
    init: Omit<CallErrorInit, "retryable"> &
      Pick<ContractError, "pointer" | "expected"> & { readonly found: string },
  ) {
    const { pointer, expected, found } = init;
    const where = pointer === "" ? "" : ` at ${pointer}`;
    super(`the response${where} violates the contract: expected ${expected}, found ${found}`, {
      ...init,
      retryable: false,
    });
    this.pointer = pointer;
    this.expected = expected;
  }
}

/** Whether a value is an error of a failed call. Also true if it comes from another copy of the package. */
export function isCallError(value: unknown): value is CallError {
  return brand in Object(value);
}

/** Whether the server responded with an error status code. Also true if the error comes from another copy of the package. */
export function isApiError(value: unknown): value is ApiError {
  return isCallError(value) && "status" in value;
}

/** The message of an error and those of its causes: `fetch failed` alone does not say what is wrong. */
function reasonsOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)];
  const code: unknown = Reflect.get(error, "code");
  const own = error.message || (typeof code === "string" ? code : error.name);
  const causes = error.cause === undefined ? [] : reasonsOf(error.cause);
  return [own, ...causes.filter((cause) => cause !== own)];
}

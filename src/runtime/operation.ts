import type { ApiError } from "./errors.js";
import type { PolicyOptions } from "./policy.js";

/**
 * What the runtime must know of one operation. The generator writes one constant of this type per operation;
 * nothing else tells the runtime which API it speaks.
 */
export interface OperationSpec {
  /** The contract's `operationId`: errors name it. */
  readonly id: string;
  /** HTTP method in capitals. */
  readonly method: "DELETE" | "GET" | "HEAD" | "OPTIONS" | "PATCH" | "POST" | "PUT" | "TRACE";
  /** Path template of the contract, such as `/things/{id}`. */
  readonly path: string;
  /** Declared 2xx statuses. */
  readonly success: readonly number[];
  /** Whether the bearer credential is sent with this operation. */
  readonly bearer: boolean;
  /** Error types of every status that the contract declares anywhere. */
  readonly errors: ErrorTable;
  /** Bodies of error answers that differ, for this operation, from the ones in {@link errors}. */
  readonly errorBodies?: { readonly [status: number]: DecodeErrorBody };
}

/** Error types by status, and what the contract says of each error code. */
export interface ErrorTable {
  readonly byStatus: { readonly [status: number]: ErrorType };
  /** Decodes the body of an error answer whose status the contract does not declare. */
  readonly fallback: DecodeErrorBody | undefined;
  readonly codes: { readonly [code: string]: ErrorCodeFacts };
  /** Names of the members that hold secrets, as they are on the wire: no error shows their values. */
  readonly secrets: readonly string[];
}

/** The class of one status and how its body is read. */
export interface ErrorType {
  readonly type: new (init: ApiErrorInit) => ApiError;
  readonly decode: DecodeErrorBody | undefined;
}

/** Reads the JSON of an error answer; throws a `ValidationError` where it is not what the contract says. */
export type DecodeErrorBody = (wire: never) => ErrorBody;

/** An error body, and what it says in the two fields that every reader wants. */
export interface ErrorBody {
  readonly body: unknown;
  readonly code?: string;
  readonly message?: string;
}

/** What the contract says of one error code. */
export interface ErrorCodeFacts {
  /** The HTTP status that carries the code. */
  readonly status: number;
  /** Whether the same call may succeed later without a change. */
  readonly retryable: boolean;
  /** Whether the server guarantees that nothing was applied. */
  readonly noSideEffects: boolean;
}

/**
 * What a failed call may have done to the server's state: `"none"` nothing was applied, `"applied"` the server
 * said that it succeeded, `"unknown"` it may or may not have been applied.
 */
export type Outcome = "none" | "applied" | "unknown";

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

/** What every call takes beside its input. What it says of retries and timeouts wins over what the client was made with. */
export interface CallOptions extends PolicyOptions {
  /** Aborts the call; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Headers to add to this call. They win over the client's default headers, never over `Authorization`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

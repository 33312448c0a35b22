import type { ApiError, ApiErrorInit } from "./errors.js";

/** Error types by status, and what the contract says of each error code. */
export interface ErrorTable {
  readonly byStatus: { readonly [status: number]: ErrorType };
  /** Decodes the body of an error response whose status code the contract does not declare. */
  readonly fallback: DecodeErrorBody | undefined;
  readonly codes: { readonly [code: string]: ErrorCodeFacts };
  /** Names of the fields that hold secrets, as they are on the wire: no error shows their values. */
  readonly secrets: readonly string[];
}

/** The error class of one status code, and the decoder of its body. */
export interface ErrorType {
  readonly type: new (init: ApiErrorInit) => ApiError;
  readonly decode: DecodeErrorBody | undefined;
}

/** Reads the JSON of an error response; throws a `ValidationError` if it violates the contract. */
export type DecodeErrorBody = (wire: unknown) => ErrorBody;

/** An error body, with its code and message if it has them. */
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

import type { DecodeErrorBody, ErrorTable } from "./error-table.js";
import type { PolicyOptions } from "./policy.js";
import type { SecurityRequirements } from "./security.js";

/**
 * What the runtime must know of one operation. The generator writes a constant of this type for each operation. The
 * runtime knows nothing else of the API.
 */
export interface OperationSpec {
  /** The contract's `operationId`. */
  readonly id: string;
  /** The method as callers write it, such as `things.get`. Messages of errors begin with it. */
  readonly name: string;
  /** HTTP method in capitals. */
  readonly method:
    | "DELETE"
    | "GET"
    | "HEAD"
    | "OPTIONS"
    | "PATCH"
    | "POST"
    | "PUT"
    | "QUERY"
    | "TRACE";
  /** Path template of the contract, such as `/things/{id}`. */
  readonly path: string;
  /** Declared status codes of success: 2xx, redirects that the contract declares, and ranges such as `"2XX"`. */
  readonly success: readonly (number | string)[];
  /** The credentials that this operation requires. */
  readonly security: SecurityRequirements;
  /** Error classes of all status codes that the contract declares. */
  readonly errors: ErrorTable;
  /**
   * Bodies of error responses of this operation that differ from those in {@link errors}: by status code, by range such
   * as `4XX`, or by `default`.
   */
  readonly errorBodies?: { readonly [status: number | string]: DecodeErrorBody };
  /** Reads the headers that the contract declares of a success. */
  readonly headers?: (headers: Headers) => object;
  /** Options that this operation adds to those of every call, and their values. */
  readonly choices?: { readonly [option: string]: readonly string[] };
}

/** Options of one call. They override the client's, one by one. */
export interface CallOptions extends PolicyOptions {
  /** Aborts the call; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Headers of this call. They override the client's. `Authorization` and `Content-Type` cannot be set. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

import type { DecodeErrorBody, ErrorTable } from "./error-table.js";
import type { PolicyOptions } from "./policy.js";
import type { SecurityRequirements } from "./security.js";

/**
 * What the runtime must know of one operation. The generator writes one constant of this type per operation;
 * nothing else tells the runtime which API it speaks.
 */
export interface OperationSpec {
  /** The contract's `operationId`. */
  readonly id: string;
  /** The method as callers write it, such as `things.get`. Messages of errors begin with it. */
  readonly name: string;
  /** HTTP method in capitals. */
  readonly method: "DELETE" | "GET" | "HEAD" | "OPTIONS" | "PATCH" | "POST" | "PUT" | "TRACE";
  /** Path template of the contract, such as `/things/{id}`. */
  readonly path: string;
  /** Declared statuses of success: 2xx, redirects that the contract declares, and ranges such as `"2XX"`. */
  readonly success: readonly (number | string)[];
  /** The credentials that this operation asks for. */
  readonly security: SecurityRequirements;
  /** Error types of every status that the contract declares anywhere. */
  readonly errors: ErrorTable;
  /**
   * Bodies of error answers that differ, for this operation, from the ones in {@link errors}: by status, by range such
   * as `4XX`, or by `default`.
   */
  readonly errorBodies?: { readonly [status: number | string]: DecodeErrorBody };
  /** Options that this operation adds to those of every call, and their values. */
  readonly choices?: { readonly [option: string]: readonly string[] };
}

/** What every call takes beside its input. What it says of retries and timeouts wins over what the client was made with. */
export interface CallOptions extends PolicyOptions {
  /** Aborts the call; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Headers to add to this call. They win over the client's default headers, never over `Authorization`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

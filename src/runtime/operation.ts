import type { DecodeErrorBody, ErrorTable } from "./error-table.js";
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

/** What every call takes beside its input. What it says of retries and timeouts wins over what the client was made with. */
export interface CallOptions extends PolicyOptions {
  /** Aborts the call; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Headers to add to this call. They win over the client's default headers, never over `Authorization`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

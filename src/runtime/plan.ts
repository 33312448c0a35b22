import type { Connection } from "./connection.js";
import type { ApiError } from "./errors.js";
import type { CallOptions, OperationSpec } from "./operation.js";
import type { FetchResult, RequestParts } from "./raw-client.js";

/** One call of an operation: what it sends, and how its response is read. */
export interface Plan<Value> {
  readonly connection: Connection;
  readonly operation: OperationSpec;
  readonly options: CallOptions;
  /** Encodes the input for openapi-fetch; throws a `ValidationError`. */
  readonly encode: () => RequestParts;
  /** Its stack is that of every error. Default: the stack of this call, see `caller.ts`. */
  readonly caller?: Error | undefined;
  /** Checks a 2xx response; throws a `ValidationError`. */
  readonly read: (result: FetchResult) => Value | Promise<Value>;
  /** Returns a value for an error that means success after an attempt that may have been applied. */
  readonly recover?: (error: ApiError) => { readonly value: Value } | undefined;
}

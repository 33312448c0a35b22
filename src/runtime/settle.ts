import {
  type ApiError,
  type CallError,
  type ContractError,
  isCallError,
  type TimeoutError,
  type TransportError,
} from "./errors.js";

declare const failure: unique symbol;
declare const declaredHeaders: unique symbol;

/**
 * The promise of a call. Its type also says what it can reject with, for {@link settle}, and which headers the contract
 * declares of its response, for `withResponse`.
 */
export interface Call<Value, Failure, DeclaredHeaders = unknown> extends Promise<Value> {
  /** Only a type: the property does not exist. */
  readonly [failure]?: Failure;
  /** Never there either. */
  readonly [declaredHeaders]?: DeclaredHeaders;
}

/**
 * An error code that the contract does not list for the operation: any other string. It has a type of its own, so that
 * a `switch` that misses a listed code does not compile. To compare it with a literal, make it a `string` first.
 */
// An enum is the only kind of string type that the compiler keeps apart from all literals, without which a `switch`
// could not tell them from other strings. It exists in types alone, and the entry exports it as a type.
// It is exported itself, not an alias of its member: declarations of users' own must be able to name it.
export declare enum UnlistedCode {
  Any = "a code that the contract does not list",
}

/** An error response whose code the contract does not list for the operation, or that has none. */
export type UnlistedError = ApiError & { readonly code: UnlistedCode | undefined };

/** The failures that every call can have, besides the error codes of its operation. */
export type CallFailure = UnlistedError | TransportError | TimeoutError | ContractError;

/** How a call ended: with a value or with an error of its operation. */
export type Settled<Value, Failure> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: Failure };

/**
 * Waits for a call and returns its failure as a value, typed by the operation: a `switch` over `error.code` can be
 * exhaustive.
 *
 * @throws {TypeError} if the input is wrong.
 * @throws the reason of an abort.
 * @example
 * ```ts
 * import { type Call, type CallFailure, settle } from "s2-token-contract";
 *
 * async function valueOr<Value>(call: Call<Value, CallFailure>, fallback: Value): Promise<Value> {
 *   const result = await settle(call);
 *   return result.ok ? result.value : fallback;
 * }
 * ```
 */
export async function settle<Value, Failure extends CallError>(
  call: Call<Value, Failure>,
): Promise<Settled<Value, Failure>> {
  try {
    return { ok: true, value: await call };
  } catch (error) {
    // A cast: the runtime makes errors by the same contract as the type.
    if (isCallError(error)) return { ok: false, error: error as Failure };
    throw error;
  }
}

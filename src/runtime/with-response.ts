import { responses } from "./attempts.js";
import type { Call } from "./settle.js";

/** The value of a call, with the status code and the headers of the response. */
export interface WithResponse<Value, DeclaredHeaders = unknown> {
  readonly value: Value;
  /** Status code of the response, which tells several successes apart. */
  readonly status: number;
  /** All headers, as text. */
  readonly headers: Headers;
  /**
   * The headers that the contract declares, as values. One is `undefined` where the response does not have it, or has
   * something else there than the contract says. Browsers hide headers of other origins, apart from a few.
   */
  readonly declaredHeaders: DeclaredHeaders;
}

/**
 * Waits for a call and returns its value with the status code and headers of the response.
 *
 * @param call - the promise of a call, as a method of a resource returned it
 * @throws what the call rejects with; {TypeError} the promise is not that of a call.
 */
export async function withResponse<Value, DeclaredHeaders = unknown>(
  call: Call<Value, unknown, DeclaredHeaders>,
): Promise<WithResponse<Value, DeclaredHeaders>> {
  const end = responses.get(call);
  const value = await call;
  if (end?.response === undefined) {
    throw new TypeError("withResponse: expected the promise of a call, as a method returned it");
  }
  const { status, headers } = end.response;
  // What the type of the call says is what its operation reads: both were generated from one contract.
  const declaredHeaders = (end.operation.headers?.(headers) ?? {}) as DeclaredHeaders;
  return { value, status, headers, declaredHeaders };
}

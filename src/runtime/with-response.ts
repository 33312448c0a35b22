import { responses } from "./attempts.js";

/** The value of a call, with the status code and the headers of the response. */
export interface WithResponse<Value> {
  readonly value: Value;
  /** Status code of the response: it says which of several successes it is. */
  readonly status: number;
  readonly headers: Headers;
}

/**
 * Waits for a call and gives its value with the status and the headers of the response.
 *
 * @param call - the promise of a call, as a method of a resource returned it
 * @throws what the call rejects with; {TypeError} the promise is not that of a call.
 */
export async function withResponse<Value>(call: Promise<Value>): Promise<WithResponse<Value>> {
  const end = responses.get(call);
  const value = await call;
  if (end?.response === undefined) {
    throw new TypeError("withResponse: expected the promise of a call, as a method returned it");
  }
  const { status, headers } = end.response;
  return { value, status, headers };
}

import type { Fetch } from "../../src/index.js";
import { fetchOf } from "../fetch-of.js";

/** One request as it left the client. */
export interface Sent {
  readonly method: string;
  readonly url: URL;
  /** The text of the body; empty without one. */
  readonly body: string;
}

/** A way to send, and what was sent on it so far. */
export interface CheckedFetch {
  readonly fetch: Fetch;
  readonly sent: readonly Sent[];
}

/**
 * Sends to the mock and throws, in its own words, when the request or the answer breaks the document, or when the mock
 * answers for itself and not as the document says. The client passes the words on in its TransportError.
 *
 * @param corrupt - changes the request on its way, to see that a broken one is noticed
 */
export function checkedFetch(corrupt: (request: Request) => Request = (it) => it): CheckedFetch {
  const sent: Sent[] = [];
  return {
    sent,
    fetch: fetchOf(async (original) => {
      const request = corrupt(original);
      const url = new URL(request.url);
      sent.push({ method: request.method, url, body: await request.clone().text() });
      const again = request.clone();
      const response = await fetch(request);
      if ((await violations(response)) === undefined) return response;
      // Asked for an example that there is not, the mock says no more than that.
      again.headers.delete("prefer");
      const words = (await violations(await fetch(again))) ?? (await violations(response));
      throw new Error(`The mock refuses ${request.method} ${url.pathname}${url.search}: ${words}`);
    }),
  };
}

/** What the mock says against a request or its own answer; `undefined` where it says nothing. */
export async function violations(response: Response): Promise<string | undefined> {
  const header = response.headers.get("sl-violations");
  if (header !== null) return header;
  if (response.ok) return undefined;
  const text = await response.clone().text();
  // A code of the mock's own is one that the contract does not have.
  return text.includes('"code":"mock_') ? text : undefined;
}

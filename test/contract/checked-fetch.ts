import type { Fetch } from "../../src/index.js";

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
 * Sends to Prism and throws, in Prism's own words, when the request or the answer breaks the document, or when Prism
 * answers for itself and not as the document says. The client passes the words on in its TransportError.
 *
 * @param corrupt - changes the request on its way, to see that a broken one is noticed
 */
export function checkedFetch(corrupt: (request: Request) => Request = (it) => it): CheckedFetch {
  const sent: Sent[] = [];
  return {
    sent,
    fetch: async (original) => {
      const request = corrupt(original);
      const url = new URL(request.url);
      sent.push({ method: request.method, url, body: await request.clone().text() });
      const again = request.clone();
      const response = await fetch(request);
      if ((await violations(response)) === undefined) return response;
      // Asked for an example that its refusal lacks, Prism says only that there is no such example.
      again.headers.delete("prefer");
      const words = (await violations(await fetch(again))) ?? (await violations(response));
      throw new Error(`Prism refuses ${request.method} ${url.pathname}${url.search}: ${words}`);
    },
  };
}

/** What Prism says against a request or its own answer; `undefined` where it says nothing. */
export async function violations(response: Response): Promise<string | undefined> {
  const header = response.headers.get("sl-violations");
  if (header !== null) return header;
  const type = response.headers.get("content-type") ?? "";
  // Prism speaks for itself in problem+json, which the contract does not use.
  return type.includes("problem+json") ? response.clone().text() : undefined;
}

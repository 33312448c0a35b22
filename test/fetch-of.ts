import type { Fetch } from "../src/index.js";

/** How a test answers a request, whichever way it was given to `fetch`. */
export type Answer = (request: Request) => Response | Promise<Response>;

/** A way to send that gives each request to a function, as the platform's `fetch` would see it. */
export function fetchOf(answer: Answer): Fetch {
  return async (input, init) => answer(new Request(input, init));
}

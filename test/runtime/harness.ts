/** What the runtime's tests share: a client over a function, a client over a real socket, and the error of a promise. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { S2, type S2Options } from "../../src/index.js";
import { fetchOf } from "../fetch-of.js";

/** The bearer of every client here: a text that no message, JSON or dump may contain. */
export const canary = "s2-canary-7f3a9c51e0";

/** Where clients over a function believe the API to be; nothing listens there. */
export const origin = "https://s2.invalid";

/** A page with nothing on it. */
export const emptyPage = { access_tokens: [], has_more: false } as const;

const neither = { read: false, write: false };

/** A scope as the service lists it, with every key present. */
export const listedScope: Readonly<Record<string, unknown>> = {
  access_tokens: null,
  basins: { prefix: "" },
  streams: null,
  op_groups: { account: neither, basin: neither, stream: neither },
  ops: ["read"],
};

/** A token as the service lists it, with every key present. */
export function listed(id: string): Record<string, unknown> {
  return { id, auto_prefix_streams: false, expires_at: null, scope: listedScope };
}

/** A JSON answer. */
export function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", ...headers },
  });
}

/** An answer whose body is the text as it stands. */
export function text(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(body, { status, headers });
}

/** One request as a `fetch` function saw it. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

/** A client whose requests a function answers, and what it was asked, in order. */
export interface Rig {
  readonly client: S2;
  readonly seen: readonly Seen[];
}

/** More requests than any test makes: a walk that does not end would never give the timeout of a test its turn. */
const mostRequests = 500;

/**
 * Makes a client over a function.
 *
 * @param answer - answers the request with this number, counted from 0
 * @param options - further options of the client
 */
export function rig(
  answer: (request: Request, number: number) => Response | Promise<Response>,
  options: S2Options = {},
): Rig {
  const seen: Seen[] = [];
  const fetch = fetchOf(async (request) => {
    const number = seen.length;
    if (number >= mostRequests) throw new Error(`more than ${mostRequests} requests`);
    const { method, url, headers } = request;
    // Read from a clone, so that the body stays for the function; kept before the function has its say.
    seen.push({ method, url, headers, body: await request.clone().text() });
    return answer(request, number);
  });
  return {
    client: new S2({ accessToken: canary, endpoint: origin, retry: false, fetch, ...options }),
    seen,
  };
}

/** The error that a promise rejects with. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("expected a rejection, but the promise was fulfilled");
}

/** The error that a function throws. */
export function thrown(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("expected an exception, but the function returned");
}

/**
 * Passes a value to a function whose type refuses it: what a caller without type checks can do.
 *
 * The cast is the point: it is the only way to reach the checks that guard JavaScript callers.
 */
export function untyped<T>(value: unknown): T {
  return value as T;
}

/** Freezes a value and everything inside it, so that writing to it throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !(value instanceof AbortSignal)) {
    for (const inner of Object.values(value)) deepFreeze(inner);
    Object.freeze(value);
  }
  return value;
}

/** A server on a free port of the loopback interface. */
export interface Loopback {
  readonly origin: string;
  readonly client: S2;
  readonly close: () => Promise<void>;
}

/** Starts a server that answers with a function, and a client that talks to it over HTTP. */
export async function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Loopback> {
  const server = createServer(handle);
  const url = `http://127.0.0.1:${await bind(server)}`;
  return {
    origin: url,
    client: new S2({ accessToken: canary, endpoint: url, retry: false }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A port of the loopback interface on which nothing listens. */
export async function deadPort(): Promise<number> {
  const server = createServer();
  const port = await bind(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function bind(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (typeof address === "object" && address !== null) resolve(address.port);
      else reject(new Error("the server has no port"));
    });
  });
}

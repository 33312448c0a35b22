import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { startPrism } from "../../src/mock/stock/prism.js";

/** Where the smoke program finds what it calls; all on this machine. */
export interface Addresses {
  /** Origin of the mock of the contract. */
  readonly mock: string;
  /** Origin of a server that does what a mock of the contract does not: see {@link startServers}. */
  readonly awkward: string;
  /** Origin at which nothing listens. */
  readonly nobody: string;
}

/** Servers that run. */
export interface Servers {
  readonly addresses: Addresses;
  readonly stop: () => Promise<void>;
}

/**
 * Starts the mock, which is one and the same for all platforms, and a server whose first segment of the path says how
 * it behaves: `silent` never answers, `hangup` closes the connection instead, `cut` answers a GET with an empty page and
 * closes the kept connection on anything else, `redirect` sends the caller to `elsewhere`, and `seen` tells which
 * requests arrived.
 */
export async function startServers(): Promise<Servers> {
  const mock = await startPrism();
  const awkward = await listen(behave);
  const nobody = await listen(() => {});
  await nobody.close();
  return {
    addresses: { mock: mock.url, awkward: awkward.origin, nobody: nobody.origin },
    stop: async () => {
      await Promise.all([mock.stop(), awkward.close()]);
    },
  };
}

/** A server on a free port. */
export interface Listening {
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/** Starts a server on a free port of the loopback interface. */
export function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Listening> {
  // Longer than a check takes: a kept connection is closed by what a request says, not by the clock.
  const server = createServer({ keepAliveTimeout: 300_000 }, handle);
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (typeof address === "object" && address !== null) {
        resolve({ origin: `http://127.0.0.1:${address.port}`, close });
      } else reject(new Error("the server has no port"));
    });
  });
}

/** Requests in the order in which they arrived. */
const seen: { readonly method: string; readonly path: string; readonly userAgent: string }[] = [];

function behave(request: IncomingMessage, response: ServerResponse): void {
  const { method = "", url = "", headers } = request;
  // A page in a browser is of another origin, and its browser asks before it sends the token.
  response.setHeader("access-control-allow-origin", "*");
  response.setHeader("access-control-allow-methods", "*");
  response.setHeader("access-control-allow-headers", "authorization, *");
  const behaviour = url.split("/")[1];
  if (method === "OPTIONS") {
    response.end();
    return;
  }
  if (behaviour === "seen") {
    response.end(JSON.stringify(seen.splice(0)));
    return;
  }
  seen.push({ method, path: url, userAgent: headers["user-agent"] ?? "" });
  request.resume().once("end", () => answer(behaviour, request, response));
}

function answer(
  behaviour: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (behaviour === "silent") return;
  if (behaviour === "hangup" || (behaviour === "cut" && request.method !== "GET")) {
    request.socket.destroy();
  } else if (behaviour === "cut") {
    response.setHeader("content-type", "application/json");
    response.end('{"access_tokens":[],"has_more":false}');
  } else if (behaviour === "redirect") {
    response.writeHead(307, { location: "/elsewhere" }).end();
  } else response.writeHead(404).end();
}

import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it came over the network. */
export interface Seen {
  readonly method: string;
  /** Path and query, exactly as they were sent. */
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** A server on a free port of this machine. */
export interface RealServer {
  readonly baseUrl: string;
  /** The requests so far. */
  readonly seen: Seen[];
  /** What the last request was. */
  readonly last: () => Seen;
  /** How requests are answered from now on. */
  answer: (response: ServerResponse, request: Seen) => void;
  readonly close: () => Promise<void>;
}

/** Starts a server that answers 204 until it is told otherwise. */
export async function startServer(): Promise<RealServer> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const { method = "", url = "", headers } = request;
    const one = { method, url, headers, body: Buffer.concat(chunks) };
    seen.push(one);
    real.answer(response, one);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A TCP server has an address with a port.
  const { port } = server.address() as AddressInfo;
  const real: RealServer = {
    baseUrl: `http://127.0.0.1:${port}`,
    seen,
    last: () => {
      const last = seen.at(-1);
      if (last === undefined) throw new Error("no request came");
      return last;
    },
    answer: (response) => void response.writeHead(204).end(),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return real;
}

/** An answer of JSON. */
export function json(
  status: number,
  body: unknown,
  type = "application/json",
  headers: Readonly<Record<string, string>> = {},
): RealServer["answer"] {
  return (response) =>
    void response.writeHead(status, { "content-type": type, ...headers }).end(JSON.stringify(body));
}

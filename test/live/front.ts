import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** An answer on its way back. */
export interface Passing {
  readonly method: string;
  readonly path: string;
  status: number;
  readonly headers: Headers;
  /** Its JSON; undefined without a body. */
  body: unknown;
}

/** A server in front of another one. */
export interface Front {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * Passes requests on to another server, and lets its answers be changed on their way back.
 *
 * @param change - after the other server has done its work; if it throws, the connection breaks off
 */
export async function startFront(
  target: string,
  change: (answer: Passing) => void | Promise<void>,
): Promise<Front> {
  const server = createServer((request, response) => {
    pass(target, request, change).then(
      ({ status, headers, body }) => {
        response.writeHead(status, Object.fromEntries(headers));
        response.end(body === undefined ? undefined : JSON.stringify(body));
      },
      () => request.socket.destroy(),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function pass(
  target: string,
  request: IncomingMessage,
  change: (answer: Passing) => void | Promise<void>,
): Promise<Passing> {
  const { method = "GET", url = "/", headers } = request;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const sent = new Headers({ authorization: headers.authorization ?? "" });
  const type = headers["content-type"];
  if (type !== undefined) sent.set("content-type", type);
  const body = chunks.length === 0 ? null : Buffer.concat(chunks);
  const response = await fetch(`${target}${url}`, { method, headers: sent, body });
  const text = await response.text();
  const kept = new Headers();
  for (const name of ["content-type", "www-authenticate"]) {
    const value = response.headers.get(name);
    if (value !== null) kept.set(name, value);
  }
  const answer = { method, path: url, status: response.status, headers: kept };
  const passing: Passing = { ...answer, body: text === "" ? undefined : JSON.parse(text) };
  await change(passing);
  return passing;
}

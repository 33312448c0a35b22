import { createServer, type RequestListener, type Server } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import { createServer as createHttp2Server, type ServerHttp2Session } from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import type { MockLimits } from "../limits.js";
import { answerBroken, refuseConnect, refuseExpectation } from "./broken.js";

/** What answers requests of both protocols. */
export type Listener = RequestListener &
  ((request: Http2ServerRequest, response: Http2ServerResponse) => void);

/** A port that listens. */
export interface Port {
  readonly port: number;
  /** Takes no more connections, finishes what is under way, and ends what does not finish in time. */
  readonly close: () => Promise<void>;
}

/** How long a request that is under way may take to finish when the port is closed. */
const grace = 3000;

/**
 * One port for HTTP/1.1 and for HTTP/2 without TLS by prior knowledge: a connection that opens with `PRI` speaks the
 * latter.
 *
 * @throws {Error} the port cannot be listened on; its `code` tells why.
 */
export async function openPort(
  listener: Listener,
  {
    port,
    host,
    limits,
  }: { readonly port: number; readonly host: string; readonly limits: MockLimits },
): Promise<Port> {
  const sessions = new Set<ServerHttp2Session>();
  const fresh = new Set<Socket>();
  const http2 = createHttp2Server(
    { settings: { maxConcurrentStreams: 200, maxHeaderListSize: limits.maxHeaderBytes } },
    listener,
  );
  http2.on("session", (session) => {
    sessions.add(session);
    session.on("error", () => {});
    // Also one that was broken off, and whose client does not go away.
    session.setTimeout(2 * limits.requestTimeout, () => session.close());
    session.once("close", () => sessions.delete(session));
  });
  const http1 = createServer(
    {
      maxHeaderSize: limits.maxHeaderBytes,
      headersTimeout: limits.headersTimeout,
      // Bodies have a limit of their own, which answers better; this one is behind it.
      requestTimeout: limits.requestTimeout + limits.headersTimeout,
      // The check of the host answers it, in the shape of every error.
      requireHostHeader: false,
      connectionsCheckingInterval: Math.min(1000, limits.headersTimeout),
    },
    listener,
  );
  http1.on("clientError", answerBroken);
  http1.on("connect", refuseConnect);
  http1.on("checkExpectation", refuseExpectation);
  const serveHttp1 = http1.listeners("connection");
  http1.removeAllListeners("connection");
  http1.on("connection", (socket: Socket) => {
    fresh.add(socket);
    socket.once("close", () => fresh.delete(socket));
    tellApart(socket, limits.headersTimeout, (isHttp2) => {
      fresh.delete(socket);
      if (isHttp2) {
        // A server of HTTP/1.1 lets a client end its half and still read.
        socket.allowHalfOpen = false;
        http2.emit("connection", socket);
      } else for (const serve of serveHttp1) Reflect.apply(serve, http1, [socket]);
    });
  });
  await listening(http1, port, host);
  return {
    // A server that listens on a port has an address of this form.
    port: (http1.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        const impatience = setTimeout(() => {
          http1.closeAllConnections();
          for (const session of sessions) session.destroy();
        }, grace);
        http1.close(() => {
          clearTimeout(impatience);
          resolve();
        });
        for (const socket of fresh) socket.destroy();
        for (const session of sessions) session.close();
      }),
  };
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host, backlog: 4096 }, () => {
      server.off("error", reject);
      // Running out of descriptors must not end the process; connections that are there go on.
      server.on("error", () => {});
      resolve();
    });
  });
}

const preface = Buffer.from("PRI");

/** Looks at the first bytes of a connection and puts them back. */
function tellApart(socket: Socket, timeout: number, then: (isHttp2: boolean) => void): void {
  let seen = Buffer.alloc(0);
  const give = (): void => {
    socket.destroy();
  };
  socket.on("error", give);
  socket.setTimeout(timeout, give);
  // Who has said nothing and will say no more waits for no answer either.
  socket.on("end", give);
  const look = (chunk: Buffer): void => {
    seen = Buffer.concat([seen, chunk]);
    const start = seen.subarray(0, preface.length);
    if (start.length < preface.length && preface.subarray(0, start.length).equals(start)) return;
    socket.off("data", look);
    socket.setTimeout(0);
    socket.off("timeout", give);
    socket.off("end", give);
    socket.pause();
    socket.unshift(seen);
    const isHttp2 = start.equals(preface);
    then(isHttp2);
    // HTTP/2 fetches what was put back; HTTP/1.1 waits for it to flow.
    if (!isHttp2) socket.resume();
  };
  socket.on("data", look);
}

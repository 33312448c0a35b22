import { createServer, type Server } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import { type AddressInfo, Server as NetServer, type Socket } from "node:net";
import type { OwnRefusal } from "../engine/refusals.js";
import type { MockLimits } from "../limits.js";
import { createConnections } from "./connections.js";
import { detectProtocol } from "./detect-protocol.js";
import type { Listener } from "./listener.js";
import { answerMalformed, foreignExpectation, noProxy, refuseConnect } from "./malformed.js";
import type { Request, Response } from "./messages.js";
import { onTerminated } from "./terminated-session.js";

/** A port that listens. */
export interface Port {
  readonly port: number;
  /**
   * Accepts no more connections and finishes open requests; after `stopTimeout`, it destroys connections still open.
   */
  readonly close: () => Promise<void>;
}

/**
 * Opens one port for HTTP/1.1 and for HTTP/2 without TLS by prior knowledge: a connection that starts with `PRI` speaks
 * HTTP/2.
 *
 * @throws {Error} if the mock cannot listen on the port; `code` is the system's, such as `EADDRINUSE`.
 */
export async function openPort(
  listener: Listener,
  {
    port,
    host,
    limits,
  }: { readonly port: number; readonly host: string; readonly limits: MockLimits },
): Promise<Port> {
  const connections = createConnections();
  const unfinished = new Set<Promise<void>>();
  const http1 = createServer({
    maxHeaderSize: limits.maxHeaderBytes,
    headersTimeout: limits.headersTimeout,
    // `readBytes` has its own timeout, with a response in the contract's shape. This one is a fallback behind it.
    requestTimeout: limits.requestTimeout + limits.headersTimeout,
    // The router checks the host, and responds in the contract's shape.
    requireHostHeader: false,
    connectionsCheckingInterval: Math.min(1000, limits.headersTimeout),
  });
  const http2 = createHttp2Server({
    settings: { maxConcurrentStreams: 200, maxHeaderListSize: limits.maxHeaderBytes },
  });

  const answer = (refusal?: OwnRefusal): ((request: Request, response: Response) => void) => {
    return (request, response) => {
      const socket =
        "stream" in request ? connections.socketOf(request.stream.session) : request.socket;
      if (socket === undefined || !connections.begin(socket, response)) return;
      const work = listener.answer(request, response, socket, refusal);
      unfinished.add(work);
      work.finally(() => unfinished.delete(work));
    };
  };
  for (const server of [http1, http2]) {
    server.on("request", answer());
    server.on("checkExpectation", answer(foreignExpectation));
  }
  http2.on("connect", answer(noProxy));
  const malformed = { log: listener.refused, whenAnswered: connections.whenAnswered };
  http1.on("connect", (request, socket) => refuseConnect(request, socket, malformed));
  http1.on("clientError", (error: NodeJS.ErrnoException, socket) =>
    answerMalformed(error, socket, malformed),
  );

  const serveHttp1 = http1.listeners("connection");
  http1.removeAllListeners("connection");
  http1.on("connection", (socket: Socket) => {
    connections.add(socket);
    detectProtocol(socket, limits.headersTimeout, (isHttp2) => {
      if (!isHttp2) {
        for (const serve of serveHttp1) Reflect.apply(serve, http1, [socket]);
        return;
      }
      // Set by the HTTP/1.1 server, which lets a client end its side and still read.
      socket.allowHalfOpen = false;
      http2.once("session", (session) => {
        connections.speaksHttp2(socket, session);
        session.on("error", () => {});
        const isIdle = (): boolean => connections.isIdle(socket);
        onTerminated(session, socket, isIdle, () => socket.destroySoon());
        // Also closes a session that failed while its client keeps the connection open.
        session.setTimeout(2 * limits.requestTimeout);
        session.on("timeout", () => {
          connections.endIdle(socket);
          session.setTimeout(2 * limits.requestTimeout);
        });
      });
      http2.emit("connection", socket);
    });
  });
  await listening(http1, port, host);
  let closed: Promise<void> | undefined;
  return {
    // A server that listens on a TCP port has an address of this type.
    port: (http1.address() as AddressInfo).port,
    close: () => {
      closed ??= new Promise((resolve) => {
        const timer = setTimeout(connections.destroy, limits.stopTimeout);
        const end = (): void => {
          clearTimeout(timer);
          // Stops the interval that checks for slow requests.
          http1.close();
          // Requests whose clients are gone are still logged before the mock has stopped.
          resolve(Promise.all(unfinished).then(() => {}));
        };
        // `close` of the HTTP server would cut off responses that clients have not read yet.
        Reflect.apply(NetServer.prototype.close, http1, [end]);
        listener.endFeeds();
        connections.finish();
      });
      return closed;
    },
  };
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host, backlog: 4096 }, () => {
      server.off("error", reject);
      // Running out of file descriptors must not end the process: open connections go on.
      server.on("error", () => {});
      resolve();
    });
  });
}

import type { ServerHttp2Session } from "node:http2";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { closeHalfOpen } from "./half-open.js";
import type { Response } from "./messages.js";

/** All open connections of a port. */
export interface Connections {
  readonly add: (socket: Socket) => void;
  /** Records that a connection speaks HTTP/2. */
  readonly speaksHttp2: (socket: Socket, session: ServerHttp2Session) => void;
  /** The connection of an HTTP/2 session. */
  readonly socketOf: (session: object | undefined) => Socket | undefined;
  /**
   * Marks a request as open until the client has read its response.
   *
   * @returns false if the connection is closing and sends no further response
   */
  readonly begin: (socket: Socket, response: Response) => boolean;
  /** Whether a connection has no open request. */
  readonly isIdle: (socket: Socket) => boolean;
  /** Calls back when all requests of a connection that have arrived in full have their responses. */
  readonly whenAnswered: (socket: Duplex, then: () => void) => void;
  /** Ends a connection if it has no open request. */
  readonly endIdle: (socket: Socket) => void;
  /** Ends every connection as soon as it has no open request. */
  readonly finish: () => void;
  /** Destroys every connection at once. */
  readonly destroy: () => void;
}

interface Connection {
  readonly socket: Socket;
  /** Responses to open requests, in the order of the requests. */
  readonly awaited: Set<Response>;
  /** Undefined if the connection speaks HTTP/1.1, or its protocol is not known yet. */
  session: ServerHttp2Session | undefined;
}

/** Creates an empty {@link Connections}. */
export function createConnections(): Connections {
  const open = new Map<Duplex, Connection>();
  const bySession = new WeakMap<object, Socket>();
  let isFinishing = false;

  function endIfIdle({ socket, awaited, session }: Connection): void {
    if (awaited.size > 0) return;
    if (session === undefined) socket.destroySoon();
    else {
      session.close();
      // A client that does not end its side, or never sent the HTTP/2 preface, would hold the connection open.
      closeHalfOpen(socket);
    }
  }

  function whenAnswered(socket: Duplex, then: () => void): void {
    const last = [...(open.get(socket)?.awaited ?? [])].filter(isComplete).at(-1);
    if (last === undefined) then();
    else last.once("close", () => whenAnswered(socket, then));
  }

  return {
    add: (socket) => {
      open.set(socket, { socket, awaited: new Set(), session: undefined });
      socket.once("close", () => open.delete(socket));
      // For every way of ending a connection: a client that does not end its side would hold it open.
      socket.once("finish", () => closeHalfOpen(socket));
      // Each pipelined request adds a listener for the end of its connection.
      socket.setMaxListeners(0);
    },
    speaksHttp2: (socket, session) => {
      bySession.set(session, socket);
      const connection = open.get(socket);
      if (connection !== undefined) connection.session = session;
    },
    socketOf: (session) => (session === undefined ? undefined : bySession.get(session)),
    begin: (socket, response) => {
      const connection = open.get(socket);
      if (connection === undefined) return false;
      // HTTP/2 names the last request that it serves in GOAWAY, so requests before that still get a response.
      if (isFinishing && connection.session === undefined) return false;
      connection.awaited.add(response);
      response.once("close", () => {
        connection.awaited.delete(response);
        if (isFinishing) endIfIdle(connection);
      });
      return true;
    },
    isIdle: (socket) => (open.get(socket)?.awaited.size ?? 0) === 0,
    whenAnswered,
    endIdle: (socket) => {
      const connection = open.get(socket);
      if (connection !== undefined) endIfIdle(connection);
    },
    finish: () => {
      isFinishing = true;
      for (const connection of open.values()) {
        const last = [...connection.awaited].at(-1);
        // Sends `connection: close` with this response, so that the client sends no further request here.
        if (last !== undefined && "shouldKeepAlive" in last) last.shouldKeepAlive = false;
        connection.session?.close();
        endIfIdle(connection);
      }
    },
    destroy: () => {
      for (const socket of open.keys()) socket.destroy();
    },
  };
}

/** Whether all of a request has arrived. */
function isComplete(response: Response): boolean {
  return response.req.complete;
}

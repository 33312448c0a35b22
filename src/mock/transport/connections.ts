import type { ServerHttp2Session } from "node:http2";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { closeHalfOpen } from "./half-open.js";
import type { Response } from "./messages.js";

/** All connections of a port, from the first moment of each to its close. */
export interface Connections {
  readonly add: (socket: Socket) => void;
  /** A connection has turned out to speak HTTP/2. */
  readonly speaksHttp2: (socket: Socket, session: ServerHttp2Session) => void;
  /** The connection that a session of HTTP/2 is spoken on. */
  readonly socketOf: (session: object | undefined) => Socket | undefined;
  /** A request is under way until its answer is taken. False: it comes after the last that is answered. */
  readonly begin: (socket: Socket, response: Response) => boolean;
  /** Whether no request is under way on a connection. */
  readonly isIdle: (socket: Socket) => boolean;
  /** Calls back when each request of a connection that has arrived in full has its response. */
  readonly whenAnswered: (socket: Duplex, then: () => void) => void;
  /** Ends a connection if nothing is under way on it. */
  readonly endIdle: (socket: Socket) => void;
  /** Ends every connection, those on which something is under way as soon as that is finished. */
  readonly finish: () => void;
  readonly destroy: () => void;
}

interface Connection {
  readonly socket: Socket;
  /** What is under way, in the order of the requests. */
  readonly awaited: Set<Response>;
  /** Undefined on one that speaks HTTP/1.1 or nothing yet. */
  session: ServerHttp2Session | undefined;
}

/** None at first. */
export function createConnections(): Connections {
  const open = new Map<Duplex, Connection>();
  const bySession = new WeakMap<object, Socket>();
  let isFinishing = false;

  function endIfIdle({ socket, awaited, session }: Connection): void {
    if (awaited.size > 0) return;
    if (session === undefined) socket.destroySoon();
    else {
      session.close();
      // A client that does not end its half, or never greeted, would hold it open.
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
      // Whatever has ended it: a client that does not end its half holds it open.
      socket.once("finish", () => closeHalfOpen(socket));
      // Each request that is sent without waiting for responses listens for the end of its connection.
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
      // HTTP/2 has told its client which request is the last.
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
        // It says so to its client, which must send nothing more here.
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

import type { Socket } from "node:net";
import type { Response } from "./messages.js";
import { isGone } from "./send.js";

/**
 * Counts the bytes that requests and responses hold, from a request's arrival until the client has read its response.
 */
export interface Backpressure {
  /** Counts bytes of a request. Beyond the limit, it closes the connection that holds most. */
  readonly add: (socket: Socket, response: Response, bytes: number) => void;
  /** Counts bytes of a response, which it holds until the client has read them. */
  readonly addAnswer: (socket: Socket, response: Response, bytes: number) => void;
  /** Whether the response to a request may be made now. If not, the request joins the connection's line. */
  readonly mayRespond: (socket: Socket, response: Response) => boolean;
  /** Resolves when it is worth calling {@link Backpressure.mayRespond} again. */
  readonly change: (socket: Socket, response: Response) => Promise<void>;
}

interface Entry {
  readonly socket: Socket;
  bytes: number;
  answer: number;
}

interface Holder {
  bytes: number;
  /** Bytes of responses that the client has not read yet. */
  answers: number;
  /** In order of arrival: HTTP/1.1 sends no response before those to earlier requests. */
  readonly line: Map<Response, () => void>;
}

/**
 * Requests and responses pile up if a client sends many requests and reads no responses. On one connection, the mock
 * makes a response only after the client has read earlier ones. If all connections together hold too much, the mock
 * closes the one that holds most.
 *
 * @param maxBytes - limit for all connections together. The unread responses of one connection may take a quarter of
 * it; the response that crosses this limit is still sent whole.
 */
export function createBackpressure(maxBytes: number): Backpressure {
  const entries = new Map<Response, Entry>();
  const holders = new Map<Socket, Holder>();
  let total = 0;

  function remove(response: Response): void {
    const entry = entries.get(response);
    if (entry === undefined) return;
    entries.delete(response);
    total -= entry.bytes;
    const holder = holders.get(entry.socket);
    if (holder === undefined) return;
    holder.bytes -= entry.bytes;
    holder.answers -= entry.answer;
    holder.line.delete(response);
    wake(holder);
    if (holder.bytes <= 0) holders.delete(entry.socket);
  }

  function wake({ line }: Holder): void {
    for (const ask of line.values()) ask();
  }

  function enter(socket: Socket, response: Response): Entry {
    const entry = { socket, bytes: 0, answer: 0 };
    entries.set(response, entry);
    // A response that waits behind another one emits no "close" when the connection breaks: only the socket does.
    const end = (): void => {
      socket.off("close", end);
      response.off("close", end);
      remove(response);
    };
    socket.once("close", end);
    response.once("close", end);
    return entry;
  }

  function cutLargest(): void {
    const [first, ...rest] = holders;
    if (first === undefined) return;
    const [socket] = rest.reduce(
      (most, next) => (next[1].bytes > most[1].bytes ? next : most),
      first,
    );
    for (const [response, entry] of entries) if (entry.socket === socket) remove(response);
    socket.destroy();
  }

  function add(socket: Socket, response: Response, bytes: number, answer: number): void {
    // Its "close" event has fired already, so nothing would remove the entry.
    if (isGone(response, socket)) return;
    const entry = entries.get(response) ?? enter(socket, response);
    const holder = holders.get(socket) ?? { bytes: 0, answers: 0, line: new Map() };
    holders.set(socket, holder);
    entry.bytes += bytes;
    entry.answer += answer;
    holder.bytes += bytes;
    holder.answers += answer;
    total += bytes;
    while (total > maxBytes && holders.size > 0) cutLargest();
  }

  return {
    add: (socket, response, bytes) => add(socket, response, bytes, 0),
    addAnswer: (socket, response, bytes) => add(socket, response, bytes, bytes),
    mayRespond: (socket, response) => {
      const holder = holders.get(socket);
      if (holder === undefined || socket.destroyed) return true;
      const { line, answers } = holder;
      const [first = response] = line.keys();
      if (first === response && answers <= maxBytes / 4) {
        line.delete(response);
        wake(holder);
        return true;
      }
      if (!line.has(response)) line.set(response, () => {});
      return false;
    },
    change: (socket, response) =>
      new Promise((resolve) => {
        const line = holders.get(socket)?.line;
        // Setting an existing key keeps its place in the line.
        if (line?.has(response)) line.set(response, resolve);
        else resolve();
      }),
  };
}

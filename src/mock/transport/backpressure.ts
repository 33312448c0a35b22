import type { Socket } from "node:net";
import type { Response } from "./messages.js";
import { isGone } from "./send.js";

/** Keeps account of what requests take, from their arrival until their responses are taken. */
export interface Backpressure {
  /** Adds to what a request takes, and ends the connection that takes most where that is too much for all together. */
  readonly add: (socket: Socket, response: Response, bytes: number) => void;
  /** The same of a response, which is gone when the client has taken it. */
  readonly addAnswer: (socket: Socket, response: Response, bytes: number) => void;
  /** Whether a request may have its answer made now; one that may not is in line from then on. */
  readonly mayRespond: (socket: Socket, response: Response) => boolean;
  /** Resolves when there is reason to ask again. */
  readonly change: (socket: Socket, response: Response) => Promise<void>;
}

interface Entry {
  readonly socket: Socket;
  bytes: number;
  answer: number;
}

interface Holder {
  bytes: number;
  /** Bytes of responses that are made and not taken. */
  answers: number;
  /** In the order in which they came: HTTP/1.1 sends no answer before those of earlier requests. */
  readonly line: Map<Response, () => void>;
}

/**
 * Requests and responses pile up where a client sends much and reads nothing. On one connection, responses are made only as
 * the client takes them; and where many connections together hold too much, the one that holds most goes first.
 *
 * @param maxBytes - what all may hold; the responses of one connection, a quarter of that and what the last one is beyond
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
    // One that is behind another of its connection has no end of its own when that breaks off.
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
    // Then it has ended before, and says so no more.
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
        // Who is in line keeps the place.
        if (line?.has(response)) line.set(response, resolve);
        else resolve();
      }),
  };
}

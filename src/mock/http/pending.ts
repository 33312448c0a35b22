import type { Socket } from "node:net";
import type { Response } from "./listener.js";
import { isGone } from "./send.js";

/** Keeps account of what requests take, from their arrival until their answers are taken. */
export interface Pending {
  /** Adds to what a request takes, and ends the connection that takes most where that is too much for all together. */
  readonly add: (socket: Socket, response: Response, bytes: number) => void;
  /** The same of an answer, which is gone when the client has taken it. */
  readonly addAnswer: (socket: Socket, response: Response, bytes: number) => void;
  /** Whether a connection may have another answer made. */
  readonly hasRoom: (socket: Socket) => boolean;
  /** Resolves when it may, or has ended. */
  readonly room: (socket: Socket) => Promise<void>;
}

interface Entry {
  readonly socket: Socket;
  bytes: number;
  answer: number;
}

interface Holder {
  bytes: number;
  /** Bytes of answers that are made and not taken. */
  answers: number;
  readonly waiting: (() => void)[];
}

/**
 * Requests and answers pile up where a client sends much and reads nothing. On one connection, answers are made only as
 * the client takes them; and where many connections together hold too much, the one that holds most goes first.
 *
 * @param maxBytes - what all may hold; the answers of one connection, a quarter of that and what the last one is beyond
 */
export function createPending(maxBytes: number): Pending {
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
    for (const go of holder.waiting.splice(0)) go();
    if (holder.bytes <= 0) holders.delete(entry.socket);
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
    const holder = holders.get(socket) ?? { bytes: 0, answers: 0, waiting: [] };
    holders.set(socket, holder);
    entry.bytes += bytes;
    entry.answer += answer;
    holder.bytes += bytes;
    holder.answers += answer;
    total += bytes;
    while (total > maxBytes && holders.size > 0) cutLargest();
  }

  const hasRoom = (socket: Socket): boolean =>
    socket.destroyed || (holders.get(socket)?.answers ?? 0) <= maxBytes / 4;
  return {
    add: (socket, response, bytes) => add(socket, response, bytes, 0),
    addAnswer: (socket, response, bytes) => add(socket, response, bytes, bytes),
    hasRoom,
    room: (socket) =>
      new Promise((resolve) => {
        const holder = holders.get(socket);
        if (holder === undefined || hasRoom(socket)) resolve();
        else holder.waiting.push(resolve);
      }),
  };
}

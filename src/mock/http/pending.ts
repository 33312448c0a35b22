import type { Socket } from "node:net";
import type { Response } from "./listener.js";
import { isGone } from "./send.js";

/** Keeps account of what requests take, from their arrival until their answers are taken. */
export interface Pending {
  /** Adds to what a request takes, and ends connections where that is too much for all together. */
  readonly add: (socket: Socket, response: Response, bytes: number) => void;
}

interface Entry {
  readonly socket: Socket;
  bytes: number;
}

/**
 * Requests and answers pile up where a client sends much and reads nothing, on one connection or on many. The oldest go
 * first: a client that reads has its answer in no time, whatever others do.
 */
export function createPending(maxBytes: number): Pending {
  const entries = new Map<Response, Entry>();
  let total = 0;

  function remove(response: Response): void {
    total -= entries.get(response)?.bytes ?? 0;
    entries.delete(response);
  }

  function enter(socket: Socket, response: Response): Entry {
    const entry = { socket, bytes: 0 };
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

  function cut(socket: Socket): void {
    for (const [response, entry] of entries) if (entry.socket === socket) remove(response);
    socket.destroy();
  }

  return {
    add: (socket, response, bytes) => {
      // Then it has ended before, and says so no more.
      if (isGone(response, socket)) return;
      const entry = entries.get(response) ?? enter(socket, response);
      entry.bytes += bytes;
      total += bytes;
      for (const [oldest, { socket: holder }] of entries) {
        if (total <= maxBytes || oldest === response) break;
        cut(holder);
      }
    },
  };
}

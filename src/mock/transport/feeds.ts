import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { FaultyAnswer } from "../faults/inject.js";
import type { Response } from "./messages.js";
import { isGone } from "./send.js";

/** Endless responses: event streams that stay open until the client or the mock ends them. */
export interface Feeds {
  /** Sends a feed as the body of a response. */
  readonly open: (
    response: Response,
    socket: Socket,
    feed: NonNullable<FaultyAnswer["feed"]>,
  ) => void;
  /** Ends all of them. */
  readonly end: () => void;
}

/** Bytes that a client may leave unread. A client that falls further behind is disconnected, and can connect again. */
const mostPending = 4_194_304;

/** Creates an empty {@link Feeds}. */
export function createFeeds(): Feeds {
  const open = new Set<() => void>();
  return {
    open: (response, socket, feed) => {
      if (isGone(response, socket)) return;
      // Both classes have these methods, but TypeScript cannot call a method of their union.
      const writable = response as ServerResponse;
      writable.flushHeaders();
      let stop = (): void => {};
      const end = (): void => {
        open.delete(end);
        stop();
        writable.end();
      };
      open.add(end);
      response.once("close", end);
      stop = feed((text) => {
        if (writable.writableLength > mostPending) end();
        else if (open.has(end)) writable.write(text);
      });
      if (!open.has(end)) stop();
    },
    end: () => {
      for (const end of open) end();
    },
  };
}

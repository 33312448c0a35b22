import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { FaultyAnswer } from "../faults/inject.js";
import type { Response } from "./messages.js";
import { isGone } from "./send.js";

/** Responses that have no end of their own. */
export interface Feeds {
  readonly open: (
    response: Response,
    socket: Socket,
    feed: NonNullable<FaultyAnswer["feed"]>,
  ) => void;
  readonly end: () => void;
}

/** Bytes that a client may leave untaken; one that leaves more is cut off, and can ask again. */
const mostPending = 4_194_304;

/** None at first. */
export function createFeeds(): Feeds {
  const open = new Set<() => void>();
  return {
    open: (response, socket, feed) => {
      if (isGone(response, socket)) return;
      // The two classes have the same methods under types that do not unite.
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

import type { ServerResponse } from "node:http";
import { constants } from "node:http2";
import type { Socket } from "node:net";
import type { FaultyAnswer } from "../faults/inject.js";
import type { Request, Response } from "./messages.js";

/** Whether the client has disconnected or cancelled the request. */
export function isGone(response: Response, socket: Socket): boolean {
  return (
    socket.destroyed || ("stream" in response ? response.stream.destroyed : response.destroyed)
  );
}

/** Resolves after some milliseconds, or as soon as the client is gone. */
export function waitFor(milliseconds: number, response: Response, socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      response.off("close", end);
      socket.off("close", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    response.once("close", end);
    // A response that waits behind another one emits no "close".
    socket.once("close", end);
    if (isGone(response, socket)) end();
  });
}

/**
 * Sets the status and headers of a response, and sends nothing yet.
 *
 * @param text - the body, for its length; undefined where that is not known yet
 * @throws {TypeError} if a header has characters that HTTP does not allow.
 */
export function prepare(
  request: Request,
  response: Response,
  { status, headers }: FaultyAnswer,
  text: string | undefined,
): void {
  if (response.headersSent) return;
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  response.statusCode = status;
  const all = {
    ...headers,
    ...(status !== 204 &&
      text !== undefined && { "content-length": String(Buffer.byteLength(text)) }),
    "cache-control": "no-store",
  };
  for (const [name, value] of Object.entries(all)) {
    // HTTP/2 forbids the `connection` header; it closes connections by GOAWAY.
    if (name !== "connection" || request.httpVersionMajor === 1) response.setHeader(name, value);
  }
}

/**
 * Sends a prepared response.
 *
 * @param timeout - milliseconds without progress after which a client that does not read is disconnected
 */
export function send(
  request: Request,
  response: Response,
  socket: Socket,
  text: string,
  timeout: number,
): void {
  if (isGone(response, socket) || response.headersSent) return;
  if ("stream" in response) {
    const { stream } = response;
    response.setTimeout(timeout, () => {
      stream.close(constants.NGHTTP2_CANCEL);
      stream.destroy();
    });
  } else {
    response.setTimeout(timeout, () => socket.destroy());
    // Runs before the server sets its keep-alive timeout: the next response on this connection may be held back for
    // longer.
    response.prependOnceListener("finish", () => socket.setTimeout(0));
  }
  // Both classes have this method, but TypeScript cannot call a method of their union.
  (response as ServerResponse).end(request.method === "HEAD" ? "" : text);
}

/** Milliseconds that a client has to acknowledge the PING before its connection is reset anyway. */
const pingTimeout = 1000;

/** Resets the connection, as a crashing server does. */
export function resetConnection(response: Response, socket: Socket): void {
  const reset = (): void => {
    clearTimeout(timer);
    socket.resetAndDestroy();
  };
  const timer = setTimeout(reset, pingTimeout);
  const session = "stream" in response ? response.stream.session : undefined;
  // A client that has not read earlier frames may see a reset as a regular end. On HTTP/1.1, nothing of this response
  // was sent. On HTTP/2, the acknowledged PING shows that the client has read all earlier frames.
  if (session === undefined || session.destroyed || !session.ping(reset)) reset();
}

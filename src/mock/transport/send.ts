import type { ServerResponse } from "node:http";
import { constants } from "node:http2";
import type { Socket } from "node:net";
import type { FaultyAnswer } from "../faults/inject.js";
import type { Request, Response } from "./messages.js";

/** Whether nobody waits for this answer any more. */
export function isGone(response: Response, socket: Socket): boolean {
  return (
    socket.destroyed || ("stream" in response ? response.stream.destroyed : response.destroyed)
  );
}

/** Waits, but not for a client that has gone away. */
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
    // A response that is behind another one has no end of its own.
    socket.once("close", end);
    if (isGone(response, socket)) end();
  });
}

/**
 * Puts everything into a response but its text; nothing is sent yet.
 *
 * @param text - undefined where its length is not known yet
 * @throws {TypeError} a header cannot be sent.
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
    // HTTP/2 has no such header; its connections are closed by other means.
    if (name !== "connection" || request.httpVersionMajor === 1) response.setHeader(name, value);
  }
}

/** Sends a response that was prepared. A client that takes nothing of it for so many milliseconds is given up. */
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
    // Before the server sets the time for which a connection may be idle; the next answer may be held back.
    response.prependOnceListener("finish", () => socket.setTimeout(0));
  }
  // The two classes have the same method under types that do not unite.
  (response as ServerResponse).end(request.method === "HEAD" ? "" : text);
}

/** Milliseconds for a client to answer before it is reset in any case. */
const patience = 1000;

/** Ends the connection as a server that crashes does. */
export function resetConnection(response: Response, socket: Socket): void {
  const reset = (): void => {
    clearTimeout(timer);
    socket.resetAndDestroy();
  };
  const timer = setTimeout(reset, patience);
  const session = "stream" in response ? response.stream.session : undefined;
  // To a client that has yet to read what was sent just before, a reset may look like an end in good order. HTTP/1.1
  // has sent nothing; of HTTP/2, the client says by this that it has read it.
  if (session === undefined || session.destroyed || !session.ping(reset)) reset();
}

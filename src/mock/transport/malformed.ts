import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { type OwnRefusal, refuseItself } from "../engine/refusals.js";
import { closeHalfOpen } from "./half-open.js";

/** What was refused before it was a request, and what is known of it. */
export interface Refused {
  readonly method: string;
  readonly path: string;
  readonly refusal: OwnRefusal;
}

/** Is told of a refusal. */
export type LogRefused = (refused: Refused) => void;

const end = { connection: "close" };

/** The answer to CONNECT, which asks for a proxy. */
export const noProxy: OwnRefusal = refuseItself(405, "method_not_allowed", "This is no proxy", {
  ...end,
  allow: "GET, HEAD, POST, DELETE, OPTIONS",
});

/** The answer to an `Expect` that is not `100-continue`. */
export const foreignExpectation: OwnRefusal = refuseItself(
  417,
  "expectation_failed",
  "Expect can be 100-continue only",
  end,
);

/** What the parser of HTTP/1.1 found, by its code; anything else is a request that is none. */
const known: { readonly [code: string]: OwnRefusal } = {
  HPE_HEADER_OVERFLOW: refuseItself(
    431,
    "headers_too_large",
    "The headers have more bytes than this mock takes",
    end,
  ),
  ERR_HTTP_REQUEST_TIMEOUT: refuseItself(
    408,
    "request_timeout",
    "The request did not arrive in time",
    end,
  ),
};

/** Answers what is no HTTP, in the shape of every error, and ends its connection. */
export function answerMalformed(
  error: NodeJS.ErrnoException,
  socket: Duplex,
  tell: LogRefused,
): void {
  // More of what was refused; its answer is still to be read.
  if (socket.writableEnded && error.code !== "ECONNRESET") return;
  // A client that goes away in the middle has said no nonsense; its request, if it was one, tells of that itself.
  if (error.code === "ECONNRESET" || error.code === "HPE_INVALID_EOF_STATE" || !socket.writable) {
    socket.destroy();
    return;
  }
  const refusal =
    known[error.code ?? ""] ??
    refuseItself(400, "bad_http", `This is not HTTP: ${error.message}`, end);
  tell({ method: "", path: "", refusal });
  write(socket, refusal);
}

/** Answers CONNECT of HTTP/1.1, whose connection the server hands out. */
export function refuseConnect(
  { method, url }: IncomingMessage,
  socket: Duplex,
  tell: LogRefused,
): void {
  socket.on("error", () => socket.destroy());
  tell({ method: method ?? "", path: url ?? "", refusal: noProxy });
  write(socket, noProxy);
}

function write(socket: Duplex, { status, code, message, headers }: OwnRefusal): void {
  const body = JSON.stringify({ code, message });
  const all = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    ...headers,
  };
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
      ...Object.entries(all).map(([name, value]) => `${name}: ${value}`),
      "",
      body,
    ].join("\r\n"),
  );
  // What is still sent is thrown away, so that the answer is not lost for it.
  socket.resume();
  closeHalfOpen(socket);
}

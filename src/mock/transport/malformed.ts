import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { type OwnRefusal, refuseItself } from "../engine/refusals.js";
import { closeHalfOpen } from "./half-open.js";

/** A request that was refused before it could be read, as far as it is known. */
export interface Refused {
  readonly method: string;
  readonly path: string;
  readonly refusal: OwnRefusal;
}

/** What the responses to malformed requests need of their port. */
export interface MalformedOptions {
  /** Logs a refusal. */
  readonly log: (refused: Refused) => void;
  /** Calls back when all complete requests of a connection have their responses: these go first. */
  readonly whenAnswered: (socket: Duplex, then: () => void) => void;
}

const end = { connection: "close" };

/** The response to CONNECT, which asks for a proxy. */
export const noProxy: OwnRefusal = refuseItself(405, "method_not_allowed", "This is no proxy", {
  ...end,
  allow: "GET, HEAD, POST, DELETE, OPTIONS",
});

/** The response to an `Expect` that is not `100-continue`. */
export const foreignExpectation: OwnRefusal = refuseItself(
  417,
  "expectation_failed",
  "Expect can be 100-continue only",
  end,
);

/** By the codes of the parser of HTTP/1.1. Any other code is of bytes that are no HTTP. */
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

/** Connections whose last response is decided: the parser finds fault with what follows, again and again. */
const ending: WeakSet<Duplex> = new WeakSet();

/** Responds to bytes that are no HTTP, in the shape of every error, and ends their connection. */
export function answerMalformed(
  error: NodeJS.ErrnoException,
  socket: Duplex,
  { log, whenAnswered }: MalformedOptions,
): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  if (ending.has(socket)) return;
  ending.add(socket);
  // The client went away in the middle of a request. That is no HTTP, but no mistake to report either.
  if (error.code === "HPE_INVALID_EOF_STATE") {
    whenAnswered(socket, () => socket.destroy());
    return;
  }
  const refusal =
    known[error.code ?? ""] ??
    refuseItself(400, "bad_http", `This is not HTTP: ${error.message}`, end);
  whenAnswered(socket, () => {
    log({ method: "", path: "", refusal });
    write(socket, refusal);
  });
}

/** Responds to CONNECT of HTTP/1.1, whose connection the server hands out. */
export function refuseConnect(
  { method = "", url = "" }: IncomingMessage,
  socket: Duplex,
  { log, whenAnswered }: MalformedOptions,
): void {
  socket.on("error", () => socket.destroy());
  ending.add(socket);
  whenAnswered(socket, () => {
    log({ method, path: url, refusal: noProxy });
    write(socket, noProxy);
  });
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
  // What still comes is thrown away, so that the response is not lost for it.
  socket.resume();
  closeHalfOpen(socket);
}

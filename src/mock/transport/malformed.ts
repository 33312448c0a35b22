import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { type OwnRefusal, refuseItself } from "../engine/refusals.js";
import { closeHalfOpen } from "./half-open.js";

/** A request that was refused before it could be read. `method` and `path` are empty where unknown. */
export interface Refused {
  readonly method: string;
  readonly path: string;
  readonly refusal: OwnRefusal;
}

/** Callbacks of the port. */
export interface MalformedOptions {
  /** Logs a refusal. */
  readonly log: (refused: Refused) => void;
  /** Calls back when all complete requests of a connection have their responses, which must go first. */
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

/** Refusals by error code of Node's HTTP/1.1 parser. Any other code means that the bytes are not HTTP. */
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

/** Connections that have their last response already: the parser reports each further chunk as an error again. */
const ending: WeakSet<Duplex> = new WeakSet();

/** Responds to bytes that are not HTTP with an error body as the contract defines it, and ends the connection. */
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
  // The client disconnected in the middle of a request, so nothing can be reported to it.
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

/** Responds to CONNECT of HTTP/1.1, for which Node.js passes the socket instead of a response. */
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
  // Unread input would make the kernel reset the connection, and the client might lose the response.
  socket.resume();
  closeHalfOpen(socket);
}

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** A status line, and the code and message of an error. */
type Broken = readonly [status: string, code: string, message: string];

/** What the parser of HTTP/1.1 found, by its code; anything else is a request that is none. */
const known: { readonly [code: string]: Broken } = {
  HPE_HEADER_OVERFLOW: [
    "431 Request Header Fields Too Large",
    "mock_headers_too_large",
    "The headers have more bytes than this mock takes",
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [
    "408 Request Timeout",
    "mock_request_timeout",
    "The request did not arrive in time",
  ],
};

/** Answers what is no HTTP, in the shape of every error, and ends its connection. */
export function answerBroken(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const other: Broken = ["400 Bad Request", "mock_bad_http", `This is not HTTP: ${error.message}`];
  write(socket, known[error.code ?? ""] ?? other);
}

/** Answers CONNECT, which asks for a proxy. */
export function refuseConnect(_request: IncomingMessage, socket: Duplex): void {
  socket.on("error", () => socket.destroy());
  write(socket, ["405 Method Not Allowed", "mock_method_not_allowed", "This is no proxy"]);
}

/** Answers an `Expect` that is not `100-continue`. */
export function refuseExpectation(_request: IncomingMessage, response: ServerResponse): void {
  const message = "Expect can be 100-continue only";
  const body = JSON.stringify({ code: "mock_expectation_failed", message });
  response
    .writeHead(417, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
      connection: "close",
    })
    .end(body);
}

function write(socket: Duplex, [status, code, message]: Broken): void {
  const body = JSON.stringify({ code, message });
  socket.end(
    [
      `HTTP/1.1 ${status}`,
      "content-type: application/json",
      `content-length: ${Buffer.byteLength(body)}`,
      ...(status.startsWith("405") ? ["allow: GET, HEAD, POST, DELETE, OPTIONS"] : []),
      "connection: close",
      "",
      body,
    ].join("\r\n"),
  );
}

import type { Socket } from "node:net";

const preface = Buffer.from("PRI");

/**
 * Tells HTTP/2 from HTTP/1.1 by the first bytes of a connection, and puts these back. Closes a connection that sends
 * nothing for too long.
 *
 * @param timeout - milliseconds without a byte after which the connection is closed
 * @param then - gets the result
 */
export function detectProtocol(
  socket: Socket,
  timeout: number,
  then: (isHttp2: boolean) => void,
): void {
  let seen = Buffer.alloc(0);
  const give = (): void => {
    socket.destroy();
  };
  socket.on("error", give);
  socket.setTimeout(timeout, give);
  // A client that ends its side before it sent a request expects no response.
  socket.on("end", give);
  const look = (chunk: Buffer): void => {
    seen = Buffer.concat([seen, chunk]);
    const start = seen.subarray(0, preface.length);
    if (start.length < preface.length && preface.subarray(0, start.length).equals(start)) return;
    socket.off("data", look);
    socket.setTimeout(0);
    socket.off("timeout", give);
    socket.off("end", give);
    socket.pause();
    socket.unshift(seen);
    const isHttp2 = start.equals(preface);
    then(isHttp2);
    // The HTTP/2 server reads the bytes itself; the HTTP/1.1 server waits for the stream to flow.
    if (!isHttp2) socket.resume();
  };
  socket.on("data", look);
}

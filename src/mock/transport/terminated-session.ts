import type { ServerHttp2Session } from "node:http2";
import type { Socket } from "node:net";

/** Milliseconds between two checks. */
const interval = 1000;

/**
 * Calls back when an HTTP/2 session is dead but its connection is still open. On some protocol errors, Node.js sends
 * GOAWAY, then neither reads nor writes, and emits no event.
 *
 * A live session writes a PING when asked to. This tries it, but only after the client has sent something and while no
 * request is open.
 */
export function onTerminated(
  session: ServerHttp2Session,
  socket: Socket,
  isIdle: () => boolean,
  terminated: () => void,
): void {
  let seen = 0;
  const timer = setInterval(() => {
    if (socket.bytesRead === seen || !isIdle()) return;
    seen = socket.bytesRead;
    const written = socket.bytesWritten;
    const isSent = !session.destroyed && session.ping(() => {});
    setImmediate(() => {
      if (isSent && !socket.destroyed && socket.bytesWritten === written) terminated();
    });
  }, interval);
  timer.unref();
  socket.once("close", () => clearInterval(timer));
}

import type { ServerHttp2Session } from "node:http2";
import type { Socket } from "node:net";

/** Milliseconds between two looks. */
const interval = 1000;

/**
 * Calls back when a session of HTTP/2 has been terminated while its connection is open. On some protocol errors, Node.js
 * sends GOAWAY, then neither reads nor writes, and says so by no event.
 *
 * A session that is alive writes a PING; so one is sent to see, but only after the client has sent something and while
 * no request is under way.
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

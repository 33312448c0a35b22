import type { Duplex } from "node:stream";

/** Milliseconds for a client to read the last bytes and to end its side. */
const gracePeriod = 1000;

/** Destroys an ended connection after a grace period: the client may never end its side. */
export function closeHalfOpen(socket: Duplex): void {
  const timer = setTimeout(() => socket.destroy(), gracePeriod);
  socket.once("close", () => clearTimeout(timer));
}

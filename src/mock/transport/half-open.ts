import type { Duplex } from "node:stream";

/** Milliseconds for a client to read what was written last, and to end its half as well. */
const moment = 1000;

/** Destroys a connection that was ended, in a moment: its client may hold it open for ever. */
export function closeHalfOpen(socket: Duplex): void {
  const timer = setTimeout(() => socket.destroy(), moment);
  socket.once("close", () => clearTimeout(timer));
}

import type { Socket } from "node:net";

const preface = Buffer.from("PRI");

/** Looks at the first bytes of a connection and puts them back; who says nothing for too long is let go. */
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
  // Who has said nothing and will say no more waits for no answer either.
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
    // HTTP/2 fetches what was put back; HTTP/1.1 waits for it to flow.
    if (!isHttp2) socket.resume();
  };
  socket.on("data", look);
}

import { onAbort } from "./abort-listener.js";

/** Longest piece that is held until its end arrives, in UTF-16 units: a server that never ends one must not fill memory. */
const longest = 16 * 1024 * 1024;

/**
 * The pieces of a streamed body, as they arrive. A chunk is read when a piece is asked for, so that a slow reader slows
 * down the server (backpressure). To stop, leave the loop or abort: both close the connection.
 *
 * @param ends - matches what ends a piece
 * @throws the reason of `signal` once it is aborted, or what the network fails with.
 */
export async function* bodyLines(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal | undefined,
  ends: RegExp,
): AsyncGenerator<string, void, undefined> {
  const reader = body.getReader();
  const stop = (): void => void reader.cancel(signal?.reason).catch(() => {});
  const unfollow = onAbort(signal, stop);
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = await reader.read();
      signal?.throwIfAborted();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      // A return at the end of a chunk may be the first half of an end: it waits for the next chunk.
      const held = !done && rest.endsWith("\r") ? "\r" : "";
      const pieces = rest.slice(0, rest.length - held.length).split(ends);
      rest = (pieces.pop() ?? "") + held;
      yield* pieces;
      if (rest.length > longest) throw new RangeError(`a line longer than ${longest} characters`);
      if (done) break;
    }
    if (rest !== "") yield rest;
  } finally {
    unfollow();
    stop();
  }
}

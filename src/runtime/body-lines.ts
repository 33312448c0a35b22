import { onAbort } from "./abort-listener.js";

/** The longest line, in UTF-16 units: a server that sends no line end must not fill memory. */
const longest = 16 * 1024 * 1024;

/**
 * The lines of a streamed body, as they arrive. It reads a chunk only when the loop asks for a line, so that a slow reader
 * slows down the server (backpressure). To stop, leave the loop or abort: both close the connection.
 *
 * @param ends - matches the end of a line
 * @throws the reason of `signal` once it is aborted, or the error of the network.
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
      // A carriage return at the end of a chunk may be the first half of a line end, so it waits for the next chunk.
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

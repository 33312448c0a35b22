/**
 * A request that the platform sends once at most, as far as it can be kept to that.
 *
 * Deno sends a request again by itself where a connection that was kept is closed instead of answered, a POST too. The
 * first one may have been applied, and the caller would see the answer to the second alone. It does not do so with a
 * body that is a stream, because that can be read only once. Elsewhere the body stays as it is: Node.js, Bun and workerd
 * repeat no POST, and browsers, which do, take a stream over HTTP/2 only.
 */
export function unrepeated(request: Request): Request {
  if (request.body === null || !("Deno" in globalThis)) return request;
  const body = request.body.pipeThrough(new TransformStream());
  return new Request(request, { body, ...halfDuplex });
}

/** Fetch wants it with a stream; the compiler's DOM types do not know it. */
const halfDuplex: object = { duplex: "half" };

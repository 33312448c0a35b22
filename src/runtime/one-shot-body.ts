/**
 * What keeps the platform from sending a request with this body more than once, as far as it can be kept from that.
 *
 * Deno sends a request again by itself where a connection that was kept is closed instead of answered, a POST too. The
 * first one may have been applied, and the caller would see the answer to the second alone. It does not do so with a
 * body that is a stream, because that can be read only once. Elsewhere the body stays as it is: Node.js, Bun and workerd
 * repeat no POST, and browsers, which do, take a stream over HTTP/2 only.
 *
 * @returns what to tell `fetch`; `undefined` where there is nothing to tell
 */
export function oneShotBody(body: BodyInit | null | undefined): RequestInit | undefined {
  if (body === null || body === undefined || !("Deno" in globalThis)) return undefined;
  const stream = new Response(body).body?.pipeThrough(new TransformStream()) ?? null;
  return { body: stream, ...halfDuplex };
}

/** Fetch wants it with a stream; the compiler's DOM types do not know it. */
const halfDuplex: object = { duplex: "half" };

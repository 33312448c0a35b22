/**
 * Keeps the platform from sending a request with this body twice, if it can be kept from that.
 *
 * If the server closes a kept connection without a response, Deno sends the request again, a POST too. The first one may
 * have been applied, and the caller would see only the response to the second. Deno does not repeat a body that is a
 * stream. Elsewhere the body stays as it is: Node.js, Bun and workerd repeat no POST, and browsers, which do, take a stream
 * over HTTP/2 only.
 *
 * @returns options for `fetch`; `undefined` if none are needed
 */
export function oneShotBody(body: BodyInit | null | undefined): RequestInit | undefined {
  if (body === null || body === undefined || !("Deno" in globalThis)) return undefined;
  const stream = new Response(body).body?.pipeThrough(new TransformStream()) ?? null;
  return { body: stream, ...halfDuplex };
}

/** Required with a stream; the compiler's DOM types do not know it. */
const halfDuplex: object = { duplex: "half" };

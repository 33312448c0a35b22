/** A response is larger than the limit. */
export class ResponseLimitError extends RangeError {}

/** A chunk of a body, derived from the compiler's own types, which differ between its versions. */
type Chunk = Response["body"] extends ReadableStream<infer Bytes> | null ? Bytes : never;

/**
 * Limits the size of a response after decompression. Above the limit, its methods `text`, `json` and `blob` reject, and
 * the connection is closed. A body that is read as a stream has no limit.
 *
 * @param limit - bytes; `Infinity` is no limit
 */
export function limitResponse(response: Response, limit: number): Response {
  if (response.body === null) return response;
  const { headers, type } = response;
  const length = headers.get("content-length");
  // Without compression, `content-length` is the length of the body. Across origins, browsers hide the encoding.
  const isPlain = length !== null && type !== "cors" && !headers.has("content-encoding");
  if (limit === Number.POSITIVE_INFINITY || (isPlain && Number(length) <= limit)) return response;
  const original = response.text;
  const chunks = async (): Promise<Chunk[]> => {
    const reader = response.body?.getReader();
    const all: Chunk[] = [];
    let size = isPlain ? Number(length) : 0;
    while (reader !== undefined) {
      const { done, value } = size > limit ? overflow(reader, limit) : await reader.read();
      if (done) break;
      if (!isPlain) size += value.byteLength;
      all.push(value);
    }
    return all;
  };
  const text = async (): Promise<string> => {
    // A function in the place of `fetch` may return a body that is not a stream of the platform.
    if (typeof response.body?.getReader !== "function") {
      const whole = await original.call(response);
      if (whole.length > limit) throw new ResponseLimitError(words(limit));
      return whole;
    }
    const decoder = new TextDecoder();
    const parts = (await chunks()).map((chunk) => decoder.decode(chunk, { stream: true }));
    return parts.join("") + decoder.decode();
  };
  return Object.defineProperties(response, {
    text: { value: text },
    json: { value: async (): Promise<unknown> => JSON.parse(await text()) },
    blob: {
      value: async () => new Blob(await chunks(), { type: headers.get("content-type") ?? "" }),
    },
  });
}

function overflow(reader: ReadableStreamDefaultReader, limit: number): never {
  reader.cancel().catch(() => {});
  throw new ResponseLimitError(words(limit));
}

function words(limit: number): string {
  return `the response is larger than ${limit} bytes (maxResponseBytes)`;
}

import { isBlob } from "./binary.js";
import type { RequestParts } from "./raw-client.js";
import { ValidationError } from "./validation-error.js";

/**
 * Adds an `Accept` header for one media type to a request.
 *
 * @param parseAs - how to read the body. Default: as JSON
 */
export function accepting(
  parts: RequestParts,
  mediaType: string,
  parseAs?: RequestParts["parseAs"],
): RequestParts {
  const header = { ...parts.params?.header, accept: mediaType };
  return {
    ...parts,
    params: { ...parts.params, header },
    ...(parseAs !== undefined && { parseAs }),
  };
}

/** The text of a response; empty if it has no body. */
export function readText(data: unknown): string {
  return typeof data === "string" ? data : "";
}

/** The bytes of a response; none if it has no body. */
export function readBlob(data: unknown): Blob {
  return isBlob(data) ? data : new Blob([]);
}

/**
 * The bytes of a response as they arrive, with backpressure. The call and its timeouts end when the headers have arrived.
 *
 * @param signal - ends the stream, and the connection with it
 */
export function readStream(
  data: unknown,
  signal: AbortSignal | undefined,
): ReadableStream<Uint8Array> {
  const body = data instanceof ReadableStream ? data : new Blob([]).stream();
  return body.pipeThrough(new TransformStream(), signal === undefined ? {} : { signal });
}

/** Parses the JSON of a response that was read as bytes, because its type depends on its status code. */
export async function readJson(data: unknown): Promise<unknown> {
  const text = await readBlob(data).text();
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Without the engine's message: it quotes the body, which may hold a secret.
    throw new ValidationError("JSON", text, undefined, "a string that is not JSON");
  }
}

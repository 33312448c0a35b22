import { ValidationError } from "./validation-error.js";

/** Bytes that a caller gives: a file of a form, or a whole body. */
export type BinaryInput = Exclude<BlobPart, string>;

/** A body of bytes. A stream can be sent once, so that a call with one is not made again. */
export type BinaryBody = BinaryInput | ReadableStream<Uint8Array>;

/**
 * Bytes as a `Blob`, which a request can carry any number of times. Blobs of another realm count by their name.
 *
 * @param key - names the value's place for the error
 */
export function asBlob(value: unknown, key?: string): Blob {
  if (isBlob(value)) return value;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
    // A view of shared memory is none that a Blob takes; the types of views do not tell them apart here.
    return new Blob([value as BinaryInput]);
  }
  throw new ValidationError("a Blob, a File or bytes", value, key);
}

/** Whether a value is a `Blob` or a `File`. */
export function isBlob(value: unknown): value is Blob {
  return /^\[object (Blob|File)\]$/.test(Object.prototype.toString.call(value));
}

/** A body of bytes: a stream as it is, everything else as a `Blob`. */
export function asBinaryBody(value: unknown, key?: string): Blob | ReadableStream<Uint8Array> {
  if (isStream(value)) return value;
  return asBlob(value, key);
}

/** What openapi-fetch is told of a body that is not JSON: it is sent as it stands. */
export function asIs(body: unknown): unknown {
  return body;
}

/** What a request with a body of bytes is told beside it: fetch wants to know that a stream is one. */
export function binaryParts(body: Blob | ReadableStream<Uint8Array> | undefined): BinaryParts {
  const parts = { body, bodySerializer: asIs };
  return isStream(body) ? { ...parts, duplex: "half", once: true } : parts;
}

/** The media type of a body whose contract names only a range of them. */
export function typeOf(body: Blob | ReadableStream<Uint8Array> | undefined): string | undefined {
  if (body === undefined) return undefined;
  return (isBlob(body) && body.type) || "application/octet-stream";
}

/** The parts of a request that carry bytes. */
export interface BinaryParts {
  readonly body: Blob | ReadableStream<Uint8Array> | undefined;
  readonly bodySerializer: (body: unknown) => unknown;
  /** Fetch wants it with a stream (WHATWG Fetch, `RequestInit`). */
  readonly duplex?: "half";
  /** The body can be sent once: there is no other attempt. */
  readonly once?: boolean;
}

function isStream(value: unknown): value is ReadableStream<Uint8Array> {
  return Object.prototype.toString.call(value) === "[object ReadableStream]";
}

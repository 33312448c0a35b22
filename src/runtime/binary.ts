import { ValidationError } from "./validation-error.js";

/** Bytes in an input: a file of a form, or a whole body. */
export type BinaryInput = Exclude<BlobPart, string>;

/** A body of bytes. A stream can be sent once, so that a call with one is not tried again. */
export type BinaryBody = BinaryInput | ReadableStream<Uint8Array>;

/**
 * Bytes as a `Blob`, which can be sent any number of times. Takes blobs of another realm.
 *
 * @param key - names the value's place for the error
 */
export function asBlob(value: unknown, key?: string): Blob {
  if (isBlob(value)) return value;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
    // A Blob takes no view of shared memory, and the types of views do not tell them apart here.
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

/** The body serializer for a body that is not JSON: it is sent unchanged. */
export function asIs(body: unknown): unknown {
  return body;
}

/** The parts of a request with a body of bytes. For a stream, `fetch` requires `duplex`. */
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
  /** Required with a stream (WHATWG Fetch, `RequestInit`). */
  readonly duplex?: "half";
  /** The body can be sent once: there is no other attempt. */
  readonly once?: boolean;
}

function isStream(value: unknown): value is ReadableStream<Uint8Array> {
  return Object.prototype.toString.call(value) === "[object ReadableStream]";
}

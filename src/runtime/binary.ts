import { ValidationError } from "./validation-error.js";

/** Binary data in an input: a file in a form, or a whole body. */
export type BinaryInput = Exclude<BlobPart, string>;

/** A binary body. A stream can be sent only once, so a call with one is not retried. */
export type BinaryBody = BinaryInput | ReadableStream<Uint8Array>;

/**
 * Converts binary data to a `Blob`, which can be sent any number of times. Also accepts blobs of another realm.
 *
 * @param key - names the value's place for the error
 */
export function asBlob(value: unknown, key?: string): Blob {
  if (isBlob(value)) return value;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
    // The constructor of `Blob` refuses views of shared memory, which the types cannot exclude here.
    return new Blob([value as BinaryInput]);
  }
  throw new ValidationError("a Blob, a File or bytes", value, key);
}

/** Whether a value is a `Blob` or a `File`. */
export function isBlob(value: unknown): value is Blob {
  return /^\[object (Blob|File)\]$/.test(Object.prototype.toString.call(value));
}

/** Converts a binary body: a stream stays as it is, everything else becomes a `Blob`. */
export function asBinaryBody(value: unknown, key?: string): Blob | ReadableStream<Uint8Array> {
  if (isStream(value)) return value;
  return asBlob(value, key);
}

/** A body serializer that leaves the body unchanged. */
export function asIs(body: unknown): unknown {
  return body;
}

/** The parts of a request with a binary body. For a stream, `fetch` requires `duplex`. */
export function binaryParts(body: Blob | ReadableStream<Uint8Array> | undefined): BinaryParts {
  const parts = { body, bodySerializer: asIs };
  return isStream(body) ? { ...parts, duplex: "half", once: true } : parts;
}

/**
 * The media type of a body for which the contract has only a range, such as `image/*`, or a type whose parameters the
 * caller knows, such as the boundary of `multipart/mixed`.
 *
 * @param declared - the type in the contract; absent for a range
 */
export function typeOf(
  body: Blob | ReadableStream<Uint8Array> | undefined,
  declared?: string,
): string | undefined {
  if (body === undefined) return undefined;
  const own = isBlob(body) ? body.type : "";
  if (declared === undefined) return own || "application/octet-stream";
  return own.startsWith(`${declared.toLowerCase()};`) ? own : declared;
}

/** The parts of a request that carry bytes. */
export interface BinaryParts {
  readonly body: Blob | ReadableStream<Uint8Array> | undefined;
  readonly bodySerializer: (body: unknown) => unknown;
  /** Required with a stream (WHATWG Fetch, `RequestInit`). */
  readonly duplex?: "half";
  /** The body can be sent only once, so the call is not retried. */
  readonly once?: boolean;
}

function isStream(value: unknown): value is ReadableStream<Uint8Array> {
  return Object.prototype.toString.call(value) === "[object ReadableStream]";
}

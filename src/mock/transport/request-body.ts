import type { Readable } from "node:stream";
import { refuseItself } from "../engine/refusals.js";
import { isJson } from "../engine/request.js";

/** A request body. */
export interface ReadBody {
  /** The parsed JSON, or the string for a type other than JSON. Undefined if there is no body, or it is malformed. */
  readonly value: unknown;
  /** Why the body could not be decoded or parsed; undefined if it could. */
  readonly malformed: string | undefined;
  readonly bytes: number;
}

/** How large a body may be, and how long it may take. */
export interface BodyLimits {
  readonly maxBodyBytes: number;
  /** Milliseconds for all of it to arrive. */
  readonly requestTimeout: number;
}

/**
 * Bytes up to which a body that is too large is still read, and discarded: a client that cannot send its body may not
 * read the response.
 */
const maxDiscardedBytes = 67_108_864;

/**
 * Reads a body to its end.
 *
 * @throws {Refusal} if the body is too large, too slow, or breaks off.
 */
export function readBytes(
  stream: Readable,
  { maxBodyBytes, requestTimeout }: BodyLimits,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (error?: Error): void => {
      clearTimeout(timer);
      if (error !== undefined) reject(error);
      else if (size > maxBodyBytes) reject(tooLarge(maxBodyBytes));
      else resolve(Buffer.concat(chunks));
    };
    const timer = setTimeout(() => end(tooSlow()), requestTimeout);
    stream.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBodyBytes) chunks.push(chunk);
      else chunks.length = 0;
      if (size > maxDiscardedBytes) end();
    });
    stream.once("end", () => end());
    // Every stream emits "close"; creating an error is costly, so do it only for those that closed before their end.
    stream.once("close", () => {
      if (!stream.readableEnded) end(refuseItself(400, "broken_off", "The request broke off"));
    });
  });
}

/** The refusal of a body that is larger than allowed. */
export function tooLarge(maxBodyBytes: number): Error {
  const message = `The body has more than ${maxBodyBytes} bytes, the most that this mock accepts`;
  return refuseItself(413, "body_too_large", message, { connection: "close" });
}

function tooSlow(): Error {
  const message = "The body did not arrive in time";
  return refuseItself(408, "request_timeout", message, { connection: "close" });
}

/** Decodes a body as UTF-8, and parses it if its type is JSON or missing. */
export function parseBody(bytes: Buffer, contentType: string | undefined): ReadBody {
  if (bytes.length === 0) return { value: undefined, malformed: undefined, bytes: 0 };
  const base = { bytes: bytes.length };
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return { ...base, value: undefined, malformed: "is not UTF-8" };
  }
  if (contentType !== undefined && !isJson(contentType)) {
    return { ...base, value: text, malformed: undefined };
  }
  try {
    return { ...base, value: JSON.parse(text), malformed: undefined };
  } catch (error) {
    // V8 quotes the input in its message, and the input may contain a secret.
    const problem = String(error instanceof Error ? error.message : error).replace(
      /,? \.*".*$/s,
      "",
    );
    return { ...base, value: undefined, malformed: `is not JSON: ${problem}` };
  }
}

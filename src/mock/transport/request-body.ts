import type { Readable } from "node:stream";
import { refuseItself } from "../engine/refusals.js";
import { isJson } from "../engine/request.js";

/** A body, as far as it could be read. */
export interface ReadBody {
  /** The JSON, or the text where it is none; undefined without a body. */
  readonly value: unknown;
  /** Why it is not the JSON that its type says; undefined if nothing is wrong. */
  readonly malformed: string | undefined;
  readonly bytes: number;
}

/** How much and how long a body may be. */
export interface BodyLimits {
  readonly maxBodyBytes: number;
  /** Milliseconds for all of it to arrive. */
  readonly requestTimeout: number;
}

/** A body that is too large is read on and thrown away, so that its sender gets to read the response; up to this size. */
const patience = 67_108_864;

/**
 * Reads a body to its end.
 *
 * @throws {Refusal} it is larger than allowed, or does not arrive.
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
      if (size > patience) end();
    });
    stream.once("end", () => end());
    // Every stream closes; the refusal is dear, and made for those that closed before their end.
    stream.once("close", () => {
      if (!stream.readableEnded) end(refuseItself(400, "broken_off", "The request broke off"));
    });
  });
}

/** The refusal of a body that is larger than allowed. */
export function tooLarge(maxBodyBytes: number): Error {
  const message = `The body has more than ${maxBodyBytes} bytes, which is what this mock takes`;
  return refuseItself(413, "body_too_large", message, { connection: "close" });
}

function tooSlow(): Error {
  const message = "The body did not arrive in time";
  return refuseItself(408, "request_timeout", message, { connection: "close" });
}

/** Reads the JSON of a body. */
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
    // The engine quotes what it read, which may be anybody's secret.
    const words = String(error instanceof Error ? error.message : error).replace(/,? \.*".*$/s, "");
    return { ...base, value: undefined, malformed: `is not JSON: ${words}` };
  }
}

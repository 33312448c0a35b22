import { gunzipSync } from "node:zlib";
import { Decompress } from "fzstd";
import { tooLarge } from "./request-body.js";

/** A decoded body, or why it could not be decoded. */
export type DecodedBody =
  | { readonly bytes: Buffer; readonly malformed?: undefined }
  | { readonly bytes?: undefined; readonly malformed: string };

type Decoder = (bytes: Buffer, maxBytes: number) => Buffer;

/** The encodings that the official clients use to compress. */
const decoders: Readonly<Record<string, Decoder>> = { gzip, zstd };

/** Whether {@link decodeBody} can decode this content encoding. */
export function isDecodable(encoding: string | undefined): encoding is string {
  return encoding !== undefined && Object.hasOwn(decoders, encoding.trim().toLowerCase());
}

/**
 * Decodes a body according to its `content-encoding`.
 *
 * @throws {Refusal} if the decoded body has more than `maxBytes`.
 */
export function decodeBody(bytes: Buffer, encoding: string, maxBytes: number): DecodedBody {
  const name = encoding.trim().toLowerCase();
  const decoder = decoders[name];
  if (decoder === undefined || bytes.length === 0) return { bytes };
  try {
    return { bytes: decoder(bytes, maxBytes) };
  } catch (error) {
    if (error instanceof TooMany) throw tooLarge(maxBytes);
    return { malformed: `is not ${name}, which its content-encoding says` };
  }
}

class TooMany extends Error {}

function gzip(bytes: Buffer, maxBytes: number): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    const isTooMany = error instanceof RangeError;
    throw isTooMany ? new TooMany() : error;
  }
}

/** A package, because `node:zlib` decodes Zstandard only from Node.js 22.15 on. */
function zstd(bytes: Buffer, maxBytes: number): Buffer {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let isWhole = false;
  const stream = new Decompress((chunk, isLast) => {
    size += chunk.length;
    if (size > maxBytes) throw new TooMany();
    chunks.push(chunk);
    isWhole ||= isLast ?? false;
  });
  stream.push(bytes, true);
  if (!isWhole) throw new Error("unexpected end");
  return Buffer.concat(chunks);
}

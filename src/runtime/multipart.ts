import { isBlob } from "./binary.js";
import { members } from "./check.js";

/** How one field of a form is sent: OpenAPI's Encoding Object. */
export interface PartEncoding {
  /** Media type of the part. Default: that of a file, `application/json` for an object, none for other values. */
  readonly contentType?: string | undefined;
  /** Headers of the part by name; one that is `undefined` is not sent. */
  readonly headers?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Writes a form as `multipart/form-data` (RFC 7578). Arrays send one part for each item, objects send JSON.
 *
 * It does not use `FormData`, which gives every part with a media type a file name: servers treat such a part as a file.
 *
 * @param values - fields by name; files are blobs
 * @param encoding - fields with an encoding other than the default
 * @throws {ValidationError} if the values are not an object.
 */
export function multipartBody(
  values: unknown,
  encoding: Readonly<Record<string, PartEncoding>> = {},
): Blob {
  const boundary = `form-${crypto.randomUUID()}`;
  const pieces: BlobPart[] = [];
  for (const [name, value] of Object.entries(members(values))) {
    const own = Object.hasOwn(encoding, name) ? encoding[name] : undefined;
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item === undefined || item === null) continue;
      pieces.push(`--${boundary}\r\n${partHeaders(name, item, own)}\r\n`);
      pieces.push(isBlob(item) ? item : asText(item, own?.contentType), "\r\n");
    }
  }
  pieces.push(`--${boundary}--\r\n`);
  return new Blob(pieces, { type: `multipart/form-data; boundary=${boundary}` });
}

function partHeaders(name: string, value: unknown, encoding: PartEncoding = {}): string {
  const file = isBlob(value) ? `; filename="${quoted(fileName(value))}"` : "";
  const lines = [`Content-Disposition: form-data; name="${quoted(name)}"${file}`];
  const type = mediaType(value, encoding.contentType);
  if (type !== undefined) lines.push(`Content-Type: ${type}`);
  for (const [header, text] of Object.entries(encoding.headers ?? {})) {
    if (text === undefined) continue;
    lines.push(`${header}: ${String(text).replace(/[\r\n]+/g, " ")}`);
  }
  return `${lines.join("\r\n")}\r\n`;
}

/** A list of media types, or one with a wildcard, says what the server accepts, not the type of this file. */
function mediaType(value: unknown, declared: string | undefined): string | undefined {
  const one = declared !== undefined && !/[,*]/.test(declared) ? declared : undefined;
  if (isBlob(value)) return value.type || one || "application/octet-stream";
  return one ?? (typeof value === "object" ? "application/json" : undefined);
}

function fileName(file: Blob): string {
  return "name" in file && typeof file.name === "string" ? file.name : "blob";
}

function asText(value: unknown, type = ""): string {
  const isJson = /^[^;]*[/+]json\s*(;|$)/i.test(type);
  return isJson || typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** As browsers escape names in a form (WHATWG HTML, multipart/form-data encoding algorithm). */
function quoted(name: string): string {
  return name.replace(/\r\n|\r|\n/g, "%0D%0A").replaceAll('"', "%22");
}

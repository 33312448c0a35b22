/** JSON pointers as references have them: in the form of a URI fragment (RFC 6901, section 6). */

/** A reference to a place in the same document. Every key is escaped and percent-encoded. */
export function referenceTo(keys: readonly string[]): string {
  return `#${keys.map((key) => `/${encodeKey(key)}`).join("")}`;
}

/** A key in a reference. */
export function encodeKey(key: string): string {
  return encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));
}

/** The key that {@link encodeKey} encodes. */
export function decodeKey(text: string): string {
  return percentDecoded(text).replaceAll("~1", "/").replaceAll("~0", "~");
}

/** Percent-decodes a string. One that is not valid percent-encoding stays unchanged. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

import { InputError } from "./input-error.js";

/** Headers as callers give them. */
export type HeaderRecord = Readonly<Record<string, string>>;

/** What the client says itself: the credential, and how the body is written. */
const reserved: readonly string[] = ["authorization", "content-type"];

/**
 * Checks headers before they are used, so that a wrong one is told from a failed request.
 *
 * @param where - what the headers belong to, for the error
 * @throws {TypeError} names the header that HTTP cannot carry, or that is not for callers to set, never its value.
 */
export function checkHeaders(headers: HeaderRecord, where: string): void {
  if (typeof headers !== "object" || headers === null || Symbol.iterator in headers) {
    throw new InputError(`${where}: expected a plain object of names and texts`);
  }
  for (const [name, value] of Object.entries(headers)) {
    if (reserved.includes(name.toLowerCase())) {
      throw new InputError(`${where}: ${JSON.stringify(name)} cannot be set here`);
    }
    const isText = typeof value === "string";
    try {
      if (isText) new Headers([[name, value]]);
    } catch {
      throw new InputError(`${where}: ${JSON.stringify(name)} is no header that HTTP can carry`);
    }
    if (!isText) throw new InputError(`${where}: ${JSON.stringify(name)}: expected a text`);
  }
}

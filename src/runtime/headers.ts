import { InputError } from "./input-error.js";

/** Headers in options. */
export type HeaderRecord = Readonly<Record<string, string>>;

/** Headers that the client sets itself. */
const reserved: readonly string[] = ["authorization", "content-type"];

/**
 * Checks headers before they are used: a wrong one must not look like a failed request.
 *
 * @param where - what the headers belong to, for the error
 * @throws {TypeError} names the header that is invalid or that cannot be set, never its value.
 */
export function checkHeaders(headers: HeaderRecord, where: string): void {
  if (typeof headers !== "object" || headers === null || Symbol.iterator in headers) {
    throw new InputError(`${where}: expected a plain object of strings`);
  }
  for (const [name, value] of Object.entries(headers)) {
    if (reserved.includes(name.toLowerCase())) {
      throw new InputError(`${where}: ${JSON.stringify(name)} cannot be set here`);
    }
    const isText = typeof value === "string";
    try {
      if (isText) new Headers([[name, value]]);
    } catch {
      throw new InputError(`${where}: ${JSON.stringify(name)} is not a valid header`);
    }
    if (!isText) throw new InputError(`${where}: ${JSON.stringify(name)}: expected a string`);
  }
}

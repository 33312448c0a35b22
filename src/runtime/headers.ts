/** Headers as callers give them. */
export type HeaderRecord = Readonly<Record<string, string>>;

/**
 * Checks headers before they are used, so that a wrong one is told from a failed request.
 *
 * @param where - what the headers belong to, for the error
 * @throws {TypeError} names the header that HTTP cannot carry, never its value.
 */
export function checkHeaders(headers: HeaderRecord, where: string): void {
  if (typeof headers !== "object" || headers === null) {
    throw new TypeError(`${where}: expected an object of names and texts`);
  }
  for (const [name, value] of Object.entries(headers)) {
    const isText = typeof value === "string";
    try {
      if (isText) new Headers([[name, value]]);
    } catch {
      throw new TypeError(`${where}: ${JSON.stringify(name)} is no header that HTTP can carry`);
    }
    if (!isText) throw new TypeError(`${where}: ${JSON.stringify(name)}: expected a text`);
  }
}

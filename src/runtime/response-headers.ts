/** How the headers that a contract declares become values. Generated code imports this where an operation declares some. */
import { ValidationError } from "./validation-error.js";

/** Makes of a header's text what a decoder checks. */
export type HeaderParser = (text: string) => unknown;

/**
 * A header of a response.
 *
 * @param decode - checks it and maps it
 * @param parse - makes a value of its text; by default the text is the value
 * @returns `undefined` where the response does not have it, or has something else there than the contract says: the
 *   call has succeeded, and a header is not worth an error
 */
export function readHeader<Value>(
  headers: Headers,
  name: string,
  decode: (value: unknown) => Value,
  parse: HeaderParser = (text) => text,
): Value | undefined {
  const text = headers.get(name);
  if (text === null) return undefined;
  try {
    return decode(parse(text));
  } catch (error) {
    if (error instanceof ValidationError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A number or a boolean. */
export function headerScalar(text: string): unknown {
  const isScalar = /^(true|false|-?\d+(\.\d+)?(e[+-]?\d+)?)$/i.test(text);
  return isScalar
    ? Number.isNaN(Number(text))
      ? text.toLowerCase() === "true"
      : Number(text)
    : text;
}

/** A timestamp, in RFC 3339 or as HTTP writes dates (RFC 9110 §5.6.7). */
export function headerDate(text: string): unknown {
  const isHttpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text);
  return isHttpDate ? new Date(text).toISOString() : text;
}

/** A list in style `simple`: its items, parted by commas. */
export function headerList(parse: HeaderParser = (text) => text): HeaderParser {
  return (text) => (text === "" ? [] : text.split(",").map((item) => parse(item.trim())));
}

/**
 * An object in style `simple`: `limit,10,left,3`, exploded `limit=10,left=3`.
 *
 * @param parsers - of the members that are not text
 */
export function headerMembers(
  parsers: Readonly<Record<string, HeaderParser>>,
  explode = false,
): HeaderParser {
  return (text) => {
    const parts = text.split(explode ? /[,=]/ : ",").map((part) => part.trim());
    const members = parts.flatMap((name, index): [string, unknown][] => {
      if (index % 2 === 1) return [];
      const value = parts[index + 1] ?? "";
      return [[name, Object.hasOwn(parsers, name) ? parsers[name]?.(value) : value]];
    });
    return Object.fromEntries(members);
  };
}

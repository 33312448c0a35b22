import { ValidationError } from "./validation-error.js";

/** A timestamp in an input: a `Date`, milliseconds since the Unix epoch, or an RFC 3339 string with an offset. */
export type DateInput = Date | number | string;

/** RFC 3339 §5.6 `date-time`: the offset is part of it, so `2027-01-01` and local times do not match. */
const rfc3339 =
  /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;

/** Reads an RFC 3339 `date-time` of a response. Cuts digits after milliseconds, and reads a leap second as the next second. */
export function asDate(value: unknown, key?: string): Date {
  const date = typeof value === "string" ? parseDateTime(value) : undefined;
  if (date === undefined) throw new ValidationError("an RFC 3339 date-time", value, key);
  return date;
}

/** Whether a value is a `Date`, also one of another realm, such as a frame or a test runner. */
export function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === "[object Date]";
}

/** Writes a timestamp as RFC 3339. A string is checked and sent unchanged, with its offset and all its digits. */
export function toDateTime(value: unknown, key?: string): string {
  if (typeof value === "string") {
    if (parseDateTime(value) === undefined) {
      throw new ValidationError(
        "an RFC 3339 date-time with an offset",
        value,
        key,
        JSON.stringify(value),
      );
    }
    return value;
  }
  if (typeof value !== "number" && !isDate(value)) {
    throw new ValidationError("a Date, epoch milliseconds or an RFC 3339 date-time", value, key);
  }
  const date = new Date(value);
  const year = date.getUTCFullYear();
  if (Number.isNaN(year)) throw new ValidationError("a valid date", value, key, "an invalid one");
  if (typeof value === "number" && value >= 1e9 && value < 1e10) {
    const meant = new Date(value * 1000).getUTCFullYear();
    const found = `${value}, which is in ${year}; if it is seconds, in ${meant}, multiply it by 1000, else pass a Date`;
    throw new ValidationError("a date in epoch milliseconds", value, key, found);
  }
  if (year < 0 || year > 9999) {
    throw new ValidationError(
      "a year from 0000 to 9999, all that RFC 3339 can write",
      value,
      key,
      String(year),
    );
  }
  return date.toISOString();
}

/** Reads an RFC 3339 `date-time`; `undefined` for any other string. */
export function parseDateTime(text: string): Date | undefined {
  // Up to the seconds, every part has a fixed place. A listing reads a thousand of these, so nothing is split.
  if (!rfc3339.test(text)) return undefined;
  // `Date` rolls 30 February over to March. Every month has the first 28 days.
  const day = Number(text.slice(8, 10));
  if (day > 28 && new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDate() !== day) return undefined;
  let iso = text.toUpperCase();
  if (iso[19] === ".") iso = iso.replace(/(\.\d{3})\d+/, "$1");
  const isLeap = iso.startsWith("60", 17);
  if (isLeap) iso = iso.replace(":60", ":59");
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return undefined;
  if (!isLeap) return date;
  // Leap seconds are inserted at the end of a day in UTC (RFC 3339 §5.7); `Date` cannot represent them.
  const isLastOfDay = date.getUTCHours() === 23 && date.getUTCMinutes() === 59;
  return isLastOfDay ? new Date(date.getTime() + 1000) : undefined;
}

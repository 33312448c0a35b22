import { asDate } from "../../runtime/dates.js";
import { ValidationError } from "../../runtime/validation-error.js";

// Listings write RFC 3339 in UTC, which has the years 0000 to 9999 only.
const first = Date.parse("0000-01-01T00:00:00Z");
const last = Date.parse("9999-12-31T23:59:59.999Z");

/** Whether RFC 3339 can express a time, given in epoch milliseconds. */
export function isMoment(time: number): boolean {
  return time >= first && time <= last;
}

/**
 * Parses an RFC 3339 `date-time` to epoch milliseconds. Undefined if it is not one, or outside of the years 0000 to
 * 9999.
 */
export function readMoment(text: string): number | undefined {
  try {
    const time = asDate(text).getTime();
    return isMoment(time) ? time : undefined;
  } catch (error) {
    if (error instanceof ValidationError) return undefined;
    throw error;
  }
}

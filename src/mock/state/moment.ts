import { asDate } from "../../runtime/dates.js";
import { ValidationError } from "../../runtime/validation-error.js";

// What RFC 3339 can write in UTC, as listings do: the years 0000 to 9999.
const first = Date.parse("0000-01-01T00:00:00Z");
const last = Date.parse("9999-12-31T23:59:59.999Z");

/** Whether a listing can show a moment of these epoch milliseconds. */
export function isMoment(time: number): boolean {
  return time >= first && time <= last;
}

/** The epoch milliseconds of an RFC 3339 `date-time`; undefined where it is none, or no listing could show it. */
export function readMoment(text: string): number | undefined {
  try {
    const time = asDate(text).getTime();
    return isMoment(time) ? time : undefined;
  } catch (error) {
    if (error instanceof ValidationError) return undefined;
    throw error;
  }
}

import { isMoment, readMoment } from "./moment.js";

/** What time it is for the mock: the real one, one that stands still, or one that is shifted. */
export type ClockSetting =
  | { readonly mode: "real" }
  | {
      readonly mode: "fixed";
      /** RFC 3339, such as `2027-01-01T00:00:00Z`. */
      readonly at: string;
    }
  | {
      readonly mode: "offset";
      /** Added to the real time; what comes of it must lie in the years 0000 to 9999. */
      readonly milliseconds: number;
    };

/** A clock that can be set while it runs. */
export interface Clock {
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly setting: () => ClockSetting;
  /** @throws {TypeError} the setting is none. */
  readonly set: (setting: ClockSetting) => void;
  /**
   * Moves the time on, and leaves a clock that stands still standing.
   *
   * @throws {TypeError} it would leave the years 0000 to 9999.
   */
  readonly advance: (milliseconds: number) => void;
}

/** A clock, at first the real one. */
export function createClock(first: ClockSetting = { mode: "real" }): Clock {
  let [setting, now] = read(first);
  return {
    now: () => now(),
    setting: () => setting,
    set: (next) => {
      [setting, now] = read(next);
    },
    advance: (milliseconds) => {
      [setting, now] = read(advanced(setting, now(), milliseconds));
    },
  };
}

function advanced(setting: ClockSetting, now: number, milliseconds: number): ClockSetting {
  if (setting.mode !== "fixed") {
    const before = setting.mode === "offset" ? setting.milliseconds : 0;
    return { mode: "offset", milliseconds: before + milliseconds };
  }
  const time = now + milliseconds;
  if (Number.isInteger(milliseconds) && isMoment(time)) {
    return { mode: "fixed", at: new Date(time).toISOString() };
  }
  throw new TypeError(
    "clock: expected an integer of milliseconds that leads to a year from 0000 to 9999",
  );
}

/** A setting, without what does not belong to it, and the time by it. */
function read(setting: ClockSetting): [ClockSetting, () => number] {
  const { mode } = setting;
  if (mode === "real") return [{ mode }, Date.now];
  if (mode === "fixed") {
    const { at } = setting;
    const time = readMoment(at);
    if (time !== undefined) return [{ mode, at }, () => time];
  }
  if (mode === "offset") {
    const { milliseconds } = setting;
    if (Number.isSafeInteger(milliseconds) && isMoment(Date.now() + milliseconds)) {
      return [{ mode, milliseconds }, () => Date.now() + milliseconds];
    }
  }
  throw new TypeError(
    'clock: expected { mode: "real" }, { mode: "fixed", at: an RFC 3339 date-time with an offset } or { mode: "offset", milliseconds: an integer that leads to a year from 0000 to 9999 }',
  );
}

import { isMoment, readMoment } from "./moment.js";

/** The mock's time: real, fixed, or at an offset from real time. */
export type ClockSetting =
  | { readonly mode: "real" }
  | {
      readonly mode: "fixed";
      /** An RFC 3339 timestamp, such as `2027-01-01T00:00:00Z`. */
      readonly at: string;
    }
  | {
      readonly mode: "offset";
      /** Milliseconds added to real time. The result must be in the years 0000 to 9999. */
      readonly milliseconds: number;
    };

/** A clock that can be set while it runs. */
export interface Clock {
  /** The mock's time in epoch milliseconds. */
  readonly now: () => number;
  readonly setting: () => ClockSetting;
  /** @throws {TypeError} if the setting is not valid. */
  readonly set: (setting: ClockSetting) => void;
  /**
   * Moves the time forward. A fixed clock stays fixed.
   *
   * @throws {TypeError} if the time would leave the years 0000 to 9999.
   */
  readonly advance: (milliseconds: number) => void;
}

/** Creates a clock. Default: real time. */
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
    "clock: expected an integer number of milliseconds, to a time in the years 0000 to 9999",
  );
}

/** Reads a setting without its unknown properties, and the function that gives the time by it. */
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
    'clock: expected { mode: "real" }, { mode: "fixed", at: an RFC 3339 date-time with an offset } or { mode: "offset", milliseconds: an integer, to a time in the years 0000 to 9999 }',
  );
}

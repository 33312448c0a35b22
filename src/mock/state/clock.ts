/** What time it is for the mock: the real one, one that stands still, or one that is shifted. */
export type ClockSetting =
  | { readonly mode: "real" }
  | {
      readonly mode: "fixed";
      /** RFC 3339, such as `2027-01-01T00:00:00Z`. */
      readonly at: string;
    }
  | { readonly mode: "offset"; readonly milliseconds: number };

/** A clock that can be set while it runs. */
export interface Clock {
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly setting: () => ClockSetting;
  /** @throws {TypeError} the setting is none. */
  readonly set: (setting: ClockSetting) => void;
}

/** A clock, at first the real one. */
export function createClock(first: ClockSetting = { mode: "real" }): Clock {
  let setting = checkSetting(first);
  return {
    now: () => {
      if (setting.mode === "fixed") return Date.parse(setting.at);
      return Date.now() + (setting.mode === "offset" ? setting.milliseconds : 0);
    },
    setting: () => setting,
    set: (next) => {
      setting = checkSetting(next);
    },
  };
}

function checkSetting(setting: ClockSetting): ClockSetting {
  const { mode } = setting;
  if (mode === "real") return { mode };
  if (mode === "fixed" && typeof setting.at === "string" && !Number.isNaN(Date.parse(setting.at))) {
    return { mode, at: setting.at };
  }
  if (mode === "offset" && Number.isSafeInteger(setting.milliseconds)) {
    return { mode, milliseconds: setting.milliseconds };
  }
  throw new TypeError(
    'clock: expected { mode: "real" }, { mode: "fixed", at: an RFC 3339 date-time } or { mode: "offset", milliseconds: an integer }',
  );
}

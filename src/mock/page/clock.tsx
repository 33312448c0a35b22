import type { TargetedSubmitEvent, VNode } from "preact";
import type { ClockSetting } from "../control/models/clock-setting.js";
import type { TimedPanelProps } from "./use-mock.js";

const steps = [
  ["1 minute", 60_000],
  ["1 hour", 3_600_000],
  ["1 day", 86_400_000],
  ["30 days", 2_592_000_000],
] as const;

/** Shows the clock of a session, and lets you stop it, move it, and return to real time. */
export function ClockPanel({ access, session, state, now, act }: TimedPanelProps): VNode {
  const { clock } = state;
  const mockSession = session;
  const set = (body: ClockSetting): Promise<boolean> =>
    act(() => access.control.putClock({ mockSession, body }));
  const advance = (milliseconds: number): Promise<boolean> =>
    act(() => access.control.advanceClock({ mockSession, milliseconds }));
  const fix = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const at = String(new FormData(event.currentTarget).get("at"));
    set({ mode: "fixed", at: new Date(`${at}:00Z`) });
  };
  return (
    <section id="clock" aria-labelledby="clock-title">
      <h2 id="clock-title">Clock</h2>
      <p>
        <strong class="time">{new Date(now).toISOString().slice(0, 19).replace("T", " ")}</strong>{" "}
        UTC, {words[clock.mode] ?? clock.mode}
      </p>
      <p class="buttons">
        <button type="button" class="small" onClick={() => set({ mode: "real" })}>
          Real time
        </button>
        <button
          type="button"
          class="small"
          onClick={() => set({ mode: "fixed", at: new Date(now) })}
        >
          Stop now
        </button>
        {steps.map(([name, milliseconds]) => (
          <button
            key={name}
            type="button"
            class="small secondary"
            onClick={() => advance(milliseconds)}
          >
            + {name}
          </button>
        ))}
        <button type="button" class="small secondary" onClick={() => advance(-3_600_000)}>
          − 1 hour
        </button>
      </p>
      <form onSubmit={fix} aria-label="Stop the clock at a time" class="row">
        <label>
          Time, in UTC
          <input name="at" type="datetime-local" required />
        </label>
        <button type="submit" class="small">
          Stop at this time
        </button>
      </form>
    </section>
  );
}

const words: { readonly [mode: string]: string } = {
  real: "real time",
  fixed: "stopped",
  offset: "running, at an offset from real time",
};

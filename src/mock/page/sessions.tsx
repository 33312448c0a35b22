import type { VNode } from "preact";
import type { PanelProps, Snapshot } from "./use-mock.js";

/** Lists all sessions, and lets you choose, reset and end them. */
export function Sessions({
  access,
  session,
  sessions,
  act,
  onChosen,
  onEnded,
}: PanelProps & {
  readonly sessions: Snapshot["sessions"];
  readonly onChosen: (session: string) => void;
  /** Called when the shown session is to be ended. */
  readonly onEnded: (session: string) => void;
}): VNode {
  const { stateless } = access.settings;
  const end = async (name: string): Promise<void> => {
    // Reading the shown session after its end would create it again.
    if (name === session) onEnded(name);
    else await act(() => access.control.endSession({ mockSession: name }));
  };
  const reset = async (name: string): Promise<void> => {
    await act(() => access.control.resetSession({ mockSession: name }));
    // After a reset, the page has to follow the new journal.
    if (name === session) onChosen(name);
  };
  return (
    <section id="sessions" aria-labelledby="sessions-title">
      <h2 id="sessions-title">Sessions</h2>
      <p>
        Requests with the header <code>mock-session: NAME</code> have a{" "}
        {stateless ? "journal and a verdict" : "state, a clock, faults, a journal and a verdict"} of
        their own.
      </p>
      <ul class="cards" aria-label="Sessions">
        {sessions.map(({ name, tokens, requests, now }) => (
          <li key={name} class="row">
            <label>
              <input
                type="radio"
                name="session"
                checked={name === session}
                onChange={() => onChosen(name)}
              />
              <strong>{name}</strong>
            </label>
            <span>
              {tokens !== undefined && `${counted(tokens, "token")}, `}
              {counted(requests, "request")}
              {!stateless && `, ${now.toISOString().slice(0, 16).replace("T", " ")}`}
            </span>
            <span class="buttons">
              <button
                type="button"
                class="small secondary"
                aria-label={`Reset ${name}`}
                onClick={() => reset(name)}
              >
                Reset
              </button>
              {name !== "default" && (
                <button
                  type="button"
                  class="small danger"
                  aria-label={`End ${name}`}
                  onClick={() => end(name)}
                >
                  End
                </button>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

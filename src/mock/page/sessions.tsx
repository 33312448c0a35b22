import type { VNode } from "preact";
import type { PanelProps } from "./use-mock.js";

/** All sessions: which one the page shows, and the end or reset of each. */
export function Sessions({
  access,
  session,
  snapshot,
  act,
  onChosen,
  onEnded,
}: PanelProps & {
  readonly onChosen: (session: string) => void;
  /** The session that is shown is to end. */
  readonly onEnded: (session: string) => void;
}): VNode {
  const end = async (name: string): Promise<void> => {
    // To read the one that is shown would make it anew.
    if (name === session) onEnded(name);
    else await act(() => access.control.endSession({ mockSession: name }));
  };
  const reset = async (name: string): Promise<void> => {
    await act(() => access.control.resetSession({ mockSession: name }));
    // The journal of the one that is shown is another one now.
    if (name === session) onChosen(name);
  };
  return (
    <section id="sessions" aria-labelledby="sessions-title">
      <h2 id="sessions-title">Sessions</h2>
      <p>
        Requests with the header <code>mock-session: NAME</code> share tokens, clock, faults and
        journal, and see those of no other.
      </p>
      <ul class="cards" aria-label="Sessions">
        {snapshot.sessions.map(({ name, tokens, requests, now }) => (
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
              {tokens} tokens, {requests} requests, {now.toISOString().slice(0, 16)}
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

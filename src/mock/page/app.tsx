import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { MockAccess } from "./access.js";
import { ClockPanel } from "./clock.js";
import { Faults } from "./faults.js";
import { Journal } from "./journal.js";
import { Reference } from "./reference.js";
import { Sessions } from "./sessions.js";
import { Start } from "./start.js";
import { Tokens } from "./tokens.js";
import { type StateSnapshot, useMock } from "./use-mock.js";
import { VerdictPanel } from "./verdict.js";

const tabs = ["start", "tokens", "faults", "clock", "sessions", "verdict", "reference"] as const;
type Tab = (typeof tabs)[number];

/** Tabs of what a mock that answers with examples does not have. */
const tabsOfState: readonly Tab[] = ["tokens", "faults", "clock"];

/** The whole page: a banner, a tab, and the request log next to it. */
export function App({ access }: { readonly access: MockAccess }): VNode {
  const [session, setSession] = useState({ name: "default", since: 0 });
  const { name } = session;
  const { settings } = access;
  const shown = tabs.filter((one) => !settings.stateless || !tabsOfState.includes(one));
  const tab = useTab(shown);
  const choose = (chosen: string): void =>
    setSession(({ since }) => ({ name: chosen, since: since + 1 }));
  const end = async (ended: string): Promise<void> => {
    choose("default");
    await access.control.endSession({ mockSession: ended }).catch(() => {});
    choose("default");
  };
  return (
    <>
      <header>
        <p class="banner">
          {settings.isForeign ? (
            <>
              <strong>This is a mock of {settings.served}.</strong> Nothing here is real: it answers
              with examples of the document.
            </>
          ) : (
            <>
              <strong>This is a mock of S2.</strong> Nothing here is real: its tokens open nothing,
              and all is gone when it stops.
            </>
          )}
        </p>
        <nav aria-label="Tabs">
          <ul>
            {shown.map((one) => (
              <li key={one}>
                <a href={`#${one}`} {...(one === tab && { "aria-current": "page" as const })}>
                  {one.charAt(0).toUpperCase() + one.slice(1)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <Session
        // A new key after a reset, so that the page follows the session's new journal.
        key={`${name} ${session.since}`}
        access={access}
        session={name}
        tab={tab}
        onChosen={choose}
        onEnded={end}
      />
    </>
  );
}

function Session({
  access,
  session,
  tab,
  onChosen,
  onEnded,
}: {
  readonly access: MockAccess;
  readonly session: string;
  readonly tab: Tab;
  readonly onChosen: (session: string) => void;
  readonly onEnded: (session: string) => void;
}): VNode {
  const { snapshot, records, problem, act } = useMock(access, session);
  const state = snapshot?.state;
  const now = useClock(state);
  const shared = { access, session, act };
  return (
    <main>
      {problem !== undefined && <p role="alert">{problem}</p>}
      <p class="session">
        Session <strong>{session}</strong>
      </p>
      <div class="panels">
        <div>
          {tab === "start" && <Start settings={access.settings} />}
          {tab === "reference" && <Reference settings={access.settings} session={session} />}
          {state !== undefined && (
            <>
              {tab === "tokens" && <Tokens {...shared} state={state} now={now} />}
              {tab === "faults" && <Faults {...shared} state={state} />}
              {tab === "clock" && <ClockPanel {...shared} state={state} now={now} />}
            </>
          )}
          {snapshot !== undefined && (
            <>
              {tab === "sessions" && (
                <Sessions
                  {...shared}
                  sessions={snapshot.sessions}
                  onChosen={onChosen}
                  onEnded={onEnded}
                />
              )}
              {tab === "verdict" && <VerdictPanel snapshot={snapshot} />}
            </>
          )}
        </div>
        <Journal {...shared} records={records} onCleared={() => onChosen(session)} />
      </div>
    </main>
  );
}

/** The tab in the fragment of the page's URL. */
function useTab(shown: readonly Tab[]): Tab {
  const read = (): Tab => shown.find((one) => `#${one}` === location.hash) ?? "start";
  const [tab, setTab] = useState(read);
  useEffect(() => {
    const follow = (): void => setTab(read());
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return tab;
}

/** The session's time in epoch milliseconds, updated each second. */
function useClock(state: StateSnapshot | undefined): number {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  if (state === undefined) return Date.now();
  const { clock, readAt } = state;
  const read = "now" in clock && clock.now instanceof Date ? clock.now.getTime() : readAt;
  return clock.mode === "fixed" ? read : read + Date.now() - readAt;
}

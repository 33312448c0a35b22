import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Clock } from "../control/models/clock.js";
import type { FaultPlan } from "../control/models/fault-plan.js";
import type { RequestRecord } from "../control/models/request-record.js";
import type { SessionInfo } from "../control/models/session-info.js";
import type { Token } from "../control/models/token.js";
import type { Verdict } from "../control/models/verdict.js";
import type { MockAccess } from "./access.js";

/** The state of a session. */
export interface Snapshot {
  /** Undefined where the mock answers with examples and keeps none. */
  readonly state: StateSnapshot | undefined;
  readonly sessions: readonly SessionInfo[];
  readonly verdict: Verdict;
}

/** What the mock remembers for a session, beside its requests. */
export interface StateSnapshot {
  readonly tokens: readonly Token[];
  readonly clock: Clock;
  /** When the clock was read, in epoch milliseconds of this machine. */
  readonly readAt: number;
  readonly faults: FaultPlan;
}

/** A session of the mock, as the page shows it. */
export interface MockView {
  /** Undefined until it is loaded. */
  readonly snapshot: Snapshot | undefined;
  /** Request records, newest first. */
  readonly records: readonly RequestRecord[];
  /** A message about the last failure, if any. */
  readonly problem: string | undefined;
  /** Does some work, shows its error if it fails, and reloads the session. Resolves to whether the work succeeded. */
  readonly act: (work: () => Promise<unknown>) => Promise<boolean>;
}

/** Properties of every panel that changes a session. */
export interface PanelProps {
  readonly access: MockAccess;
  /** The name of the session. */
  readonly session: string;
  readonly act: MockView["act"];
}

/** The same for a panel that shows a state. */
export interface StatePanelProps extends PanelProps {
  readonly state: StateSnapshot;
}

/** Properties of a panel that also shows times. */
export interface TimedPanelProps extends StatePanelProps {
  /** Epoch milliseconds of the mock's clock. */
  readonly now: number;
}

/** How many requests are shown. */
const mostRecords = 200;
/** Milliseconds without a new request before the page reloads the session, so that a burst causes one reload. */
const reloadDelay = 150;

/** Loads a session and keeps it up to date. */
export function useMock({ control, settings }: MockAccess, session: string): MockView {
  const { stateless } = settings;
  const [snapshot, setSnapshot] = useState<Snapshot | undefined>(undefined);
  const [records, setRecords] = useState<readonly RequestRecord[]>([]);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const latest = useRef(0);

  const read = useCallback(async (): Promise<void> => {
    latest.current += 1;
    const own = latest.current;
    const mockSession = session;
    const readState = async (): Promise<StateSnapshot> => {
      const [{ tokens }, clock, faults] = await Promise.all([
        control.getState({ mockSession }),
        control.getClock({ mockSession }),
        control.getFaults({ mockSession }),
      ]);
      return { tokens, clock, readAt: Date.now(), faults };
    };
    const [state, { sessions }, verdict] = await Promise.all([
      stateless ? undefined : readState(),
      control.listSessions(),
      control.getVerdict({ session }),
    ]);
    // The responses of an older call may arrive later.
    if (own !== latest.current) return;
    setSnapshot({ state, sessions, verdict });
  }, [control, session, stateless]);

  useEffect(() => {
    const ending = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const readSoon = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => read().catch(() => {}), reloadDelay);
    };
    const follow = async (): Promise<void> => {
      setRecords([]);
      const events = await control.followJournal(
        { mockSession: session },
        { signal: ending.signal },
      );
      await read();
      setProblem(undefined);
      for await (const { data } of events) {
        setRecords((known) => [data, ...known].slice(0, mostRecords));
        readSoon();
      }
    };
    const keepFollowing = async (): Promise<void> => {
      while (!ending.signal.aborted) {
        await follow().catch(() => {});
        if (ending.signal.aborted) return;
        setProblem("The mock does not respond. The page tries again every second.");
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    };
    keepFollowing();
    return () => {
      clearTimeout(timer);
      ending.abort();
    };
  }, [control, session, read]);

  const act = useCallback(
    async (work: () => Promise<unknown>): Promise<boolean> => {
      try {
        await work();
        setProblem(undefined);
        return true;
      } catch (error) {
        setProblem(messageOf(error));
        return false;
      } finally {
        await read().catch(() => {});
      }
    },
    [read],
  );
  return { snapshot, records, problem, act };
}

/** The message of an error; if the mock refused a request, the message in its response. */
function messageOf(error: unknown): string {
  const { body, message }: { readonly body?: unknown; readonly message?: unknown } = Object(error);
  const sent: unknown = Object(body).message;
  return String(typeof sent === "string" ? sent : (message ?? error));
}

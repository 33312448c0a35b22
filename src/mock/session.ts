import { encodeIssueAccessTokenRequest } from "../../generated/models/issue-access-token-request.js";
import { refuseItself } from "./engine/refusals.js";
import { createFaultChooser, type FaultChooser, type FaultPlan } from "./faults/plan.js";
import type { MockLimits } from "./limits.js";
import type { SeedToken } from "./options.js";
import type { RequestRecord } from "./record.js";
import { type Account, createAccount } from "./state/account.js";
import { type Clock, type ClockSetting, createClock } from "./state/clock.js";
import type { MockRules } from "./state/rules.js";

/** The header by which a request chooses its session. */
export const sessionHeader: string = "mock-session";

/** The session of requests that choose none. */
export const defaultSession: string = "default";

/** What one group of requests shares, and no other sees. */
export interface Session {
  readonly name: string;
  readonly account: Account;
  readonly clock: Clock;
  readonly faults: FaultChooser;
  /** Its requests, the oldest first, as many as are kept. */
  readonly journal: RequestRecord[];
  /** Back to how it started: its tokens, its clock and its faults, with an empty journal. */
  readonly reset: () => void;
}

/** All sessions, made when they are first asked for. */
export interface Sessions {
  /** @throws {Refusal} the name is none, or there are too many. */
  readonly get: (name: string | undefined) => Session;
}

/** What every session starts with. */
export interface SessionOptions {
  readonly rootToken: string;
  readonly rules: MockRules;
  readonly limits: MockLimits;
  readonly clock: ClockSetting | undefined;
  readonly tokens: readonly SeedToken[];
  readonly faults: FaultPlan | undefined;
}

/** @throws {TypeError} a seed token is not what the contract says, or breaks a rule. */
export function createSessions(options: SessionOptions): Sessions {
  const sessions = new Map<string, Session>();
  const get = (name: string = defaultSession): Session => {
    const known = sessions.get(name);
    if (known !== undefined) return known;
    if (!/^[\w.-]{1,64}$/.test(name)) {
      throw refuseItself(
        400,
        "bad_session",
        `The header ${sessionHeader} takes 1 to 64 letters, digits, dots, hyphens and underscores`,
      );
    }
    const { maxSessions } = options.limits;
    if (sessions.size >= maxSessions) {
      throw refuseItself(429, "too_many_sessions", `There are ${maxSessions} sessions already`);
    }
    const session = createSession(name, options);
    sessions.set(name, session);
    return session;
  };
  // A mistake in the seed is one of the start, not of the first request.
  get();
  return { get };
}

function createSession(name: string, options: SessionOptions): Session {
  const { rootToken, rules, limits, tokens } = options;
  const clock = createClock(options.clock);
  const { maxTokens } = limits;
  const account = createAccount({ rootToken, rules, now: clock.now, maxTokens });
  const start = clock.setting();
  const faults = createFaultChooser(options.faults);
  const plan = faults.plan();
  const journal: RequestRecord[] = [];
  const reset = (): void => {
    clock.set(start);
    faults.set(plan);
    journal.length = 0;
    account.replace({ tokens: [], spent: [], issued: 0 });
    const root = account.authenticate(rootToken);
    for (const [index, { accessToken, ...token }] of tokens.entries()) {
      try {
        account.issue(root, encodeIssueAccessTokenRequest(token), accessToken);
      } catch (cause) {
        const words = cause instanceof Error ? cause.message : String(cause);
        throw new TypeError(`tokens[${index}]: ${words}`, { cause });
      }
    }
  };
  reset();
  return { name, account, clock, faults, journal, reset };
}

import { encodeIssueAccessTokenRequest } from "../../generated/models/issue-access-token-request.js";
import type { Contract } from "./engine/contract.js";
import { refuseItself } from "./engine/refusals.js";
import type { FaultPlan } from "./faults/plan.js";
import { createPlanRunner, type PlanRunner } from "./faults/plan-runner.js";
import type { MockLimits } from "./limits.js";
import { createJournals, type Journal } from "./log/journal.js";
import type { SeedToken } from "./options.js";
import { type Account, createAccount, type Room } from "./state/account.js";
import { type Clock, type ClockSetting, createClock } from "./state/clock.js";
import type { IssueRequest } from "./state/issue.js";
import type { MockRules } from "./state/rules.js";
import type { Coverage } from "./verdict/coverage.js";

/** The request header that names a session. */
export const sessionHeader: string = "mock-session";

/** The name of the session of requests without {@link sessionHeader}. */
export const defaultSession: string = "default";

/** A state that the requests of one session share, separate from all others. */
export interface Session {
  readonly name: string;
  readonly account: Account;
  readonly clock: Clock;
  readonly faults: PlanRunner;
  readonly journal: Journal;
  /** What its requests exercised of the contract. */
  readonly coverage: Coverage;
  /** Restores the first tokens, clock and faults, and empties the journal and verdict. */
  readonly reset: () => void;
}

/** All sessions. */
export interface Sessions {
  /**
   * Finds a session, or creates it.
   *
   * @throws {Refusal} if the name is not valid, or there are too many sessions.
   */
  readonly get: (name: string | undefined) => Session;
  /** All existing sessions, oldest first. */
  readonly all: () => readonly Session[];
  /** Removes a session if it exists. The default session is reset instead. */
  readonly end: (name: string | undefined) => void;
}

/** Options of {@link createSessions}: limits, and the initial state of each session. */
export interface SessionOptions {
  readonly rootToken: string;
  readonly rules: MockRules;
  readonly limits: MockLimits;
  readonly clock: ClockSetting | undefined;
  readonly tokens: readonly SeedToken[];
  readonly faults: FaultPlan | undefined;
  /** Gives the contract that is served, to check fault plans against. */
  readonly contract: () => Contract;
  readonly newCoverage: () => Coverage;
}

/**
 * Creates the sessions, and the default one in them.
 *
 * @throws {TypeError} if a seed token violates the contract or a rule.
 */
export function createSessions(options: SessionOptions): Sessions {
  const sessions = new Map<string, Session>();
  const { maxSessions, maxStateBytes } = options.limits;
  const room = { bytes: maxStateBytes, used: 0 };
  const journals = createJournals(options.limits);
  const get = (name: string = defaultSession): Session => {
    const known = sessions.get(name);
    if (known !== undefined) return known;
    if (!/^[\w.-]{1,64}$/.test(name)) {
      throw refuseItself(
        400,
        "bad_session",
        `The header ${sessionHeader} must have 1 to 64 letters, digits, dots, hyphens and underscores`,
      );
    }
    if (sessions.size >= maxSessions) {
      throw refuseItself(
        429,
        "too_many_sessions",
        `There are ${maxSessions} sessions already; end some with DELETE /__mock/session, or raise the limit maxSessions`,
      );
    }
    const journal = journals.open();
    try {
      const session = createSession(name, options, room, journal, sessions.size > 0);
      sessions.set(name, session);
      return session;
    } catch (error) {
      journals.close(journal);
      throw error;
    }
  };
  // A wrong seed should fail the start, not the first request.
  get();
  return {
    get,
    all: () => [...sessions.values()],
    end: (name = defaultSession) => {
      const session = sessions.get(name);
      if (name === defaultSession) return session?.reset();
      if (session === undefined) return;
      session.account.replace({ tokens: [], spent: [], issued: 0 });
      journals.close(session.journal);
      sessions.delete(name);
    },
  };
}

/** @param isLater - whether a session was created from the same options before */
function createSession(
  name: string,
  options: SessionOptions,
  room: Room,
  journal: Journal,
  isLater: boolean,
): Session {
  const { rootToken, rules, limits, tokens } = options;
  const clock = createClock(options.clock);
  const { maxTokens } = limits;
  const { now } = clock;
  const account = createAccount({ rootToken, rules, now, maxTokens, room, realm: name });
  const start = clock.setting();
  const coverage = options.newCoverage();
  const faults = createPlanRunner(options.faults, options.contract, { isKnown: isLater });
  const seed = (): void => {
    account.replace({ tokens: [], spent: [], issued: 0 });
    const root = account.authenticate(rootToken);
    for (const [index, { accessToken, ...token }] of tokens.entries()) {
      try {
        // A cast: the encoder's output has this type by the contract.
        const request = encodeIssueAccessTokenRequest(token) as IssueRequest;
        account.issue(root, request, accessToken);
      } catch (cause) {
        const message = `tokens[${index}]: ${cause instanceof Error ? cause.message : cause}`;
        // The options are valid if they made a session before, so only the limits can have failed.
        throw isLater ? refuseItself(429, "no_room", message) : new TypeError(message, { cause });
      }
    }
  };
  const reset = (): void => {
    const [state, setting] = [account.state(), clock.setting()];
    try {
      clock.set(start);
      seed();
    } catch (error) {
      // If the reset fails, the session keeps its state.
      account.replace(state);
      clock.set(setting);
      throw error;
    }
    faults.restart();
    journal.clear();
    coverage.clear();
  };
  reset();
  return { name, account, clock, faults, journal, coverage, reset };
}

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

/** The header by which a request chooses its session. */
export const sessionHeader: string = "mock-session";

/** The session of requests that choose none. */
export const defaultSession: string = "default";

/** What one group of requests shares, and no other sees. */
export interface Session {
  readonly name: string;
  readonly account: Account;
  readonly clock: Clock;
  readonly faults: PlanRunner;
  readonly journal: Journal;
  /** What its requests exercised of the contract. */
  readonly coverage: Coverage;
  /** Back to how it started: its tokens, its clock and its faults, with an empty journal and verdict. */
  readonly reset: () => void;
}

/** All sessions, made when they are first asked for. */
export interface Sessions {
  /** @throws {Refusal} the name is none, or there are too many. */
  readonly get: (name: string | undefined) => Session;
  /** All that there are, the oldest first. */
  readonly all: () => readonly Session[];
  /** Forgets a session, if there is one; that of requests that choose none is reset. */
  readonly end: (name: string | undefined) => void;
}

/** What every session starts with. */
export interface SessionOptions {
  readonly rootToken: string;
  readonly rules: MockRules;
  readonly limits: MockLimits;
  readonly clock: ClockSetting | undefined;
  readonly tokens: readonly SeedToken[];
  readonly faults: FaultPlan | undefined;
  /** The contract that is served, for the plans of faults. */
  readonly contract: () => Contract;
  readonly newCoverage: () => Coverage;
}

/** @throws {TypeError} a seed token is not what the contract says, or breaks a rule. */
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
        `The header ${sessionHeader} takes 1 to 64 letters, digits, dots, hyphens and underscores`,
      );
    }
    if (sessions.size >= maxSessions) {
      throw refuseItself(
        429,
        "too_many_sessions",
        `There are ${maxSessions} sessions already; end some by DELETE /__mock/session, or raise the limit maxSessions`,
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
  // A mistake in the seed is one of the start, not of the first request.
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

/** @param isLater - the seed and the plan of faults have made a session before. */
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
        // What the encoder has written is what the contract says.
        const request = encodeIssueAccessTokenRequest(token) as IssueRequest;
        account.issue(root, request, accessToken);
      } catch (cause) {
        const words = `tokens[${index}]: ${cause instanceof Error ? cause.message : cause}`;
        // What made a session before fails for want of room only, which others have.
        throw isLater ? refuseItself(429, "no_room", words) : new TypeError(words, { cause });
      }
    }
  };
  const reset = (): void => {
    const [state, setting] = [account.state(), clock.setting()];
    try {
      clock.set(start);
      seed();
    } catch (error) {
      // All of it, or nothing.
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

/** Limits that keep a client from overloading the mock. Beyond them, the mock refuses requests and says why. */
export interface MockLimits {
  /** Bytes of a request's body. Default 1 MiB. */
  readonly maxBodyBytes: number;
  /** Bytes of a request's headers, with the request line. Default 16 KiB. */
  readonly maxHeaderBytes: number;
  /** Milliseconds for a whole request to arrive. Default 30 seconds. */
  readonly requestTimeout: number;
  /** Milliseconds for a request's headers to arrive. Default 10 seconds. */
  readonly headersTimeout: number;
  /** Milliseconds that a client may take without reading any of a response. Default 30 seconds. */
  readonly answerTimeout: number;
  /** Milliseconds for open requests to finish when the mock stops. Default 10 seconds. */
  readonly stopTimeout: number;
  /**
   * Bytes of open requests and unread responses, of all connections together. Beyond this, the mock closes the
   * connections that hold most. Default 32 MiB.
   */
  readonly maxPendingBytes: number;
  /** Tokens in one session. Default 10 000. */
  readonly maxTokens: number;
  /** Bytes of the tokens of all sessions, as JSON. Default 16 MiB. */
  readonly maxStateBytes: number;
  /** Sessions. Default 1 000. */
  readonly maxSessions: number;
  /** Requests in the journal of a session, which drops the oldest. Default 1 000. */
  readonly maxJournal: number;
  /** Bytes of the journals of all sessions. Beyond this, the largest one drops its oldest requests. Default 16 MiB. */
  readonly maxJournalBytes: number;
}

/** The default of each limit. */
export const defaultLimits: MockLimits = {
  maxBodyBytes: 1_048_576,
  maxHeaderBytes: 16_384,
  requestTimeout: 30_000,
  headersTimeout: 10_000,
  answerTimeout: 30_000,
  stopTimeout: 10_000,
  maxPendingBytes: 33_554_432,
  maxTokens: 10_000,
  maxStateBytes: 16_777_216,
  maxSessions: 1_000,
  maxJournal: 1_000,
  maxJournalBytes: 16_777_216,
};

/** A timer of more than 24 days would fire at once, and some are set to sums and multiples of these limits. */
const day = 86_400_000;

/** The maximum of each limit. */
const bounds: MockLimits = {
  // As much as the mock reads of a body that is too large.
  maxBodyBytes: 67_108_864,
  // HTTP/2 sends it as a 32-bit number; this is far below.
  maxHeaderBytes: 16_777_216,
  requestTimeout: day,
  headersTimeout: day,
  answerTimeout: day,
  stopTimeout: day,
  maxPendingBytes: 1_073_741_824,
  maxTokens: 10_000_000,
  // The control sends all tokens of a session in one string, and V8 limits strings to half a gigabyte.
  maxStateBytes: 134_217_728,
  maxSessions: 1_000_000,
  maxJournal: 1_000_000,
  maxJournalBytes: 1_073_741_824,
};

/**
 * Checks limits and adds the defaults.
 *
 * @throws {TypeError} if a limit is unknown, not a positive integer, or too large.
 */
export function readLimits(given: Partial<MockLimits> = {}): MockLimits {
  const limits = { ...defaultLimits };
  for (const [name, value] of Object.entries(given)) {
    if (!isLimit(name)) {
      throw new TypeError(
        `limits.${name}: no such limit; expected one of ${Object.keys(defaultLimits).join(", ")}`,
      );
    }
    if (value === undefined) continue;
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new TypeError(`limits.${name}: expected a positive integer, found ${value}`);
    }
    if (value > bounds[name]) {
      throw new TypeError(`limits.${name}: expected at most ${bounds[name]}, found ${value}`);
    }
    Object.assign(limits, { [name]: value });
  }
  return limits;
}

function isLimit(name: string): name is keyof MockLimits {
  return Object.hasOwn(defaultLimits, name);
}

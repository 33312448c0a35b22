/** How much the mock takes, so that no client can bring it down. Beyond, it refuses and says so. */
export interface MockLimits {
  /** Bytes of a request's body. Default 1 MiB. */
  readonly maxBodyBytes: number;
  /** Bytes of a request's headers, with the request line. Default 16 KiB. */
  readonly maxHeaderBytes: number;
  /** Milliseconds for a whole request to arrive. Default 30 seconds. */
  readonly requestTimeout: number;
  /** Milliseconds for a request's headers to arrive. Default 10 seconds. */
  readonly headersTimeout: number;
  /** Milliseconds for which a client may take nothing of a response that is sent. Default 30 seconds. */
  readonly answerTimeout: number;
  /** Milliseconds for what is under way to finish when the mock is stopped. Default 10 seconds. */
  readonly stopTimeout: number;
  /**
   * Bytes of requests whose responses no client has taken yet, and of these responses, of all connections together. Beyond,
   * those connections are ended that have kept theirs the longest. Default 32 MiB.
   */
  readonly maxPendingBytes: number;
  /** Tokens in one session. Default 10 000. */
  readonly maxTokens: number;
  /** Bytes of the tokens of all sessions, as they are listed. Default 16 MiB. */
  readonly maxStateBytes: number;
  /** Sessions. Default 1 000. */
  readonly maxSessions: number;
  /** Requests that the journal of a session keeps: the last ones. Default 1 000. */
  readonly maxJournal: number;
  /** Bytes of the journals of all sessions. Beyond, the largest one forgets its oldest requests. Default 16 MiB. */
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

/** A timer that is set to more than 24 days rings at once, and some are set to sums and multiples of these. */
const day = 86_400_000;

/** What each limit can be at most. */
const bounds: MockLimits = {
  // As much as is read of a body that is refused.
  maxBodyBytes: 67_108_864,
  // HTTP/2 takes no larger number than 32 bits hold; this is far below.
  maxHeaderBytes: 16_777_216,
  requestTimeout: day,
  headersTimeout: day,
  answerTimeout: day,
  stopTimeout: day,
  maxPendingBytes: 1_073_741_824,
  maxTokens: 10_000_000,
  // All tokens of a session are told in one text, and a text has an end at half a gigabyte.
  maxStateBytes: 134_217_728,
  maxSessions: 1_000_000,
  maxJournal: 1_000_000,
  maxJournalBytes: 1_073_741_824,
};

/**
 * Puts the defaults where nothing is given.
 *
 * @throws {TypeError} a limit is not known, no positive integer, or more than it can be.
 */
export function readLimits(given: Partial<MockLimits> = {}): MockLimits {
  const limits = { ...defaultLimits };
  for (const [name, value] of Object.entries(given)) {
    if (!isLimit(name)) {
      throw new TypeError(
        `limits.${name}: no such limit; there are ${Object.keys(defaultLimits).join(", ")}`,
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

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
  /** Tokens in one session. Default 10 000. */
  readonly maxTokens: number;
  /** Bytes of the tokens of all sessions, as they are listed. Default 64 MiB. */
  readonly maxStateBytes: number;
  /** Sessions. Default 1 000. */
  readonly maxSessions: number;
  /** Requests that a session's journal keeps; older ones are forgotten. Default 1 000. */
  readonly maxJournal: number;
}

/** The default of each limit. */
export const defaultLimits: MockLimits = {
  maxBodyBytes: 1_048_576,
  maxHeaderBytes: 16_384,
  requestTimeout: 30_000,
  headersTimeout: 10_000,
  maxTokens: 10_000,
  maxStateBytes: 67_108_864,
  maxSessions: 1_000,
  maxJournal: 1_000,
};

/**
 * Puts the defaults where nothing is given.
 *
 * @throws {TypeError} a limit is not known or no positive integer.
 */
export function readLimits(given: Partial<MockLimits> = {}): MockLimits {
  const limits = { ...defaultLimits };
  for (const [name, value] of Object.entries(given)) {
    if (!(name in defaultLimits)) {
      throw new TypeError(
        `limits.${name}: no such limit; there are ${Object.keys(defaultLimits).join(", ")}`,
      );
    }
    if (value === undefined) continue;
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new TypeError(`limits.${name}: expected a positive integer, found ${value}`);
    }
    Object.assign(limits, { [name]: value });
  }
  return limits;
}

import { ValidationError } from "./validation-error.js";

/** The payload of a webhook or callback violates the contract. */
export class PayloadError extends Error {
  override readonly name = "PayloadError";
  /** The webhook or callback as the contract names it. */
  readonly webhook: string;
  /** JSON pointer into the payload; `""` is the whole payload. */
  readonly pointer: string;
  /** What the contract expects at `pointer`. */
  readonly expected: string;

  constructor(webhook: string, { pointer, expected, found }: ValidationError) {
    const where = pointer === "" ? "the payload" : `the payload at ${pointer}`;
    super(`${webhook}: ${where} violates the contract: expected ${expected}, found ${found}`);
    this.webhook = webhook;
    this.pointer = pointer;
    this.expected = expected;
  }
}

/**
 * Reads a payload with the codec of its type.
 *
 * @throws {PayloadError} if the payload violates the contract.
 */
export function readPayload<T>(
  webhook: string,
  payload: unknown,
  decode: (value: unknown) => T,
): T {
  try {
    return decode(payload);
  } catch (error) {
    throw error instanceof ValidationError ? new PayloadError(webhook, error) : error;
  }
}

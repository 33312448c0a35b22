import { ValidationError } from "./validation-error.js";

/** A webhook or callback brought a payload that violates the contract. */
export class PayloadError extends Error {
  override readonly name = "PayloadError";
  /** The webhook or callback as the contract names it. */
  readonly webhook: string;
  /** JSON pointer into the payload; `""` is the whole payload. */
  readonly pointer: string;
  /** What the contract wants at `pointer`. */
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
 * @throws {PayloadError} the payload is not what the contract says.
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

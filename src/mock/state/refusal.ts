import { type ErrorCode, errorCodes } from "../../../generated/errors.js";

/** A response that is no success: its status, and the code and message of its body. */
export class Refusal extends Error {
  override readonly name: string = "Refusal";
  /** The HTTP status. */
  readonly status: number;
  /** The code in the body. */
  readonly code: string;
  /** Why, for the log of a person; the message is what the service would say, which often says less. */
  readonly reason: string;

  constructor(status: number, code: string, message: string, reason: string = message) {
    super(message);
    this.status = status;
    this.code = code;
    this.reason = reason;
  }
}

/** A refusal with a code of the contract, whose table decides the status. */
export function refuse(code: ErrorCode, message: string, reason?: string): Refusal {
  return new Refusal(errorCodes[code].status, code, message, reason);
}

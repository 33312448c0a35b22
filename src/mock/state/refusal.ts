import { type ErrorCode, errorCodes } from "../../../generated/errors.js";

/** An error response: its status, and the code and message of its body. */
export class Refusal extends Error {
  override readonly name: string = "Refusal";
  /** The HTTP status. */
  readonly status: number;
  /** The code in the body. */
  readonly code: string;
  /** The cause, for the request log. The message is the service's own and often less specific. */
  readonly reason: string;

  constructor(status: number, code: string, message: string, reason: string = message) {
    super(message);
    this.status = status;
    this.code = code;
    this.reason = reason;
  }
}

/** Creates a refusal with an error code of the contract, which decides the status. */
export function refuse(code: ErrorCode, message: string, reason?: string): Refusal {
  return new Refusal(errorCodes[code].status, code, message, reason);
}

import { Refusal } from "../state/refusal.js";
import { type Answer, ownCodes } from "./answer.js";

/** A refusal of the mock's own, which the service does not know; its code starts with `mock_`. */
export function refuseItself(
  status: number,
  kind: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): OwnRefusal {
  return new OwnRefusal(status, ownCodes + kind, message, headers);
}

/** A {@link Refusal} of the mock's own, with headers that go with it. */
export class OwnRefusal extends Refusal {
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    headers: Readonly<Record<string, string>>,
  ) {
    super(status, code, message);
    this.headers = headers;
  }
}

/** The answer that says a refusal. */
export function refusalAnswer(refusal: Refusal, operationId?: string): Answer {
  const { status, code, message, reason } = refusal;
  return {
    status,
    headers: {
      "content-type": "application/json",
      ...(status === 401 && { "www-authenticate": "Bearer" }),
      ...(refusal instanceof OwnRefusal && refusal.headers),
    },
    body: { code, message },
    operationId,
    reason,
  };
}

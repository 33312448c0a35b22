import { Refusal } from "../state/refusal.js";
import { type Answer, ownCodes } from "./answer.js";

/** Creates a refusal of the mock itself, which the service does not have; its code starts with `mock_`. */
export function refuseItself(
  status: number,
  kind: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): OwnRefusal {
  return new OwnRefusal(status, ownCodes + kind, message, headers);
}

/** Refuses a request that matches no operation, by its path or its method. */
export function refuseRoute(status: 404 | 405, method: string, path: string): OwnRefusal {
  const call = `${method.toUpperCase()} ${path}`;
  return status === 405
    ? refuseItself(405, "method_not_allowed", `No such method here: ${call}`)
    : refuseItself(404, "no_such_route", `No such path: ${call}`);
}

/** A {@link Refusal} of the mock itself, with headers for its response. */
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

/** The response for a refusal. */
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

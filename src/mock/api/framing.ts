import { refuseItself } from "../engine/refusals.js";

/** The parts of a request that affect how it is parsed. */
export interface Framing {
  readonly headers: Readonly<Record<string, string>>;
  /** Names, in lower case, of {@link single} headers that the request repeats. */
  readonly repeated: readonly string[];
}

/** Headers that a request may have once only. If one is repeated, two programs may read different values. */
export const single: readonly string[] = [
  "host",
  "authorization",
  "content-type",
  "mock-session",
  "origin",
];

const end = { connection: "close" };

/**
 * Refuses ambiguous requests that Node's parser accepts.
 *
 * @throws {Refusal} if a header is repeated, or the mock does not support the body's transfer coding.
 */
export function checkFraming({ headers, repeated }: Framing): void {
  const [name] = repeated;
  if (name !== undefined) {
    const message = `The header ${name} is given more than once`;
    throw refuseItself(400, "repeated_header", message, end);
  }
  const coding = headers["transfer-encoding"];
  if (coding === undefined || coding.trim().toLowerCase() === "chunked") return;
  const message = "This mock supports only the transfer coding chunked";
  throw refuseItself(501, "transfer_coding", message, end);
}

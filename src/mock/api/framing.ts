import { refuseItself } from "../engine/refusals.js";

/** How a request was put together. */
export interface Framing {
  readonly headers: Readonly<Record<string, string>>;
  /** Names, in lower case, of headers that a request has once at most, and that this one has more than once. */
  readonly repeated: readonly string[];
}

/** Headers that a request has once at most. Where one is repeated, two programs may read different values. */
export const single: readonly string[] = [
  "host",
  "authorization",
  "content-type",
  "mock-session",
  "origin",
];

const end = { connection: "close" };

/**
 * Checks what a parser lets pass and a reader could take in two ways.
 *
 * @throws {Refusal} a header is repeated, or the body has a transfer coding that this mock does not decode.
 */
export function checkFraming({ headers, repeated }: Framing): void {
  const [name] = repeated;
  if (name !== undefined) {
    const message = `The header ${name} is given more than once`;
    throw refuseItself(400, "repeated_header", message, end);
  }
  const coding = headers["transfer-encoding"];
  if (coding === undefined || coding.trim().toLowerCase() === "chunked") return;
  const message =
    "Transfer-Encoding can be chunked only: this mock decodes no other transfer coding";
  throw refuseItself(501, "transfer_coding", message, end);
}

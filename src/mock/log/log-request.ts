import type { FaultyAnswer } from "../faults/inject.js";
import { defaultSession, type Session } from "../session.js";
import type { Redactor } from "./redact.js";
import type { RequestRecord } from "./request-record.js";

/** Options of {@link logRequest}. */
export interface LogOptions {
  readonly redactor: Redactor;
  readonly onRequest: (record: RequestRecord) => void;
}

/** A request with its response, before secrets are redacted. */
export interface Finished {
  readonly method: string;
  readonly path: string;
  readonly protocol: RequestRecord["protocol"];
  readonly milliseconds: number;
  readonly answer: Pick<
    FaultyAnswer,
    "status" | "body" | "operationId" | "reason" | "reset" | "invalid" | "unknown"
  >;
  /** The session of the request; its journal keeps the record. */
  readonly session: Session | undefined;
}

/** Redacts the secrets of a request, adds its record to the journal, and calls `onRequest`. */
export function logRequest(
  { method, path, protocol, milliseconds, answer, session }: Finished,
  { redactor, onRequest }: LogOptions,
): void {
  const status = answer.reset === true ? 0 : answer.status;
  const code: unknown = Object(answer.body).code;
  const unknown = (answer.unknown ?? [])
    .slice(0, mostUnknown)
    .map(({ place, name }) => redactor.redact(`${place} ${name}`));
  const reason = answer.reason === undefined ? undefined : redactor.redact(answer.reason);
  const { invalid } = answer;
  // Most violations are also the reason of a refusal; the record keeps one string for both.
  const violation =
    invalid === undefined || invalid === answer.reason ? reason : redactor.redact(invalid);
  const record: RequestRecord = {
    at: new Date().toISOString(),
    method: redactor.redact(method),
    path: redactor.redact(path),
    status,
    milliseconds: rounded(milliseconds),
    protocol,
    session: session?.name ?? defaultSession,
    operation: answer.operationId,
    code: status >= 400 && typeof code === "string" ? code : undefined,
    reason,
    ...(invalid !== undefined && { violation }),
    ...(unknown.length > 0 && { unknown }),
  };
  session?.journal.add(record);
  try {
    onRequest(record);
  } catch (error) {
    process.emitWarning(`onRequest failed: ${String(error)}`);
  }
}

/** How many unknown names a record keeps; the verdict has more. */
const mostUnknown = 5;

/** Rounds to microseconds: a measurement over a connection is no more precise. */
function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}

import type { FaultyAnswer } from "../faults/inject.js";
import { defaultSession, type Session } from "../session.js";
import type { Redactor } from "./redact.js";
import type { RequestRecord } from "./request-record.js";

/** Who gets the records of requests, and what must not be in them. */
export interface LogOptions {
  readonly redactor: Redactor;
  readonly onRequest: (record: RequestRecord) => void;
}

/** A request that has its response, secrets included. */
export interface Finished {
  readonly method: string;
  readonly path: string;
  readonly protocol: RequestRecord["protocol"];
  readonly milliseconds: number;
  readonly answer: Pick<
    FaultyAnswer,
    "status" | "body" | "operationId" | "reason" | "reset" | "invalid" | "unknown"
  >;
  /** The session that it came from; its journal keeps the record. */
  readonly session: Session | undefined;
}

/** Records a request, without any secret. */
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
  // Most violations are the reason of a refusal, too: the record keeps one string for both.
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

/** How many unknown names are recorded; the verdict has more. */
const mostUnknown = 5;

/** To microseconds, which is what a measurement over a connection is good for. */
function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}

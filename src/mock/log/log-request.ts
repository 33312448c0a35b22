import type { FaultyAnswer } from "../faults/inject.js";
import { defaultSession, type Session, type Sessions } from "../session.js";
import type { Redactor } from "./redact.js";
import type { RequestRecord } from "./request-record.js";

/** Who is told of requests, and what must not be told. */
export interface LogOptions {
  readonly redactor: Redactor;
  readonly sessions: Sessions;
  readonly onRequest: (record: RequestRecord) => void;
}

/** What became of a request, as it is. */
export interface Finished {
  readonly method: string;
  readonly path: string;
  readonly protocol: RequestRecord["protocol"];
  readonly milliseconds: number;
  readonly answer: Pick<FaultyAnswer, "status" | "body" | "operationId" | "reason" | "reset">;
  /** The session that it came from; its journal keeps it. */
  readonly session: Session | undefined;
}

/** Tells of a request, without any secret. */
export function logRequest(
  { method, path, protocol, milliseconds, answer, session }: Finished,
  { redactor, sessions, onRequest }: LogOptions,
): void {
  const clean = (text: string): string => shortened(redactor.redact(text));
  const status = answer.reset === true ? 0 : answer.status;
  const code: unknown = Object(answer.body).code;
  const record: RequestRecord = {
    at: new Date().toISOString(),
    method: clean(method),
    path: clean(path),
    status,
    milliseconds,
    protocol,
    session: session?.name ?? defaultSession,
    operation: answer.operationId,
    code: status >= 400 && typeof code === "string" ? code : undefined,
    reason: answer.reason === undefined ? undefined : clean(answer.reason),
  };
  if (session !== undefined) sessions.record(session, record);
  try {
    onRequest(record);
  } catch (error) {
    process.emitWarning(`onRequest failed: ${String(error)}`);
  }
}

/** The most characters of one text of a record: journals keep many of them. */
const longest = 2000;

/** Once secrets are out of it, so that no half of one is left at the end. */
function shortened(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}

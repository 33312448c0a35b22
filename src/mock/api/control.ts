import { createHash, timingSafeEqual } from "node:crypto";
import type { Answer } from "../engine/answer.js";
import { bearerOf } from "../engine/bearer.js";
import type { Contract } from "../engine/contract.js";
import { isJsonObject, type JsonObject } from "../engine/json.js";
import { OwnRefusal, refuseItself } from "../engine/refusals.js";
import type { FaultyAnswer } from "../faults/inject.js";
import type { FaultPlan } from "../faults/plan.js";
import type { RequestRecord } from "../log/request-record.js";
import type { Session, Sessions } from "../session.js";
import type { ClockSetting } from "../state/clock.js";
import { Refusal } from "../state/refusal.js";
import { parseBody } from "../transport/request-body.js";
import type { Coverage } from "../verdict/coverage.js";
import { printVerdict, type VerdictFormat, verdictFormats } from "../verdict/print.js";
import { misses, readThresholds } from "../verdict/verdict.js";
import { isThisMachine } from "./access.js";
import { allowOf } from "./allow.js";
import { describedControl, isOfState } from "./control-document.js";
import { readState, writeState } from "./control-state.js";

/** Prefix of the control's paths. */
export const controlPath: string = "/__mock/";

/** A request to the control. */
export interface ControlCall {
  readonly method: string;
  /** Without {@link controlPath}. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The IP address of the client. */
  readonly remote: string | undefined;
  readonly query: Readonly<Record<string, string | string[]>>;
  /** The body of the request. */
  readonly bytes: Buffer;
  readonly stateless: boolean;
  readonly sessions: Sessions;
  readonly coverage: Coverage;
  /** The session, created on first access. */
  readonly session: Session;
  readonly sessionName: string | undefined;
  readonly contract: Contract;
  readonly rootToken: string;
  readonly controlToken: string;
}

/** Handles a route; `body` is the parsed JSON. */
type Work = (call: ControlCall, body: unknown) => FaultyAnswer;

const routes: { readonly [path: string]: { readonly [method: string]: Work } } = {
  health: { GET: () => answer({ status: "ok" }) },
  "openapi.json": { GET: ({ stateless }) => answer(describedControl(stateless)) },
  sessions: {
    GET: ({ sessions, stateless }) =>
      answer({ sessions: sessions.all().map((session) => sessionInfo(session, stateless)) }),
  },
  state: {
    GET: ({ session }) => answer(readState(session)),
    PUT: ({ session, contract }, body) => {
      writeState(session, contract, body);
      return answer(readState(session));
    },
  },
  clock: {
    GET: ({ session }) => answer(readClock(session)),
    PUT: ({ session }, body) => answer(writeClock(session, body)),
  },
  "clock/advance": {
    POST: ({ session }, body) => {
      const { milliseconds }: JsonObject = isJsonObject(body) ? body : {};
      if (typeof milliseconds !== "number") throw new TypeError('expected { "milliseconds": … }');
      session.clock.advance(milliseconds);
      return answer(readClock(session));
    },
  },
  faults: {
    GET: ({ session }) => answer(session.faults.progress()),
    PUT: ({ session }, body) => {
      // `set` checks the plan.
      session.faults.set(body as FaultPlan);
      return answer(session.faults.progress());
    },
  },
  journal: {
    GET: ({ session }) => answer({ requests: session.journal.list() }),
    DELETE: ({ session }) => {
      session.journal.clear();
      return answer(undefined);
    },
  },
  "journal/events": { GET: followJournal },
  verdict: {
    GET: answerVerdict,
    DELETE: ({ coverage, sessions }) => {
      coverage.clear();
      for (const session of sessions.all()) session.coverage.clear();
      return answer(undefined);
    },
  },
  reset: {
    POST: ({ session }) => {
      session.reset();
      return answer(undefined);
    },
  },
  session: {
    DELETE: ({ sessionName, sessions }) => {
      sessions.end(sessionName);
      return answer(undefined);
    },
  },
};

/** Paths that need no token, because they reveal nothing of a session. */
const open: readonly string[] = ["health", "openapi.json"];

function sessionInfo({ name, account, journal, clock }: Session, stateless: boolean): object {
  return {
    name,
    ...(!stateless && { tokens: account.listAll().length }),
    requests: journal.list().length,
    now: new Date(clock.now()).toISOString(),
  };
}

/** The paths of the control, each with its methods in capitals. */
export function controlRoutes(): readonly (readonly [path: string, methods: readonly string[]])[] {
  return Object.entries(routes).map(([path, methods]) => [path, Object.keys(methods)]);
}

/** The methods of a path of the control, in capitals. */
export function controlMethods(
  path: string,
  { stateless }: Pick<ControlCall, "stateless">,
): readonly string[] {
  if (!Object.hasOwn(routes, path) || (stateless && isOfState(path))) return [];
  return Object.keys(routes[path] ?? {});
}

/**
 * Responds to a request to the control. It must come from this machine and have the control token; `health` and
 * `openapi.json` need neither.
 *
 * @throws {Refusal} if the request is not allowed, or wrong.
 */
export function control(call: ControlCall): FaultyAnswer {
  const { path } = call;
  const method = call.method === "HEAD" ? "GET" : call.method;
  if (!open.includes(path) || method !== "GET") checkCaller(call);
  const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
  const { stateless } = call;
  const isLacking = stateless && isOfState(path);
  if (route === undefined || isLacking) {
    const known = Object.keys(routes).filter((name) => !stateless || !isOfState(name));
    const paths = known.map((name) => controlPath + name).join(", ");
    const why = isLacking
      ? "This mock responds with examples and keeps no state"
      : "No such path in the control";
    const kind = isLacking ? "no_state" : "no_such_route";
    throw refuseItself(404, kind, `${why}; expected one of ${paths}`);
  }
  const work = Object.hasOwn(route, method) ? route[method] : undefined;
  if (work === undefined) {
    const allow = allowOf(controlMethods(path, call));
    throw refuseItself(405, "method_not_allowed", `No such method here; expected one of ${allow}`, {
      allow,
    });
  }
  try {
    return work(call, readJson(call.bytes));
  } catch (error) {
    const isOfInput = error instanceof Refusal || error instanceof TypeError;
    if (!isOfInput || error instanceof OwnRefusal) throw error;
    throw refuseItself(400, "bad_control", error.message);
  }
}

/** Parses the body as JSON, whatever its `content-type`. */
function readJson(bytes: Buffer): unknown {
  const { value, malformed } = parseBody(bytes, undefined);
  if (malformed !== undefined) throw new TypeError(`the body ${malformed}`);
  return value;
}

function answer(body: unknown): Answer {
  const headers = body === undefined ? {} : { "content-type": "application/json" };
  return {
    status: body === undefined ? 204 : 200,
    headers,
    body,
    operationId: undefined,
    reason: undefined,
  };
}

/** Server-sent events for the requests in the journal, then for each new one. */
function followJournal({ session: { journal } }: ControlCall): FaultyAnswer {
  return {
    ...answer(undefined),
    status: 200,
    headers: { "content-type": "text/event-stream" },
    text: "",
    feed: (send) => {
      const sendRecord = (record: RequestRecord): void =>
        send(`event: request\ndata: ${JSON.stringify(record)}\n\n`);
      for (const record of journal.list()) sendRecord(record);
      return journal.follow(sendRecord);
    },
  };
}

const typesOfVerdicts: { readonly [Format in VerdictFormat]: string } = {
  text: "text/plain; charset=utf-8",
  json: "application/json",
  junit: "application/xml",
};

/**
 * The verdict of all sessions, or of the one in the query, formatted by `format=json`, `text` or `junit`. The status is
 * 200 even if the verdict failed; the outcome is in the header `mock-verdict`, in every format.
 */
function answerVerdict({ query, coverage, sessions, contract }: ControlCall): FaultyAnswer {
  const { format: wanted = "json", session: name, ...rest } = query;
  const format = verdictFormats.find((one) => one === wanted);
  if (format === undefined) {
    const message = `format: expected ${verdictFormats.join(", ")}`;
    throw refuseItself(400, "bad_control", message);
  }
  try {
    const pairs = Object.entries(rest).map(([name, value]) => [name, String(value)] as const);
    const thresholds = readThresholds(pairs);
    const counted = name === undefined ? coverage : sessionOf(sessions, name).coverage;
    const verdict = counted.verdict(contract);
    const text = printVerdict(verdict, format, thresholds);
    const outcome = misses(verdict, thresholds).length === 0 ? "passed" : "failed";
    const headers = { "content-type": typesOfVerdicts[format], "mock-verdict": outcome };
    return { ...answer(undefined), status: 200, headers, text };
  } catch (error) {
    throw refuseItself(400, "bad_control", error instanceof Error ? error.message : String(error));
  }
}

/** Finds a session without creating one. */
function sessionOf(sessions: Sessions, name: string | string[]): Session {
  const session = sessions.all().find((one) => one.name === name);
  if (session === undefined) throw new TypeError(`session: there is no session ${name}`);
  return session;
}

function checkCaller({ headers, remote, controlToken }: ControlCall): void {
  if (!isThisMachine(remote)) {
    throw refuseItself(403, "control_is_local", "Only this machine can use the control");
  }
  const given = bearerOf(headers) ?? "";
  // Digests have equal lengths, as the comparison needs, and hide the lengths of the tokens.
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  if (timingSafeEqual(digest(given), digest(controlToken))) return;
  const message = "The control needs its own bearer token, which the mock prints at its start";
  throw refuseItself(401, "control_token", message, { "www-authenticate": "Bearer" });
}

function readClock({ clock }: Session): unknown {
  return { ...clock.setting(), now: new Date(clock.now()).toISOString() };
}

function writeClock(session: Session, body: unknown): unknown {
  if (!isJsonObject(body)) throw new TypeError('expected an object, such as { "mode": "real" }');
  // `set` checks the setting.
  session.clock.set(body as unknown as ClockSetting);
  return readClock(session);
}

import { createHash, timingSafeEqual } from "node:crypto";
import type { components } from "../../../generated/wire.js";
import type { Answer } from "../engine/answer.js";
import type { Contract } from "../engine/contract.js";
import { isJsonObject } from "../engine/json.js";
import { refuseItself } from "../engine/refusals.js";
import { inOneLine } from "../engine/words.js";
import type { FaultPlan } from "../faults/plan.js";
import type { StruckAnswer } from "../faults/strike.js";
import type { Session } from "../session.js";
import type { ClockSetting } from "../state/clock.js";
import { Refusal } from "../state/refusal.js";
import { listed } from "../state/token.js";
import type { Coverage } from "../verdict/coverage.js";
import { printVerdict, type VerdictFormat, verdictFormats } from "../verdict/print.js";
import { readThresholds } from "../verdict/verdict.js";
import { isThisMachine } from "./access.js";

/** What stands before the paths of the control. */
export const controlPath: string = "/__mock/";

/** A call of the control. */
export interface ControlCall {
  readonly method: string;
  /** Without {@link controlPath}. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The address that the call came from. */
  readonly remote: string | undefined;
  readonly query: Readonly<Record<string, string | string[]>>;
  readonly body: unknown;
  readonly coverage: Coverage;
  readonly session: Session;
  readonly contract: Contract;
  readonly rootToken: string;
  readonly controlToken: string;
}

type Work = (call: ControlCall) => unknown;

const routes: { readonly [path: string]: { readonly [method: string]: Work } } = {
  state: { GET: ({ session }) => readState(session), PUT: writeState },
  clock: { GET: ({ session }) => readClock(session), PUT: writeClock },
  faults: {
    GET: ({ session }) => session.faults.plan(),
    PUT: ({ session, body }) => {
      // It is read where it is set.
      session.faults.set(body as FaultPlan);
      return session.faults.plan();
    },
  },
  journal: {
    GET: ({ session }) => ({ requests: session.journal }),
    DELETE: ({ session }) => {
      session.journal.length = 0;
    },
  },
  verdict: {
    DELETE: ({ coverage }) => {
      coverage.clear();
    },
  },
  reset: {
    POST: ({ session }) => {
      session.reset();
    },
  },
};

/**
 * Answers a call of the control, from this machine and with its token; `health` takes none.
 *
 * @throws {Refusal} it is not allowed, or not understood.
 */
export function control(call: ControlCall): StruckAnswer {
  const { method, path } = call;
  if (path === "health" && (method === "GET" || method === "HEAD")) return answer({ status: "ok" });
  checkCaller(call);
  if (path === "verdict" && method === "GET") return tellVerdict(call);
  const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
  if (route === undefined) {
    const known = ["health", ...Object.keys(routes)].map((name) => controlPath + name);
    throw refuseItself(404, "no_such_route", `The control has ${known.join(", ")}`);
  }
  const work = Object.hasOwn(route, method) ? route[method] : undefined;
  if (work === undefined) {
    const allow = [...(path === "verdict" ? ["GET"] : []), ...Object.keys(route)].join(", ");
    throw refuseItself(405, "method_not_allowed", `Here the control takes ${allow}`, { allow });
  }
  try {
    return answer(work(call));
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof TypeError)) throw error;
    throw refuseItself(400, "bad_control", error.message);
  }
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

const typesOfVerdicts: { readonly [Format in VerdictFormat]: string } = {
  text: "text/plain; charset=utf-8",
  json: "application/json",
  junit: "application/xml",
};

/** Of all sessions, in the form that the query asks for: `format=json`, `text` or `junit`. */
function tellVerdict({ query, coverage, contract }: ControlCall): StruckAnswer {
  const { format: wanted = "json", ...rest } = query;
  const format = verdictFormats.find((one) => one === wanted);
  if (format === undefined) {
    const message = `format: expected ${verdictFormats.join(", ")}`;
    throw refuseItself(400, "bad_control", message);
  }
  try {
    const pairs = Object.entries(rest).map(([name, value]) => [name, String(value)] as const);
    const text = printVerdict(coverage.verdict(contract), format, readThresholds(pairs));
    const headers = { "content-type": typesOfVerdicts[format] };
    return { ...answer(undefined), status: 200, headers, text };
  } catch (error) {
    throw refuseItself(400, "bad_control", error instanceof Error ? error.message : String(error));
  }
}

function checkCaller({ headers, remote, controlToken }: ControlCall): void {
  if (!isThisMachine(remote)) {
    throw refuseItself(403, "control_is_local", "The control is for this machine only");
  }
  const given = /^Bearer\s+(.+)$/.exec(headers["authorization"] ?? "")?.[1] ?? "";
  // Of equal length, as the comparison needs, and none the wiser about either.
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  if (timingSafeEqual(digest(given), digest(controlToken))) return;
  const message = "The control takes its own token as bearer, which the mock tells at its start";
  throw refuseItself(401, "control_token", message, { "www-authenticate": "Bearer" });
}

/** In the form of {@link writeState}. */
function readState({ account }: Session): unknown {
  const tokens = account
    .state()
    .tokens.map((token) => ({ ...listed(token), access_token: token.secret }));
  return { tokens };
}

type Seed = components["schemas"]["IssueAccessTokenRequest"] & { readonly access_token?: string };

/** All tokens or, if one of them cannot be, none: then the state stays as it was. */
function writeState({ session, contract, rootToken, body }: ControlCall): unknown {
  const { account } = session;
  const tokens = isJsonObject(body) ? body["tokens"] : undefined;
  if (!Array.isArray(tokens)) throw new TypeError('expected { "tokens": […] }');
  const issue = contract.operations.find(({ operationId }) => operationId === "issue_access_token");
  const before = account.state();
  account.replace({ tokens: [], spent: [], issued: 0 });
  try {
    const root = account.authenticate(rootToken);
    for (const [index, token] of tokens.entries()) {
      const [problem] = issue?.body?.check?.(token) ?? [];
      if (problem !== undefined) {
        throw new TypeError(
          inOneLine({ ...problem, path: ["tokens", String(index), ...problem.path] }),
        );
      }
      // The check says so, but for the secret.
      const { access_token: secret, ...request } = token as Seed;
      if (secret !== undefined && typeof secret !== "string") {
        throw new TypeError(`tokens[${index}].access_token: expected a text`);
      }
      account.issue(root, request, secret);
    }
  } catch (error) {
    account.replace(before);
    throw error;
  }
  return readState(session);
}

function readClock({ clock }: Session): unknown {
  return { ...clock.setting(), now: new Date(clock.now()).toISOString() };
}

function writeClock({ session, body }: ControlCall): unknown {
  if (!isJsonObject(body)) throw new TypeError('expected an object, such as { "mode": "real" }');
  // It is read where it is set.
  session.clock.set(body as unknown as ClockSetting);
  return readClock(session);
}

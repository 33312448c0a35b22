import { titleOf } from "../document.js";
import type { Answer } from "../engine/answer.js";
import { conform } from "../engine/conform.js";
import type { Engine } from "../engine/engine.js";
import { refusalAnswer, refuseItself } from "../engine/refusals.js";
import {
  type FaultyAnswer,
  faultyBackend,
  inject,
  preferredFault,
  refuseFault,
} from "../faults/inject.js";
import { type Session, type Sessions, sessionHeader } from "../session.js";
import { accountBackend } from "../state/backend.js";
import { Refusal } from "../state/refusal.js";
import type { MockRules } from "../state/rules.js";
import { decodeBody, isDecodable } from "../transport/content-encoding.js";
import { parseBody, type ReadBody } from "../transport/request-body.js";
import { type Coverage, observe } from "../verdict/coverage.js";
import { type AccessOptions, checkAccess, corsHeaders, isThisMachine } from "./access.js";
import { allowOf } from "./allow.js";
import { control, controlMethods, controlPath } from "./control.js";
import { checkFraming } from "./framing.js";
import { type PageData, page } from "./page.js";
import { pageRequest, pageSettings } from "./page-settings.js";
import { authorityOf, readTarget, type Target } from "./target.js";
import { viewer } from "./viewer.js";

/** A request of either protocol. */
export interface Incoming {
  /** In capitals. */
  readonly method: string;
  readonly target: string;
  /** Headers by name, in lower case, without the pseudo-headers of HTTP/2. */
  readonly headers: Readonly<Record<string, string>>;
  /** Headers that the request repeats though it may have them once only. */
  readonly repeated: readonly string[];
  /** The host and port in `Host` or `:authority`. */
  readonly host: string | undefined;
  /** The address of this machine that received the request. */
  readonly local: string | undefined;
  /** The address of the client. */
  readonly remote: string | undefined;
  readonly readBody: () => Promise<Buffer>;
}

/** A response, and the session of the request. */
export interface Handled {
  readonly answer: FaultyAnswer;
  readonly session: Session | undefined;
}

/** Options of {@link handle}. */
export interface HandleOptions {
  /** The current engine: the document may change between requests. */
  readonly engine: () => Engine;
  /** The path in front of the document's paths, such as `/v1`. */
  readonly basePath: () => string;
  readonly sessions: Sessions;
  readonly rules: MockRules;
  readonly access: AccessOptions;
  readonly stateless: boolean;
  /** Whether the document is of another API than that of access tokens. */
  readonly isForeign: boolean;
  readonly rootToken: string;
  readonly controlToken: string;
  readonly coverage: Coverage;
  /** The most bytes of headers. The parser of HTTP/1.1 enforces this itself; that of HTTP/2 allows more. */
  readonly maxHeaderBytes: number;
  /** The most bytes of a decompressed body. */
  readonly maxBodyBytes: number;
}

/** Responds to any request. It never throws. */
export async function handle(incoming: Incoming, options: HandleOptions): Promise<Handled> {
  let session: Session | undefined;
  const answer = await respond(incoming, options, (found) => {
    session = found;
  }).catch((error: unknown) => {
    const refused = conform(options.engine().contract, refusalAnswer(asRefusal(error)));
    // Requests to the control do not count: they are not part of the contract.
    const isControl = incoming.target.includes(controlPath.slice(0, -1));
    if (!isControl) {
      options.coverage.noteRefused(incoming, refused);
      session?.coverage.noteRefused(incoming, refused);
    }
    return refused;
  });
  const cors = corsHeaders(incoming.headers, options.access);
  return { answer: { ...answer, headers: { ...answer.headers, ...cors } }, session };
}

async function respond(
  incoming: Incoming,
  options: HandleOptions,
  found: (session: Session) => void,
): Promise<FaultyAnswer> {
  const { method, headers, host, local } = incoming;
  checkHeaderSize(incoming, options);
  checkFraming(incoming);
  for (const name of new Set([host, authorityOf(incoming.target) ?? host])) {
    checkAccess(name, headers["origin"], local, options.access);
  }
  if (method === "OPTIONS") return describeMethods(incoming, options);
  // Read even if the request will be refused, so that the connection can be reused.
  const bytes = await incoming.readBody();
  const { path, query } = apiTarget(incoming.target, options);
  const engine = options.engine();
  const isHere = isThisMachine(incoming.remote);
  const seen = { method, path: readTarget(incoming.target).path, basePath: options.basePath() };
  const own = { ...options, ...seen, host, engine };
  const data: PageData = {
    settings: () => pageSettings(own),
    request: (id) => pageRequest(own, id),
  };
  const title = titleOf(engine.contract.document);
  const shown =
    (await page({ ...seen, headers, host, title, data: isHere ? data : undefined })) ??
    (await viewer({
      ...seen,
      document: engine.contract.document,
      rootToken: isHere ? options.rootToken : undefined,
    }));
  if (shown !== undefined) return shown;
  if (path === "/" || path === "/__mock") throw refuseUnknownPath(path, engine, options);
  if (path.startsWith(controlPath)) {
    const sessionName = headers[sessionHeader];
    return control({
      ...incoming,
      ...options,
      contract: engine.contract,
      query,
      bytes,
      path: path.slice(controlPath.length),
      sessionName,
      get session() {
        return options.sessions.get(sessionName);
      },
    });
  }
  const session = options.sessions.get(headers[sessionHeader]);
  found(session);
  const { value, malformed, encoding } = readContent(bytes, headers, options.maxBodyBytes);
  const fault = preferredFault(headers["prefer"]);
  const state = accountBackend(session.account, options.rules);
  const { backend, injected } = faultyBackend(state, engine.contract, fault, session.faults);
  const request = {
    method: method === "HEAD" ? "get" : method.toLowerCase(),
    path,
    query,
    headers: { ...headers, ...encoding, "content-length": String(bytes.length) },
    body: value,
    malformed,
  };
  if (fault !== undefined && (options.stateless || (await engine.prefers(request)))) {
    throw refuseFault(
      "A fault needs a response from the state, and cannot be combined with an example of the document",
    );
  }
  const sound = await engine.answer(request, options.stateless ? undefined : backend);
  const answer = inject(sound, injected());
  const observation = observe(engine.contract, request, answer);
  for (const { note } of [options.coverage, session.coverage]) note(observation);
  if (answer.status !== 405) return answer;
  return { ...answer, headers: { ...answer.headers, allow: allowed(path, engine, options) } };
}

/** Refuses an unknown path near the root, and lists the paths that exist. */
function refuseUnknownPath(path: string, { contract }: Engine, options: HandleOptions): Refusal {
  const base = options.basePath();
  const calls = contract.operations.map((one) => `${one.method.toUpperCase()} ${base}${one.path}`);
  const some = calls.slice(0, 5).join(", ");
  const message = `No such path: ${path}; the API has ${some}; the control is under ${controlPath}; for browsers, there is a page at /`;
  return refuseItself(404, "no_such_route", message);
}

function checkHeaderSize({ target, headers }: Incoming, { maxHeaderBytes }: HandleOptions): void {
  let bytes = target.length;
  for (const [name, value] of Object.entries(headers)) bytes += name.length + value.length;
  if (bytes <= maxHeaderBytes) return;
  const message = `The headers have more than ${maxHeaderBytes} bytes, the most that this mock accepts`;
  throw refuseItself(431, "headers_too_large", message, { connection: "close" });
}

function apiTarget(target: string, options: HandleOptions): Target {
  const { path, query } = readTarget(target);
  const base = options.basePath();
  const isUnderBase = base !== "" && (path === base || path.startsWith(`${base}/`));
  return { path: isUnderBase ? path.slice(base.length) || "/" : path, query };
}

/** The response to OPTIONS, which browsers send as a preflight. */
function describeMethods(incoming: Incoming, options: HandleOptions): Answer {
  const path = incoming.target === "*" ? undefined : apiTarget(incoming.target, options).path;
  const allow =
    path === undefined ? "GET, HEAD, POST, DELETE" : allowed(path, options.engine(), options);
  if (allow === "OPTIONS") throw refuseItself(404, "no_such_route", `No such path: ${path}`);
  return {
    status: 204,
    headers: { allow },
    body: undefined,
    operationId: undefined,
    reason: undefined,
  };
}

function allowed(path: string, engine: Engine, options: HandleOptions): string {
  const methods = path.startsWith(controlPath)
    ? controlMethods(path.slice(controlPath.length), options)
    : engine.methodsOf(path);
  return allowOf(methods);
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const cause = error instanceof Error ? error.message : String(error);
  return refuseItself(500, "failed", `The mock failed on this request: ${cause}`);
}

/** Decodes and parses a body. The engine refuses content encodings that we cannot decode. */
function readContent(
  bytes: Buffer,
  headers: Incoming["headers"],
  maxBodyBytes: number,
): Pick<ReadBody, "value" | "malformed"> & { readonly encoding: Record<string, string> } {
  const encoding = headers["content-encoding"];
  if (!isDecodable(encoding)) return { ...parseBody(bytes, headers["content-type"]), encoding: {} };
  const identity = { "content-encoding": "identity" };
  const decoded = decodeBody(bytes, encoding, maxBodyBytes);
  return decoded.bytes === undefined
    ? { value: undefined, malformed: decoded.malformed, encoding: identity }
    : { ...parseBody(decoded.bytes, headers["content-type"]), encoding: identity };
}

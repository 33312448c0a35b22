import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import type { StruckAnswer } from "../faults/strike.js";
import type { RequestRecord } from "../record.js";
import { defaultSession } from "../session.js";
import { type BodyLimits, readBytes } from "./body.js";
import { type HandleOptions, handle, type Incoming } from "./handle.js";
import { credentialsIn, type Redactor } from "./redact.js";

/** How requests become answers on the wire. */
export interface ListenerOptions extends HandleOptions {
  readonly limits: BodyLimits;
  readonly redactor: Redactor;
  readonly onRequest: (record: RequestRecord) => void;
}

type Request = IncomingMessage | Http2ServerRequest;
type Response = ServerResponse | Http2ServerResponse;

/** Answers a request of either protocol, and tells of it. */
export async function listen(
  request: Request,
  response: Response,
  options: ListenerOptions,
): Promise<void> {
  const start = performance.now();
  // A client that goes away is no mistake of the mock.
  request.on("error", () => {});
  response.on("error", () => {});
  const incoming = readIncoming(request, options.limits);
  options.redactor.learn(credentialsIn(incoming.headers["authorization"] ?? ""));
  const { answer, session } = await handle(incoming, options);
  for (const secret of secretsIn(answer.body)) options.redactor.learn(secret, { keep: true });
  const { redact } = options.redactor;
  const status = answer.reset === true ? 0 : answer.status;
  const code: unknown = Object(answer.body).code;
  const record: RequestRecord = {
    at: new Date().toISOString(),
    method: request.method ?? "",
    path: redact(incoming.target),
    status,
    milliseconds: performance.now() - start,
    protocol: request.httpVersionMajor === 2 ? "HTTP/2" : "HTTP/1.1",
    session: session?.name ?? defaultSession,
    operation: answer.operationId,
    code: status >= 400 && typeof code === "string" ? code : undefined,
    reason: answer.reason === undefined ? undefined : redact(answer.reason),
  };
  if (session !== undefined) options.sessions.record(session, record);
  try {
    // Before the answer, so that who has the answer finds it recorded.
    options.onRequest(record);
  } catch (error) {
    process.emitWarning(`onRequest failed: ${String(error)}`);
  }
  if (answer.delay !== undefined) await passed(answer.delay, response);
  if (answer.reset === true) breakOff(request, response);
  else send(request, response, answer);
}

/** Waits, but not for a client that has gone away. */
function passed(milliseconds: number, response: Response): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    response.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** The connection ends as that of a server that crashes. */
function breakOff(request: Request, response: Response): void {
  if ("stream" in response) response.stream?.session?.destroy();
  else request.socket.resetAndDestroy();
}

/** The secrets of an answer: one that was just issued, or those of a state. */
function secretsIn(body: unknown): readonly string[] {
  const { access_token: secret, tokens } = Object(body);
  const inner = Array.isArray(tokens) ? tokens.flatMap(secretsIn) : [];
  return typeof secret === "string" ? [secret, ...inner] : inner;
}

function readIncoming(request: Request, limits: BodyLimits): Incoming {
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    value === undefined || name.startsWith(":") ? [] : [[name, String(value)] as const],
  );
  const authority = request.headers[":authority"] ?? request.headers.host;
  return {
    method: request.method ?? "",
    target: request.url ?? "",
    headers: Object.fromEntries(headers),
    host: authority === undefined ? undefined : String(authority),
    local: request.socket.localAddress,
    remote: request.socket.remoteAddress,
    readBody: () => readBytes(request, limits),
  };
}

function send(request: Request, response: Response, answer: StruckAnswer): void {
  if (response.destroyed || response.headersSent) return;
  const { status, headers, body } = answer;
  const text = answer.text ?? (body === undefined ? "" : JSON.stringify(body));
  const { connection, ...rest } = headers;
  const isHttp2 = request.httpVersionMajor === 2;
  const all = {
    ...rest,
    // HTTP/2 has no such header; its connections are closed by other means.
    ...(connection !== undefined && !isHttp2 && { connection }),
    ...(status !== 204 && { "content-length": String(Buffer.byteLength(text)) }),
    "cache-control": "no-store",
  };
  // The two classes have the same method under types that do not unite.
  (response as ServerResponse).writeHead(status, all);
  response.end(request.method === "HEAD" ? "" : text);
}

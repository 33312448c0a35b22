import type { Socket } from "node:net";
import { single } from "../api/framing.js";
import { type HandleOptions, handle, type Incoming } from "../api/router.js";
import { type OwnRefusal, refusalAnswer, refuseItself } from "../engine/refusals.js";
import type { FaultyAnswer } from "../faults/inject.js";
import { type LogOptions, logRequest } from "../log/log-request.js";
import { credentialsIn } from "../log/redact.js";
import type { Session } from "../session.js";
import { createBackpressure } from "./backpressure.js";
import { createFairQueue } from "./fair-queue.js";
import { createFeeds } from "./feeds.js";
import type { Refused } from "./malformed.js";
import type { Request, Response } from "./messages.js";
import { type BodyLimits, readBytes } from "./request-body.js";
import { isGone, prepare, resetConnection, send, waitFor } from "./send.js";

/** Handles what arrives at a port. Its methods never throw. */
export interface Listener {
  /**
   * Responds to a request and logs it.
   *
   * @param socket - the connection of the request
   * @param refusal - the response, if the request was refused already
   */
  readonly answer: (
    request: Request,
    response: Response,
    socket: Socket,
    refusal?: OwnRefusal,
  ) => Promise<void>;
  /** Logs a request that was refused before it could be read. */
  readonly refused: (refused: Refused) => void;
  /** Ends all endless responses. */
  readonly endFeeds: () => void;
}

/** Options of {@link createListener}. */
export interface ListenerOptions extends HandleOptions, LogOptions {
  readonly limits: BodyLimits & {
    readonly answerTimeout: number;
    readonly maxPendingBytes: number;
  };
}

/** About how many bytes a request takes besides its body and the body of its response. */
const eachBytes = 4096;

/** Creates the listener for requests of both protocols. */
export function createListener(options: ListenerOptions): Listener {
  const { limits, redactor } = options;
  const backpressure = createBackpressure(limits.maxPendingBytes);
  const enterQueue = createFairQueue<Socket>();
  const feeds = createFeeds();

  async function serve(
    request: Request,
    response: Response,
    socket: Socket,
    refusal: OwnRefusal | undefined,
  ): Promise<void> {
    const start = performance.now();
    backpressure.add(socket, response, eachBytes);
    let leaveQueue = (): void => {};
    const readBody = async (): Promise<Buffer> => {
      const bytes = await readBytes(request, limits);
      backpressure.add(socket, response, bytes.length);
      // Making a response takes the most memory. Many requests may arrive at once, so only one is handled at a time.
      leaveQueue = await enterQueue(socket);
      while (!backpressure.mayRespond(socket, response)) {
        leaveQueue();
        await backpressure.change(socket, response);
        leaveQueue = await enterQueue(socket);
      }
      if (socket.destroyed) throw refuseItself(400, "broken_off", "The request broke off");
      return bytes;
    };
    let session: Session | undefined;
    const deliver = (answer: FaultyAnswer, text: string): void => {
      const { feed } = answer;
      const isFeed = feed !== undefined && request.method !== "HEAD";
      prepare(request, response, answer, isFeed ? undefined : text);
      const { method = "", url: path = "" } = request;
      const protocol = request.httpVersionMajor === 2 ? "HTTP/2" : "HTTP/1.1";
      const milliseconds = performance.now() - start;
      // Logged before it is sent: a client that has its response finds the request in the journal.
      logRequest({ method, path, protocol, milliseconds, answer, session }, options);
      if (answer.reset === true) resetConnection(response, socket);
      else if (isFeed) feeds.open(response, socket, feed);
      else send(request, response, socket, text, limits.answerTimeout);
    };
    try {
      const incoming = readIncoming(request, socket, readBody);
      redactor.learn(credentialsIn(incoming.headers["authorization"] ?? ""));
      const handled =
        refusal === undefined
          ? await handle(incoming, options)
          : { answer: refusalAnswer(refusal), session: options.sessions.get(undefined) };
      for (const secret of secretsIn(handled.answer.body)) redactor.learn(secret, { keep: true });
      session = handled.session;
      const text = textOf(handled.answer);
      backpressure.addAnswer(socket, response, Buffer.byteLength(text));
      leaveQueue();
      deliver(await delayed(withoutSuccess(handled.answer), response, socket), text);
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      const failure = `The mock failed on this request: ${cause}`;
      const answer = refusalAnswer(refuseItself(500, "failed", failure));
      deliver(answer, textOf(answer));
    } finally {
      leaveQueue();
    }
  }

  return {
    endFeeds: feeds.end,
    answer: async (request, response, socket, refusal) => {
      // A client that disconnects is not an error of the mock.
      request.on("error", () => {});
      response.on("error", () => {});
      // An error that no response can carry must not end the process.
      await serve(request, response, socket, refusal).catch(() => socket.destroy());
    },
    refused: ({ method, path, refusal }) => {
      const answer = refusalAnswer(refusal);
      try {
        options.coverage.noteRefused({ method, target: path }, answer);
        const session = options.sessions.get(undefined);
        logRequest(
          { method, path, protocol: "HTTP/1.1", milliseconds: 0, answer, session },
          options,
        );
      } catch (error) {
        process.emitWarning(`a refused request was not logged: ${String(error)}`);
      }
    },
  };
}

/** The log needs no body of a success, and the object takes more memory than its JSON. */
function withoutSuccess(answer: FaultyAnswer): FaultyAnswer {
  return answer.status < 400 ? { ...answer, body: undefined } : answer;
}

/** Waits for the delay of a latency fault. If the client disconnects meanwhile, the reason says so. */
async function delayed(
  answer: FaultyAnswer,
  response: Response,
  socket: Socket,
): Promise<FaultyAnswer> {
  if (answer.delay === undefined) return answer;
  await waitFor(answer.delay, response, socket);
  if (!isGone(response, socket)) return answer;
  const reasons = [answer.reason, "the client went away"].filter((reason) => reason !== undefined);
  return { ...answer, reason: reasons.join("; ") };
}

function textOf({ text, body }: FaultyAnswer): string {
  return text ?? (body === undefined ? "" : JSON.stringify(body));
}

/** The secrets in a response body: that of an issued token, or all of an exported state. */
function secretsIn(body: unknown): readonly string[] {
  const { access_token: secret, tokens } = Object(body);
  const inner = Array.isArray(tokens) ? tokens.flatMap(secretsIn) : [];
  return typeof secret === "string" ? [secret, ...inner] : inner;
}

function readIncoming(request: Request, socket: Socket, readBody: () => Promise<Buffer>): Incoming {
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    value === undefined || name.startsWith(":") ? [] : [[name, String(value)] as const],
  );
  const authority = request.headers[":authority"] ?? request.headers.host;
  return {
    method: request.method ?? "",
    target: request.url ?? "",
    headers: Object.fromEntries(headers),
    repeated: repeatedIn(request),
    host: authority === undefined ? undefined : String(authority),
    local: socket.localAddress,
    remote: socket.remoteAddress,
    readBody,
  };
}

/** The headers that a request repeats though it may have them once only. Node.js keeps one and drops the others. */
function repeatedIn({ rawHeaders, headers }: Request): readonly string[] {
  const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  const { host, ":authority": authority } = headers;
  return single.filter(
    (name) =>
      names.indexOf(name) !== names.lastIndexOf(name) ||
      (name === "host" && host !== undefined && authority !== undefined && host !== authority),
  );
}

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

/** What a port does with what arrives. It never throws. */
export interface Listener {
  /**
   * Answers a request, and tells of it.
   *
   * @param socket - the connection that it came on
   * @param refusal - the response, if it is decided already
   */
  readonly answer: (
    request: Request,
    response: Response,
    socket: Socket,
    refusal?: OwnRefusal,
  ) => Promise<void>;
  /** Tells of what was refused before it was a request. */
  readonly refused: (refused: Refused) => void;
  /** Ends the responses that have no end of their own. */
  readonly endFeeds: () => void;
}

/** How requests become responses on the wire. */
export interface ListenerOptions extends HandleOptions, LogOptions {
  readonly limits: BodyLimits & {
    readonly answerTimeout: number;
    readonly maxPendingBytes: number;
  };
}

/** About what a request takes beside its body and the text of its answer. */
const eachBytes = 4096;

/** Answers requests of both protocols. */
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
      // Many requests arrive at once, and a response is at its largest while it is made.
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
      // Before the response, so that who has the response finds it recorded.
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
      const words = error instanceof Error ? error.message : String(error);
      const failure = `The mock failed on this request: ${words}`;
      const answer = refusalAnswer(refuseItself(500, "failed", failure));
      deliver(answer, textOf(answer));
    } finally {
      leaveQueue();
    }
  }

  return {
    endFeeds: feeds.end,
    answer: async (request, response, socket, refusal) => {
      // A client that goes away is no mistake of the mock.
      request.on("error", () => {});
      response.on("error", () => {});
      // What can be told to no client must not end the process either.
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
        process.emitWarning(`a refusal was not told: ${String(error)}`);
      }
    },
  };
}

/** What is told of a success needs no body, which is larger than its text. */
function withoutSuccess(answer: FaultyAnswer): FaultyAnswer {
  return answer.status < 400 ? { ...answer, body: undefined } : answer;
}

/** Waits as long as a fault says, and says so if nobody is there any more. */
async function delayed(
  answer: FaultyAnswer,
  response: Response,
  socket: Socket,
): Promise<FaultyAnswer> {
  if (answer.delay === undefined) return answer;
  await waitFor(answer.delay, response, socket);
  if (!isGone(response, socket)) return answer;
  const reasons = [answer.reason, "the client went away"].filter((words) => words !== undefined);
  return { ...answer, reason: reasons.join("; ") };
}

function textOf({ text, body }: FaultyAnswer): string {
  return text ?? (body === undefined ? "" : JSON.stringify(body));
}

/** The secrets of a response: one that was just issued, or those of a state. */
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

/** Of the headers that a request has once at most, those that it repeats: Node.js keeps one and drops the others. */
function repeatedIn({ rawHeaders, headers }: Request): readonly string[] {
  const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  const { host, ":authority": authority } = headers;
  return single.filter(
    (name) =>
      names.indexOf(name) !== names.lastIndexOf(name) ||
      (name === "host" && host !== undefined && authority !== undefined && host !== authority),
  );
}

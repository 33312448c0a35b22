import { randomBytes } from "node:crypto";
import {
  type AccessTokenInfo,
  decodeAccessTokenInfo,
} from "../../generated/models/access-token-info.js";
import { encodeIssueAccessTokenRequest } from "../../generated/models/issue-access-token-request.js";
import bundledDocument from "../../generated/openapi.json" with { type: "json" };
import { S2, type S2Options } from "../s2.js";
import { basePath, inServedForm, isForeign, operationsWithoutState, titleOf } from "./document.js";
import type { Contract } from "./engine/contract.js";
import { createEngine, type Engine, type LoadedDocument, loadDocument } from "./engine/engine.js";
import { isJsonObject, type JsonObject } from "./engine/json.js";
import type { FaultPlan } from "./faults/plan.js";
import { readLimits } from "./limits.js";
import { createRedactor, type Redactor } from "./log/redact.js";
import type { RequestRecord } from "./log/request-record.js";
import { type MockOptions, readMockOptions, type SeedToken } from "./options.js";
import { createSessions, type Session, type Sessions, sessionHeader } from "./session.js";
import type { ClockSetting } from "./state/clock.js";
import type { IssueRequest } from "./state/issue.js";
import { readRules } from "./state/rules.js";
import { defaultRootToken } from "./state/secrets.js";
import { createListener, type ListenerOptions } from "./transport/listener.js";
import { openPort } from "./transport/port.js";
import { type Coverage, createCoverage } from "./verdict/coverage.js";
import type { Verdict } from "./verdict/verdict.js";

/** A session: the requests with its name in the header `mock-session`, and a state that they share. */
export interface MockSession {
  /** The name in the header `mock-session`. */
  readonly name: string;
  /** The time of this session's clock. */
  readonly now: () => Date;
  /** Sets the clock. */
  readonly setClock: (setting: ClockSetting) => void;
  /** Moves the clock forward. A fixed clock stays fixed, at the later time. */
  readonly advanceClock: (milliseconds: number) => void;
  /** Issues a token with the root token, under all rules, and returns its secret. */
  readonly issue: (token: SeedToken) => string;
  /** All tokens that have not expired, in the order of a listing. */
  readonly tokens: () => readonly AccessTokenInfo[];
  /** Sets the fault plan. A plan without faults injects none. */
  readonly setFaults: (plan: FaultPlan) => void;
  /** The newest request records, up to the limit `maxJournal`, oldest first. They have no secrets. */
  readonly journal: () => readonly RequestRecord[];
  /** What the session's requests exercised of the contract. */
  readonly verdict: () => Verdict;
  /** Restores the tokens, clock and faults of the options, and empties the journal and verdict. */
  readonly reset: () => void;
}

/** What a mock serves. */
export interface ServedDocument {
  /** Title and version of the document. */
  readonly title: string;
  /** Whether its responses are examples of the document, and it keeps nothing. */
  readonly stateless: boolean;
  /** Whether the document is of another API than that of access tokens. */
  readonly isForeign: boolean;
  /** How many operations it has. */
  readonly operations: number;
  /** Ids of the operations that are answered with examples, though the others have a state. */
  readonly examples: readonly string[];
}

/** Options of {@link Mock.client}: those of the client, and a session. */
export interface MockClientOptions extends Omit<S2Options, "endpoint"> {
  /** The session of its requests. Default: the session of requests without the header `mock-session`. */
  readonly session?: string | undefined;
}

/** A running mock. Its session methods act on the session of requests without the header `mock-session`. */
export interface Mock extends MockSession {
  /** Its origin, such as `http://127.0.0.1:4010`: the endpoint for clients. */
  readonly url: string;
  /** The port that it listens on. */
  readonly port: number;
  /** The bearer token that may do everything. */
  readonly rootToken: string;
  /** The bearer token of the control under `/__mock/`. */
  readonly controlToken: string;
  /** What the requests of all sessions exercised of the contract so far. */
  readonly verdict: () => Verdict;
  /** What it serves now. */
  readonly served: () => ServedDocument;
  /**
   * Creates a client of this package that calls the mock with the root token.
   *
   * @param options - the session of its calls, and options of the client
   */
  readonly client: (options?: MockClientOptions) => S2;
  /** Finds a session by name, or creates it. */
  readonly session: (name: string) => MockSession;
  /** Removes a session and its state. The next request with its name creates a new one. */
  readonly endSession: (name: string) => void;
  /**
   * Serves another document from the next request on, and keeps the state.
   *
   * @throws {Error} if the document cannot be served; the mock keeps serving the current one.
   */
  readonly serve: (document: object) => Promise<void>;
  /** Accepts no more requests, finishes open ones, and stops. */
  readonly stop: () => Promise<void>;
  /** The same as {@link stop}, for `await using mock = await startMock()`. */
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/**
 * Starts a mock of the access-token endpoints. It keeps state under the rules of the service, and speaks HTTP/1.1 and
 * HTTP/2 without TLS on one port. Paths work with and without the contract's base path.
 *
 * @throws {TypeError} if an option is wrong. The message names it.
 * @throws {Error} if the document cannot be served, or the mock cannot listen on the port.
 * @example
 * ```ts
 * import { startMock } from "s2-token-contract/mock";
 *
 * const mock = await startMock();
 * const client = new S2({ accessToken: mock.rootToken, endpoint: mock.url });
 * await client.accessTokens.list();
 * await mock.stop();
 * ```
 */
export async function startMock(given: MockOptions = {}): Promise<Mock> {
  const options = readMockOptions(given);
  const { rootToken = defaultRootToken, stateless = false, strict = false } = options;
  const { tokens = [], onRequest } = options;
  const { controlToken = randomBytes(16).toString("hex") } = options;
  const rules = readRules(options.rules);
  const limits = readLimits(options.limits);
  if (stateless && options.faults !== undefined) {
    throw new TypeError("faults: they need a state, and this mock is stateless");
  }
  const seeds = tokens.map(({ accessToken }) => accessToken ?? "");
  const redactor = createRedactor([rootToken, controlToken, ...seeds], limits.maxTokens);
  const newCoverage = (): Coverage => createCoverage(redactor.redact);
  const coverage = newCoverage();
  const serve = (loaded: LoadedDocument): Served => {
    const { isForeign } = loaded;
    if (isForeign && options.faults !== undefined) {
      throw new TypeError(
        "faults: the mock has no state for a document of another API, and faults need one",
      );
    }
    const advice = `Here the root token is ${rootToken}.`;
    const engine = createEngine(loaded, { badBody: rules.badBody, strict, advice });
    return { engine, isForeign, base: basePath(engine.contract.document["servers"]) };
  };
  let served = serve(
    await (options.document === undefined ? ownDocument() : load(options.document)),
  );
  const { clock, faults } = options;
  const contract = (): Contract => served.engine.contract;
  const sessions = createSessions({
    rootToken,
    rules,
    limits,
    tokens,
    clock,
    faults,
    contract,
    newCoverage,
  });
  const listenerOptions: ListenerOptions = {
    engine: () => served.engine,
    basePath: () => served.base,
    sessions,
    rules,
    get stateless() {
      return stateless || served.isForeign;
    },
    get isForeign() {
      return served.isForeign;
    },
    rootToken,
    controlToken,
    coverage,
    limits,
    maxHeaderBytes: limits.maxHeaderBytes,
    maxBodyBytes: limits.maxBodyBytes,
    redactor,
    access: {
      allowedHosts: options.allowedHosts ?? [],
      allowedOrigins: options.allowedOrigins ?? [],
    },
    onRequest: onRequest ?? (() => {}),
  };
  const face = (name: string | undefined): MockSession =>
    sessionFace({ sessions, name, rootToken, contract, redactor });
  const { host = "127.0.0.1", port = 0 } = options;
  const opened = await openPort(createListener(listenerOptions), { port, host, limits });
  const url = `http://${urlHost(host)}:${opened.port}`;
  return {
    ...face(undefined),
    url,
    port: opened.port,
    rootToken,
    controlToken,
    verdict: () => coverage.verdict(contract()),
    served: () => {
      const { document, operations } = contract();
      const { stateless, isForeign } = listenerOptions;
      return {
        title: titleOf(document),
        stateless,
        isForeign,
        operations: operations.length,
        examples: stateless ? [] : operationsWithoutState(document),
      };
    },
    client: ({ session, headers, ...others } = {}) =>
      new S2({
        accessToken: rootToken,
        ...others,
        endpoint: url,
        headers: { ...headers, ...(session !== undefined && { [sessionHeader]: session }) },
      }),
    session: face,
    endSession: sessions.end,
    serve: async (document) => {
      served = serve(await load(document));
    },
    stop: opened.close,
    [Symbol.asyncDispose]: opened.close,
  };
}

interface Served {
  readonly engine: Engine;
  readonly isForeign: boolean;
  readonly base: string;
}

let own: Promise<LoadedDocument> | undefined;

/** The document of this package, which all mocks of a process share. */
function ownDocument(): Promise<LoadedDocument> {
  own ??= loadDocument(bundledDocument, { isKnown: true });
  return own;
}

async function load(document: object): Promise<LoadedDocument> {
  if (!isJsonObject(document)) throw new TypeError("document: expected an OpenAPI document");
  // A copy, because the caller may change the object later.
  const served = inServedForm(copyOf(document));
  return await loadDocument(served, { isForeign: isForeign(served) });
}

function copyOf(document: JsonObject): JsonObject {
  try {
    return structuredClone(document);
  } catch (cause) {
    throw new TypeError(
      `document: expected JSON; ${cause instanceof Error ? cause.message : cause}`,
    );
  }
}

/** The public methods of a session. They look it up each time, because it may have been ended and created again. */
function sessionFace({
  sessions,
  name,
  rootToken,
  contract,
  redactor,
}: {
  readonly sessions: Sessions;
  readonly name: string | undefined;
  readonly rootToken: string;
  readonly contract: () => Contract;
  readonly redactor: Redactor;
}): MockSession {
  const session = (): Session => sessions.get(name);
  return {
    name: session().name,
    now: () => new Date(session().clock.now()),
    setClock: (setting) => session().clock.set(setting),
    advanceClock: (milliseconds) => session().clock.advance(milliseconds),
    issue: ({ accessToken, ...token }) => {
      const { account } = session();
      const root = account.authenticate(rootToken);
      // A cast: the encoder's output has this type by the contract.
      const request = encodeIssueAccessTokenRequest(token) as IssueRequest;
      const { access_token: secret } = account.issue(root, request, accessToken);
      redactor.learn(secret, { keep: true });
      return secret;
    },
    tokens: () => session().account.listAll().map(decodeAccessTokenInfo),
    setFaults: (plan) => session().faults.set(plan),
    journal: () => session().journal.list(),
    verdict: () => session().coverage.verdict(contract()),
    reset: () => session().reset(),
  };
}

/** The host for the mock's URL: a wildcard address becomes the loopback address. */
function urlHost(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}

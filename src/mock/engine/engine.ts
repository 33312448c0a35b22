import type { IHttpOperationConfig } from "@stoplight/prism-http";
import { Refusal } from "../state/refusal.js";
import type { Answer } from "./answer.js";
import { bearerOf } from "./bearer.js";
import { conform } from "./conform.js";
import {
  type Contract,
  type ContractOptions,
  type OperationContract,
  readContract,
} from "./contract.js";
import {
  type Faults,
  inWords,
  isUnauthorised,
  refuseFaults,
  refuseMissingBearer,
  refuseMissingCredential,
  refuseRealToken,
  violationsHeader,
} from "./explain.js";
import type { JsonObject } from "./json.js";
import type { Judge } from "./judge.js";
import { isLarge } from "./large.js";
import { type PlainlyValid, plainlyValid } from "./plainly-valid.js";
import { refusalAnswer, refuseItself, refuseRoute } from "./refusals.js";
import {
  type EngineRequest,
  type OperationInput,
  readInput,
  type Violation,
  violationsOf,
} from "./request.js";
import { createRoutes, type Routes } from "./route.js";
import type { SampleRequest } from "./sample-requests.js";
import { describeUnknown, type UnknownName, unknownNames } from "./unknown-names.js";

/** Serves operations from a state instead of the document's examples. Its methods throw refusals. */
export interface Backend {
  /** Whether it serves an operation. The document's examples serve the others. */
  readonly answers: (operationId: string) => boolean;
  /** Finds the caller. The engine calls this before it checks anything else in a request. */
  readonly authenticate: (operationId: string, bearer: string) => unknown;
  /** Runs an operation; returns the status and body of its success. */
  readonly answer: (
    operationId: string,
    input: OperationInput,
    caller: unknown,
  ) => { readonly status: number; readonly body: unknown };
}

/** Options of {@link createEngine}. */
export interface EngineOptions {
  /** Error code for a body that violates the schema. */
  readonly badBody: "bad_json" | "invalid";
  /** Whether an unknown name in a request is a violation. */
  readonly strict?: boolean;
  /** A sentence that tells which token to send instead of one that looks real. */
  readonly advice: string;
}

/** Serves a document. */
export interface Engine {
  readonly contract: Contract;
  /**
   * Responds to a request. The response always conforms to the contract.
   *
   * @param backend - undefined: respond with the document's examples
   */
  readonly answer: (request: EngineRequest, backend: Backend | undefined) => Promise<Answer>;
  /** Whether a request asks for one of the document's responses by `Prefer`. */
  readonly prefers: (request: EngineRequest) => Promise<boolean>;
  /** The methods of a path, in capitals. */
  readonly methodsOf: (path: string) => readonly string[];
  /** A request that an operation takes, by the document's examples, with a secret where the document asks for one. */
  readonly sampleRequest: (operation: OperationContract, secret: string) => Promise<SampleRequest>;
}

/** A loaded document, which several engines can share. */
export interface LoadedDocument {
  readonly contract: Contract;
  readonly routes: Routes;
  readonly isPlainlyValid: PlainlyValid;
  /** Whether it describes another API. Then only Prism checks requests, and responses are not checked. */
  readonly isForeign: boolean;
  /** Prism on this document, loaded on first use. */
  readonly judge: () => Promise<Judge>;
}

/**
 * Loads a document.
 *
 * @param options - as for {@link readContract}
 * @throws {ContractProblem} if a part of the document cannot be compiled.
 */
export async function loadDocument(
  document: JsonObject,
  { isKnown = false, isForeign = false }: ContractOptions = {},
): Promise<LoadedDocument> {
  const contract = readContract(document, { isKnown, isForeign });
  let judged: Promise<Judge> | undefined;
  const judge = (): Promise<Judge> => {
    judged ??= import("./judge.js").then(({ createJudge }) => createJudge(document));
    return judged;
  };
  if (!isKnown) await judge();
  const routes = createRoutes(contract);
  const isPlainlyValid = isForeign ? () => false : plainlyValid(document);
  return { contract, routes, isPlainlyValid, isForeign, judge };
}

/**
 * Creates the engine that responds to requests by a document. For simple valid requests, the compiled schemas are
 * enough; for all others, Prism routes, validates, negotiates and chooses examples. The {@link Backend} serves the
 * operations that it has a state for.
 */
export function createEngine(loaded: LoadedDocument, options: EngineOptions): Engine {
  const { contract, routes, judge } = loaded;
  return {
    contract,
    answer: async (request, backend) => {
      const draft = await draftAnswer({ ...loaded, options, request, backend });
      // These describe the request, so they stay even if another response replaces the draft.
      const { invalid, unknown } = draft;
      return { ...(loaded.isForeign ? draft : conform(contract, draft)), invalid, unknown };
    },
    prefers: async (request) => (await preferencesOf({ request, judge })) !== undefined,
    sampleRequest: async (operation, secret) => (await judge()).sampleRequest(operation, secret),
    methodsOf: (path) => {
      const methods = routes.at(path).map(({ method }) => method.toUpperCase());
      return ["GET", "POST", "PUT", "PATCH", "DELETE"].filter((one) => methods.includes(one));
    },
  };
}

interface Call extends LoadedDocument {
  readonly options: EngineOptions;
  readonly request: EngineRequest;
  readonly backend: Backend | undefined;
}

async function draftAnswer(call: Call): Promise<Answer> {
  let operation: OperationContract | undefined;
  let invalid: string | undefined;
  let unknown: readonly UnknownName[] | undefined;
  try {
    const checked = await check(call);
    operation = checked.operation;
    unknown = unknownNames(call.contract, operation, call.request);
    const faults = {
      diagnostics: checked.diagnostics,
      violations: [...checked.violations, ...(call.options.strict ? unknown.map(violationOf) : [])],
    };
    invalid = inWords(faults);
    return { ...(await answerOperation(call, operation, faults)), invalid, unknown };
  } catch (error) {
    const refusal =
      error instanceof Refusal
        ? error
        : refuseItself(500, "engine_failed", `The mock failed on this request: ${String(error)}`);
    // These are violations, too: a request that matches no operation, and one that does not accept the contract's media
    // type.
    if (operation === undefined || refusal.status === 406) invalid ??= refusal.message;
    return { ...refusalAnswer(refusal, operation?.operationId), invalid, unknown };
  }
}

interface Checked extends Faults {
  readonly operation: OperationContract;
}

/**
 * Finds the operation that a request calls, and what is wrong with the request.
 *
 * @throws {Refusal} if it matches no operation.
 */
async function check({
  contract,
  routes,
  isPlainlyValid,
  isForeign,
  judge,
  request,
}: Call): Promise<Checked> {
  const { method, path } = request;
  if (routes.at(path).length === 0) throw refuseRoute(404, method, path);
  const meant = routes.only(method, path);
  const violations = meant && violationsOf(meant, request);
  if (meant !== undefined && violations?.length === 0 && isPlainlyValid(meant, request)) {
    return { operation: meant, diagnostics: [], violations };
  }
  const hasBadBody =
    !isForeign &&
    violations?.some(({ place }) => place === "body") === true &&
    isLarge(request.body);
  const { diagnostics, ...called } = await (await judge()).check(request, { hasBadBody });
  const operation = contract.operations.find(
    (one) => one.method === called.method && one.path === called.path,
  );
  if (operation === undefined) throw new TypeError(`no operation ${called.method} ${called.path}`);
  if (isForeign) return { operation, diagnostics, violations: [] };
  const isMeant = operation === meant && violations !== undefined;
  return {
    operation,
    diagnostics,
    violations: isMeant ? violations : violationsOf(operation, request),
  };
}

/** Reads what a request asks for by `Prefer`. Loads Prism only if the request may ask for something. */
async function preferencesOf({
  request,
  judge,
}: Pick<Call, "request" | "judge">): Promise<IHttpOperationConfig | undefined> {
  const { headers, query } = request;
  const may =
    /code|dynamic|example|seed/i.test(headers["prefer"] ?? "") ||
    Object.keys(query).some((name) => name.startsWith("__"));
  return may ? (await judge()).preferences(request) : undefined;
}

async function answerOperation(
  { judge, options, request, backend, isForeign }: Call,
  operation: OperationContract,
  faults: Faults,
): Promise<Answer> {
  const { operationId } = operation;
  const bearer = bearerOf(request.headers);
  const preferences = await preferencesOf({ request, judge });
  const isBacked = preferences === undefined && backend?.answers(operationId) === true;
  const real = isForeign ? undefined : refuseRealToken(bearer ?? "", options.advice);
  if (real !== undefined) throw real;
  const explained = (refusal: Refusal): Answer => {
    const answer = refusalAnswer(refusal, operationId);
    return { ...answer, headers: { ...answer.headers, ...violationsHeader(faults) } };
  };
  if (isUnauthorised(faults)) {
    return explained(isForeign ? refuseMissingCredential(faults) : refuseMissingBearer());
  }
  const caller = isBacked ? authenticate(backend, operationId, bearer) : undefined;
  const refusal = refuseFaults(faults, operation.answers.has(422) ? options.badBody : "bad_json");
  if (refusal !== undefined) return explained(refusal);
  const choose = async (wanted: IHttpOperationConfig): Promise<Answer> =>
    (await judge()).example(request, operation, wanted);
  if (!isBacked) {
    const answer = await choose(preferences ?? { dynamic: false });
    if (preferences !== undefined || backend === undefined) return answer;
    return { ...answer, reason: `${answer.reason}: the mock has no state for this operation` };
  }
  if (!acceptsJson(request)) await choose({ dynamic: false });
  const input = readInput(operation, request);
  const { status, body } = backend.answer(operationId, input, caller);
  const headers = body === undefined ? {} : { "content-type": "application/json" };
  return { status, headers, body, operationId, reason: undefined };
}

function violationOf(unknown: UnknownName): Violation {
  const { place, name } = unknown;
  return { place, problem: { path: [name], words: describeUnknown(unknown) } };
}

/** The backend needs a bearer token even if the document requires none. */
function authenticate(backend: Backend, operationId: string, bearer: string | undefined): unknown {
  if (bearer === undefined) throw refuseMissingBearer();
  return backend.authenticate(operationId, bearer);
}

/** Whether `Accept` plainly allows JSON, as nearly every client's does. Prism decides all other cases. */
function acceptsJson({ headers }: EngineRequest): boolean {
  const { accept } = headers;
  return accept === undefined || /(^|[\s,])(application\/json|\*\/\*)\s*(,|$)/i.test(accept);
}

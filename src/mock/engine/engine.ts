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
  refuseRealToken,
  violationsHeader,
} from "./explain.js";
import type { JsonObject } from "./json.js";
import type { Judge } from "./judge.js";
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
import { describeUnknown, type UnknownName, unknownNames } from "./unknown-names.js";

/** What answers operations in place of the document's examples. Refusals are thrown. */
export interface Backend {
  /** Whether it answers an operation; the document's examples answer the others. */
  readonly answers: (operationId: string) => boolean;
  /** Who calls. It comes before all else that may be wrong with a request. */
  readonly authenticate: (operationId: string, bearer: string) => unknown;
  /** Status and body of a success. */
  readonly answer: (
    operationId: string,
    input: OperationInput,
    caller: unknown,
  ) => { readonly status: number; readonly body: unknown };
}

/** How the engine answers. */
export interface EngineOptions {
  /** Code of the refusal of a body that breaks the schema. */
  readonly badBody: "bad_json" | "invalid";
  /** Whether a name that the contract does not have is a violation of it. */
  readonly strict?: boolean;
  /** What to send in place of a bearer that looks real; a sentence. */
  readonly advice: string;
}

/** A document that can be called. */
export interface Engine {
  readonly contract: Contract;
  /**
   * The response to a request, always one that the contract allows.
   *
   * @param backend - without one, the responses are the document's examples
   */
  readonly answer: (request: EngineRequest, backend: Backend | undefined) => Promise<Answer>;
  /** Whether a request asks for a response of the document by `Prefer`. */
  readonly prefers: (request: EngineRequest) => Promise<boolean>;
  /** The methods, in capitals, that a path can be called with. */
  readonly methodsOf: (path: string) => readonly string[];
}

/** A document, as engines share it. */
export interface LoadedDocument {
  readonly contract: Contract;
  readonly routes: Routes;
  readonly isPlainlyValid: PlainlyValid;
  /** Whether it is of another API: Prism alone judges it, and its responses need not fit the contract of this one. */
  readonly isForeign: boolean;
  /** Loaded when it is first asked for. */
  readonly judge: () => Promise<Judge>;
}

/**
 * Reads a document.
 *
 * @param options - as for {@link readContract}; of a known document, nothing is compiled before it is needed
 * @throws {ContractProblem} of a part of the document that could not be checked with.
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
 * Answers requests by a document. What is plainly valid is checked once, by the compiled schemas; of all else Prism is
 * the judge: it routes, validates, negotiates and knows the examples. What is answered in place of an example comes from
 * the {@link Backend}.
 */
export function createEngine(loaded: LoadedDocument, options: EngineOptions): Engine {
  const { contract, routes, judge } = loaded;
  return {
    contract,
    answer: async (request, backend) => {
      const draft = await draftAnswer({ ...loaded, options, request, backend });
      // What the request is stays true whatever has to be answered in place of the draft.
      const { invalid, unknown } = draft;
      return { ...(loaded.isForeign ? draft : conform(contract, draft)), invalid, unknown };
    },
    prefers: async (request) => (await preferencesOf({ request, judge })) !== undefined,
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
    // Of a request that calls nothing, and of one that does not take the one media type of the contract.
    if (operation === undefined || refusal.status === 406) invalid ??= refusal.message;
    return { ...refusalAnswer(refusal, operation?.operationId), invalid, unknown };
  }
}

interface Checked extends Faults {
  readonly operation: OperationContract;
}

/**
 * Which operation a request calls, and what is wrong with it.
 *
 * @throws {Refusal} it calls none.
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
  const { diagnostics, ...called } = await (await judge()).check(request);
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

/** What a request asks for by `Prefer`; only what may be such a wish is Prism's to read. */
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
  { judge, options, request, backend }: Call,
  operation: OperationContract,
  faults: Faults,
): Promise<Answer> {
  const { operationId } = operation;
  const bearer = bearerOf(request.headers);
  const preferences = await preferencesOf({ request, judge });
  const isBacked = preferences === undefined && backend?.answers(operationId) === true;
  const real = refuseRealToken(bearer ?? "", options.advice);
  if (real !== undefined) throw real;
  const explained = (refusal: Refusal): Answer => {
    const answer = refusalAnswer(refusal, operationId);
    return { ...answer, headers: { ...answer.headers, ...violationsHeader(faults) } };
  };
  if (isUnauthorised(faults)) return explained(refuseMissingBearer());
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

/** A document may ask for no bearer where the backend needs one. */
function authenticate(backend: Backend, operationId: string, bearer: string | undefined): unknown {
  if (bearer === undefined) throw refuseMissingBearer();
  return backend.authenticate(operationId, bearer);
}

/** What nearly every client accepts; anything else is for Prism to judge. */
function acceptsJson({ headers }: EngineRequest): boolean {
  const { accept } = headers;
  return accept === undefined || /(^|[\s,])(application\/json|\*\/\*)\s*(,|$)/i.test(accept);
}

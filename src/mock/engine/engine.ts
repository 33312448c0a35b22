import { type IHttpOperationConfig, ProblemJsonError } from "@stoplight/prism-http";
import type { IHttpOperation } from "@stoplight/types";
import { isLeft, isRight } from "fp-ts/lib/Either.js";
import { Refusal } from "../state/refusal.js";
import type { Answer } from "./answer.js";
import { bearerOf } from "./bearer.js";
import { conform } from "./conform.js";
import { type Contract, type OperationContract, readContract } from "./contract.js";
import { exampleAnswer } from "./examples.js";
import {
  type Faults,
  inWords,
  isUnauthorised,
  refuseFaults,
  refuseMissingBearer,
  refuseRealToken,
  violationsHeader,
} from "./explain.js";
import { withFiniteResponses } from "./finite-schemas.js";
import type { JsonObject } from "./json.js";
import { prismOperations } from "./operations.js";
import { readPreferences } from "./preferences.js";
import { routeAndCheck } from "./prism.js";
import { refusalAnswer, refuseItself } from "./refusals.js";
import {
  type EngineRequest,
  type OperationInput,
  operationOf,
  readInput,
  type Violation,
  violationsOf,
} from "./request.js";
import { withShortLists } from "./short-lists.js";
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
   * The answer to a request, always one that the contract allows.
   *
   * @param backend - without one, the answers are the document's examples
   */
  readonly answer: (request: EngineRequest, backend: Backend | undefined) => Promise<Answer>;
  /** The methods, in capitals, that a path can be called with. */
  readonly methodsOf: (path: string) => Promise<readonly string[]>;
}

/**
 * Prism's engine on a document: it routes, validates, negotiates and knows the examples; what is answered in place of
 * an example comes from the {@link Backend}.
 *
 * @throws {ContractProblem} of a part of the document that could not be checked with.
 */
export async function createEngine(document: JsonObject, options: EngineOptions): Promise<Engine> {
  const contract = readContract(document);
  const operations = await prismOperations(document);
  const sampled = await prismOperations(withShortLists(withFiniteResponses(document)));
  return {
    contract,
    answer: async (request, backend) => {
      const draft = await draftAnswer({ contract, operations, sampled, options, request, backend });
      // What the request is stays true whatever has to be answered in place of the draft.
      const { invalid, unknown } = draft;
      return { ...conform(contract, draft), invalid, unknown };
    },
    methodsOf: async (path) => {
      const methods = ["get", "post", "put", "patch", "delete"];
      const routes = methods.map(async (method) => {
        const request = { method, path, query: {}, headers: {}, body: undefined };
        return isRight(await routeAndCheck(operations, request)) ? [method.toUpperCase()] : [];
      });
      return (await Promise.all(routes)).flat();
    },
  };
}

interface Call {
  readonly contract: Contract;
  readonly operations: readonly IHttpOperation[];
  /** The same operations for examples and sample values. */
  readonly sampled: readonly IHttpOperation[];
  readonly options: EngineOptions;
  readonly request: EngineRequest;
  readonly backend: Backend | undefined;
}

async function draftAnswer(call: Call): Promise<Answer> {
  let operation: OperationContract | undefined;
  let invalid: string | undefined;
  let unknown: readonly UnknownName[] | undefined;
  try {
    const routed = await routeAndCheck(call.operations, call.request);
    if (isLeft(routed)) {
      const refusal = refuseRoute(routed.left, call.request);
      return { ...refusalAnswer(refusal), invalid: refusal.message };
    }
    const { operationId, diagnostics } = routed.right;
    operation = operationOf(call.contract, operationId);
    if (operation === undefined) throw new TypeError(`no operation ${operationId}`);
    unknown = unknownNames(call.contract, operation, call.request);
    const violations = [
      ...violationsOf(operation, call.request),
      ...(call.options.strict ? unknown.map(violationOf) : []),
    ];
    const faults = { diagnostics, violations };
    invalid = inWords(faults);
    return { ...(await answerOperation(call, operation, faults)), invalid, unknown };
  } catch (error) {
    const refusal =
      error instanceof Refusal
        ? error
        : refuseItself(500, "engine_failed", `The mock failed on this request: ${String(error)}`);
    // The contract has one media type, and this refusal is of requests that do not take it.
    if (refusal.status === 406) invalid ??= refusal.message;
    return { ...refusalAnswer(refusal, operation?.operationId), invalid, unknown };
  }
}

async function answerOperation(
  { sampled, options, request, backend }: Call,
  operation: OperationContract,
  faults: Faults,
): Promise<Answer> {
  const { operationId } = operation;
  const bearer = bearerOf(request.headers);
  const preferences = readPreferences(request);
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
  const choose = (wanted: IHttpOperationConfig): Promise<Answer> =>
    exampleAnswer(sampled, request, operation, wanted);
  if (!isBacked) return choose(preferences ?? { dynamic: false });
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

function refuseRoute(error: Error, { method, path }: EngineRequest): Refusal {
  const status = error instanceof ProblemJsonError ? error.status : 404;
  const call = `${method.toUpperCase()} ${path}`;
  if (status === 405)
    return refuseItself(405, "method_not_allowed", `No such method here: ${call}`);
  return refuseItself(404, "no_such_route", `No such path: ${call}`);
}

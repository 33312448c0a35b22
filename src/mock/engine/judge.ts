import { type IHttpOperationConfig, ProblemJsonError } from "@stoplight/prism-http";
import { isLeft } from "fp-ts/lib/Either.js";
import type { Answer } from "./answer.js";
import type { OperationContract } from "./contract.js";
import { exampleAnswer } from "./examples.js";
import { withFiniteResponses } from "./finite-schemas.js";
import type { JsonObject } from "./json.js";
import { prismOperations } from "./operations.js";
import { readPreferences } from "./preferences.js";
import { type Routed, routeAndCheck } from "./prism.js";
import { refuseRoute } from "./refusals.js";
import type { EngineRequest } from "./request.js";
import { withShortLists } from "./short-lists.js";

/** Prism on a document: what it says of requests, and the document's examples. */
export interface Judge {
  /**
   * Which operation a request calls, and what is wrong with it.
   *
   * @throws {Refusal} it calls none.
   */
  readonly check: (request: EngineRequest) => Promise<Routed>;
  /**
   * The response that a request asks for by `Prefer`; undefined where it asks for none.
   *
   * @throws {Refusal} what it asks for cannot be read.
   */
  readonly preferences: (request: EngineRequest) => IHttpOperationConfig | undefined;
  /**
   * The response of the document itself to a valid request.
   *
   * @throws {Refusal} there is none of this kind.
   */
  readonly example: (
    request: EngineRequest,
    operation: OperationContract,
    wanted: IHttpOperationConfig,
  ) => Promise<Answer>;
}

/**
 * Puts Prism on a document. This module is loaded when it is first needed: Prism is most of the mock's code, and most
 * mocks are never asked for anything but what is plainly valid.
 *
 * @throws {ContractProblem} of a part of the document that could not be checked with.
 */
export async function createJudge(document: JsonObject): Promise<Judge> {
  const operations = await prismOperations(document);
  const sampled = await prismOperations(withShortLists(withFiniteResponses(document)));
  return {
    check: async (request) => {
      const routed = await routeAndCheck(operations, request);
      if (!isLeft(routed)) return routed.right;
      const isOfMethod = routed.left instanceof ProblemJsonError && routed.left.status === 405;
      throw refuseRoute(isOfMethod ? 405 : 404, request.method, request.path);
    },
    preferences: readPreferences,
    example: (request, operation, wanted) => exampleAnswer(sampled, request, operation, wanted),
  };
}

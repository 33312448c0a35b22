import { type IHttpOperationConfig, ProblemJsonError } from "@stoplight/prism-http";
import { isLeft } from "fp-ts/lib/Either.js";
import type { Answer } from "./answer.js";
import type { OperationContract } from "./contract.js";
import { exampleAnswer } from "./examples.js";
import { withFiniteResponses } from "./finite-schemas.js";
import type { JsonObject } from "./json.js";
import { prismOperations } from "./operations.js";
import { readPreferences } from "./preferences.js";
import { type CheckOptions, type Routed, routeAndCheck } from "./prism.js";
import { refuseRoute } from "./refusals.js";
import type { EngineRequest } from "./request.js";
import { type SampleRequest, sampleRequest } from "./sample-requests.js";
import { withShortLists } from "./short-lists.js";

/** Prism on a document: checks requests, and gives the document's examples. */
export interface Judge {
  /**
   * Finds the operation that a request calls, and what is wrong with the request.
   *
   * @throws {Refusal} if it matches no operation.
   */
  readonly check: (request: EngineRequest, options?: CheckOptions) => Promise<Routed>;
  /**
   * Reads which response a request asks for by `Prefer`; undefined if it does not ask.
   *
   * @throws {Refusal} if `Prefer` cannot be parsed.
   */
  readonly preferences: (request: EngineRequest) => IHttpOperationConfig | undefined;
  /**
   * The document's own response to a valid request.
   *
   * @throws {Refusal} if the document does not have the wanted response.
   */
  readonly example: (
    request: EngineRequest,
    operation: OperationContract,
    wanted: IHttpOperationConfig,
  ) => Promise<Answer>;
  /**
   * A request that an operation takes, by the document's examples.
   *
   * @param secret - what to send where the document asks for a credential
   */
  readonly sampleRequest: (operation: OperationContract, secret: string) => SampleRequest;
}

/**
 * Sets up Prism for a document. Import this module only when it is needed: Prism is most of the mock's code, and most
 * mocks get only simple valid requests.
 *
 * @throws {ContractProblem} if Prism would check the document by other rules.
 */
export async function createJudge(document: JsonObject): Promise<Judge> {
  const operations = await prismOperations(document);
  const sampled = await prismOperations(withShortLists(withFiniteResponses(document)));
  return {
    check: async (request, options) => {
      const routed = await routeAndCheck(operations, request, options);
      if (!isLeft(routed)) return routed.right;
      const isOfMethod = routed.left instanceof ProblemJsonError && routed.left.status === 405;
      throw refuseRoute(isOfMethod ? 405 : 404, request.method, request.path);
    },
    preferences: readPreferences,
    example: (request, operation, wanted) => exampleAnswer(sampled, request, operation, wanted),
    sampleRequest: ({ method, path }, secret) => {
      const found = operations.find((one) => one.method === method && one.path === path);
      if (found === undefined) throw new TypeError(`no operation ${method} ${path}`);
      return sampleRequest(found, secret);
    },
  };
}

import { type IHttpOperationConfig, ProblemJsonError } from "@stoplight/prism-http";
import type { IHttpOperation } from "@stoplight/types";
import { isLeft } from "fp-ts/lib/Either.js";
import type { Refusal } from "../state/refusal.js";
import type { Answer } from "./answer.js";
import type { OperationContract } from "./contract.js";
import { shown } from "./diagnostics.js";
import { noSample } from "./finite-schemas.js";
import { negotiate } from "./prism.js";
import { refuseItself } from "./refusals.js";
import type { EngineRequest } from "./request.js";
import { fitSampleValues } from "./sample-values.js";

/**
 * The document's own response to a valid request: the example that `Prefer` names, the first one, or sample values
 * generated from the schemas. Prism negotiates and chooses.
 */
export async function exampleAnswer(
  operations: readonly IHttpOperation[],
  request: EngineRequest,
  operation: OperationContract,
  preferences: IHttpOperationConfig,
): Promise<Answer> {
  const outcome = await negotiate(operations, request, preferences).catch((error: unknown) => {
    // Prism's parser of media types throws at a malformed one.
    const problem = error instanceof Error ? error.message : String(error);
    const message = `Accept cannot be read: ${problem}; send application/json, or */*`;
    throw refuseItself(406, "not_acceptable", message);
  });
  if (isLeft(outcome)) throw refuseNegotiation(outcome.left, operation, preferences);
  const { statusCode: status, headers: given = {}, body } = outcome.right;
  const { code: wanted = status } = preferences;
  // If the status has no such example, Prism takes one of a success instead.
  if (status !== wanted) throw refuseExample(operation, preferences);
  const headers = Object.entries(given).map(([name, value]) => [name.toLowerCase(), String(value)]);
  if (body === noSample) {
    const message = `The mock has no sample value for ${operation.operationId} ${status}: the schema requires an endless or a very large value`;
    throw refuseItself(501, "no_sample", message);
  }
  const hasBody = body !== undefined && body !== null;
  const answer = {
    status,
    headers: Object.fromEntries(headers.filter(([name]) => hasBody || name !== "content-type")),
    body: hasBody ? body : undefined,
    operationId: operation.operationId,
    reason: preferences.dynamic ? "sample values from the schemas" : "an example of the document",
  };
  return preferences.dynamic ? fitSampleValues(answer, operation.answers.get(status)) : answer;
}

/**
 * Refuses what Prism could not negotiate. If a status was asked for, Prism wraps the problem in another error's
 * message.
 */
function refuseNegotiation(
  error: Error,
  operation: OperationContract,
  preferences: IHttpOperationConfig,
): Refusal {
  const { status, detail } =
    error instanceof ProblemJsonError ? error : { status: undefined, detail: error.message };
  if (status === 406 || /#NOT_ACCEPTABLE/.test(error.message)) {
    const types = [...operation.answers.values()].flatMap(({ bodies }) => [...bodies.keys()]);
    const message = `Accept allows none of the response types of ${operation.operationId}: ${[...new Set(types)].join(", ")}`;
    return refuseItself(406, "not_acceptable", message);
  }
  if (status === 404 || /#NOT_FOUND/.test(error.message))
    return refuseExample(operation, preferences);
  return refuseItself(500, "no_answer", `Prism has no response: ${detail}`);
}

/** Refuses a response that the document does not have, and lists those that it has. */
function refuseExample(
  { operationId, answers }: OperationContract,
  { code, exampleKey }: IHttpOperationConfig,
): Refusal {
  const refuse = (lack: string, known: readonly unknown[]): Refusal => {
    const rest = known.length > 0 ? `only ${known.join(", ")}` : "and no other";
    const message = `Prefer names no response: ${operationId} has ${lack}, ${rest}`;
    return refuseItself(404, "no_such_example", message);
  };
  const statuses = [...answers.keys()].filter(Number.isInteger).sort((one, two) => one - two);
  const status = code ?? statuses.find((one) => one >= 200) ?? 0;
  const answer = answers.get(status);
  if (answer === undefined) return refuse(`no status ${status}`, statuses);
  const names = [...answer.examples.keys()];
  return refuse(`no example ${shown(exampleKey)} for the status ${status}`, names);
}

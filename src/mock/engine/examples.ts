import { type IHttpOperationConfig, ProblemJsonError } from "@stoplight/prism-http";
import type { IHttpOperation } from "@stoplight/types";
import { isLeft } from "fp-ts/lib/Either.js";
import type { Refusal } from "../state/refusal.js";
import type { Answer } from "./answer.js";
import type { OperationContract } from "./contract.js";
import { isJsonObject } from "./json.js";
import { negotiate } from "./prism.js";
import { refuseItself } from "./refusals.js";
import type { EngineRequest } from "./request.js";

/**
 * The answer of the document itself to a valid request: the example that `Prefer` names, the first one, or values made
 * up by the schemas. Prism negotiates and chooses.
 */
export async function exampleAnswer(
  operations: readonly IHttpOperation[],
  request: EngineRequest,
  operation: OperationContract,
  preferences: IHttpOperationConfig,
): Promise<Answer> {
  const outcome = await negotiate(operations, request, preferences).catch((error: unknown) => {
    // Prism's reader of media types throws at what is none.
    throw refuseItself(406, "not_acceptable", `Accept cannot be read: ${String(error)}`);
  });
  if (isLeft(outcome)) throw refuseNegotiation(outcome.left);
  const { statusCode: status, headers: given = {}, body } = outcome.right;
  const headers = Object.entries(given).map(([name, value]) => [name.toLowerCase(), String(value)]);
  const hasBody = body !== undefined && body !== null;
  const answer = {
    status,
    headers: Object.fromEntries(headers.filter(([name]) => hasBody || name !== "content-type")),
    body: hasBody ? body : undefined,
    operationId: operation.operationId,
    reason: preferences.dynamic ? "values made up by the schemas" : "an example of the document",
  };
  return preferences.dynamic ? withoutMisfits(operation, answer) : answer;
}

/** Prism's generator of values overlooks some limits of the schemas: items of lists that break one are left out. */
function withoutMisfits(operation: OperationContract, answer: Answer): Answer {
  const check = operation.answers.get(answer.status)?.bodies.get("application/json");
  const misfits = new Map<string, Set<number>>();
  for (const { path } of check?.(answer.body) ?? []) {
    const [list, index] = path;
    if (list === undefined || !/^\d+$/.test(index ?? "")) continue;
    misfits.set(list, (misfits.get(list) ?? new Set()).add(Number(index)));
  }
  if (!isJsonObject(answer.body)) return answer;
  const members = Object.entries(answer.body).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.filter((_, index) => !misfits.get(name)?.has(index)) : value,
  ]);
  return { ...answer, body: Object.fromEntries(members) };
}

function refuseNegotiation(error: Error): Refusal {
  const { status, detail } =
    error instanceof ProblemJsonError ? error : { status: 500, detail: error.message };
  if (status === 406) {
    return refuseItself(406, "not_acceptable", `Nothing that Accept allows: ${detail}`);
  }
  if (status === 404)
    return refuseItself(404, "no_such_example", `Prefer names no answer: ${detail}`);
  return refuseItself(500, "no_answer", `Prism has no answer: ${detail}`);
}

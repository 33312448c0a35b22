import type { ContractOperation, Json } from "../read-document.js";

/** The first success of an operation, with its first example or with another body. */
export function answerOf(operation: ContractOperation, body?: Json): Response {
  const success = operation.responses.find(({ status }) => status >= 200 && status < 300);
  if (success === undefined) throw new Error(`${operation.operationId} has no success`);
  const value = body ?? success.bodies[0]?.examples[0]?.value;
  const { status } = success;
  return value === undefined ? new Response(null, { status }) : Response.json(value, { status });
}

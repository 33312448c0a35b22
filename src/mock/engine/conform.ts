import { type Answer, violationsOfAnswer } from "./answer.js";
import type { Contract } from "./contract.js";
import { refusalAnswer, refuseItself } from "./refusals.js";

/** Replaces a response that violates the contract by an error 500 that says why: it is a bug of the mock. */
export function conform(contract: Contract, answer: Answer): Answer {
  const found = violationsOfAnswer(contract, answer);
  if (found.length === 0) return answer;
  const message = `The mock's response ${answer.status} would violate the contract: ${found.join("; ")}`;
  return refusalAnswer(refuseItself(500, "answer_breaks_contract", message), answer.operationId);
}

import { type Answer, violationsOfAnswer } from "./answer.js";
import type { Contract } from "./contract.js";
import { refusalAnswer, refuseItself } from "./refusals.js";

/** Only what the contract allows leaves; anything else is a mistake of the mock, and said to be one. */
export function conform(contract: Contract, answer: Answer): Answer {
  const found = violationsOfAnswer(contract, answer);
  if (found.length === 0) return answer;
  const message = `The mock's answer ${answer.status} would break the contract: ${found.join("; ")}`;
  return refusalAnswer(refuseItself(500, "answer_breaks_contract", message), answer.operationId);
}

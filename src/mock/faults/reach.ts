import { errorCodes } from "../../../generated/errors.js";
import type { Contract, OperationContract } from "../engine/contract.js";
import { isJsonObject, member } from "../engine/json.js";
import type { Fault } from "./fault.js";

/**
 * Why an operation cannot have a fault; undefined if it can. An error code that the operation does not have would
 * violate the contract, and a missing body cannot be changed.
 */
export function outOfReach(
  contract: Contract,
  operationId: string,
  fault: Fault,
): string | undefined {
  const operation = contract.operations.find((one) => one.operationId === operationId);
  if (operation === undefined) {
    const known = contract.operations.map((one) => one.operationId).join(", ");
    return `there is no operation ${operationId}; expected one of ${known}`;
  }
  switch (fault.kind) {
    case "error": {
      const { codes = [] } = operation.answers.get(errorCodes[fault.code].status) ?? {};
      return codes.includes(fault.code)
        ? undefined
        : `${operationId} does not have the error code ${fault.code}`;
    }
    case "truncated":
    case "wrong-type":
    case "unknown":
      return hasBody(operation)
        ? undefined
        : `a success of ${operationId} has no body, so it cannot have the fault ${fault.kind}`;
    case "repeated-page":
      return isListing(contract, operation) ? undefined : `${operationId} has no pages`;
    case "latency":
    case "reset":
    case "redirect":
      return undefined;
  }
}

function hasBody({ answers }: OperationContract): boolean {
  return [...answers].some(([status, { bodies }]) => status < 300 && bodies.size > 0);
}

function isListing({ document }: Contract, { path, method }: OperationContract): boolean {
  const paths = member(document, { pointer: "", value: document }, "paths");
  const operation = member(document, member(document, paths, path), method);
  return isJsonObject(operation?.value) && "x-contract-pagination" in operation.value;
}

import type { ClientCall } from "../client-calls.js";
import type {
  Contract,
  ContractExample,
  ContractOperation,
  ContractResponse,
  Json,
} from "../read-document.js";
import type { Touch } from "./check.js";

/** Something of an operation that has a schema, addressed by what it means and not by where it stands. */
export type Part = PartAddress & {
  /** Such as `issue_access_token body application/json`. */
  readonly key: string;
  readonly operation: ContractOperation;
  readonly schemaPointer: string;
  readonly examples: readonly ContractExample[];
};

type PartAddress =
  | { readonly kind: "parameter"; readonly name: string; readonly place: string }
  | { readonly kind: "body"; readonly mediaType: string }
  | { readonly kind: "answer"; readonly response: ContractResponse; readonly mediaType: string }
  | { readonly kind: "header"; readonly response: ContractResponse; readonly name: string };

/** Every part of a contract, in the order of its operations. */
export function partsOf(contract: Contract): readonly Part[] {
  return contract.operations.flatMap((operation) => [
    ...operation.parameters.map(({ name, in: place, ...rest }): Part => {
      const key = `${operation.operationId} ${place} ${name}`;
      return { kind: "parameter", name, place, key, operation, ...rest };
    }),
    ...operation.requestBodies.map((body): Part => {
      return { kind: "body", key: `${operation.operationId} body`, operation, ...body };
    }),
    ...operation.responses.flatMap((response) => answerParts(operation, response)),
  ]);
}

/** A value of a part, right or wrong, as something that a check exercises. */
export function touchOf(part: Part, value?: Json, example?: string): Touch {
  return {
    operationId: part.operation.operationId,
    ...(part.kind === "answer" || part.kind === "header" ? { status: part.response.status } : {}),
    part: part.key,
    ...(value !== undefined && { value }),
    ...(example !== undefined && { example }),
  };
}

/** A request with everything in it, as what a check exercises. */
export function requestTouches({ operation, request }: ClientCall): readonly Touch[] {
  const { operationId } = operation;
  const ofParameters = operation.parameters.flatMap(({ name, in: place }): readonly Touch[] => {
    const value = request.parameters[name];
    const part = `${operationId} ${place} ${name}`;
    return value === undefined ? [] : [{ operationId, part, value }];
  });
  const { body } = request;
  return [
    ...ofParameters,
    ...(body === undefined ? [] : [{ operationId, part: `${operationId} body`, value: body }]),
  ];
}

/** The same part in another contract. */
export function partIn(contract: Contract, key: string): Part {
  const found = partsOf(contract).find((part) => part.key === key);
  if (found === undefined) throw new Error(`the contract has no ${key}`);
  return found;
}

/** The same operation in another contract. */
export function operationIn(
  contract: Contract,
  { operationId }: ContractOperation,
): ContractOperation {
  const found = contract.operations.find((operation) => operation.operationId === operationId);
  if (found === undefined) throw new Error(`the contract has no operation ${operationId}`);
  return found;
}

function answerParts(operation: ContractOperation, response: ContractResponse): readonly Part[] {
  const answer = `${operation.operationId} ${response.status}`;
  return [
    ...response.bodies.map((body): Part => {
      return { kind: "answer", key: answer, operation, response, ...body };
    }),
    ...response.headers.map((header): Part => {
      return { kind: "header", key: `${answer} ${header.name}`, operation, response, ...header };
    }),
  ];
}

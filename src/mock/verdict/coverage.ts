import { isDeepStrictEqual } from "node:util";
import type { Answer } from "../engine/answer.js";
import type { Contract, OperationContract } from "../engine/contract.js";
import { type EngineRequest, readInput } from "../engine/request.js";
import { branchesOf, branchesTaken } from "./branches.js";
import type { InvalidRequest, Item, Kind, Verdict } from "./verdict.js";

/** Counts what a consumer does with a contract. */
export interface Coverage {
  /** Notes one request and the answer that it got. */
  readonly note: (contract: Contract, request: EngineRequest, answer: Answer) => void;
  readonly verdict: (contract: Contract) => Verdict;
  /** Forgets all that was noted. */
  readonly clear: () => void;
}

/** How many different invalid requests are told apart. */
const keptInvalid = 200;

/** A {@link Coverage} of nothing yet. */
export function createCoverage(redact: (text: string) => string): Coverage {
  const counts = new Map<string, number>();
  const invalid = new Map<string, InvalidRequest>();
  const count = (kind: Kind, operationId: string, name: string): void => {
    const key = keyOf(kind, operationId, name);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  return {
    note: (contract, request, answer) => {
      const { operationId, status, body, reason } = answer;
      const operation = contract.operations.find((one) => one.operationId === operationId);
      const { code, message }: { code?: unknown; message?: unknown } = Object(body);
      if (isInvalid(status, code)) {
        const call = `${request.method.toUpperCase()} ${redact(request.path)}`;
        const text = redact(String(operation === undefined ? message : (reason ?? message)));
        const key = `${call} ${text}`;
        const times = (invalid.get(key)?.times ?? 0) + 1;
        if (times > 1 || invalid.size < keptInvalid) {
          invalid.set(key, {
            request: call,
            operation: operationId,
            code: String(code),
            explanation: text,
            times,
          });
        }
      }
      if (operation === undefined) return;
      count("operations", operation.operationId, operation.operationId);
      count("statuses", operation.operationId, String(status));
      if (typeof code === "string") count("codes", operation.operationId, code);
      for (const [name, example] of operation.answers.get(status)?.examples ?? []) {
        if (isDeepStrictEqual(example, body)) count("examples", operation.operationId, name);
      }
      if (isInvalid(status, code)) return;
      const { parameters } = readInput(operation, request);
      for (const name of Object.keys(parameters)) count("parameters", operation.operationId, name);
      if (operation.body === undefined || request.body === undefined) return;
      const taken = branchesTaken(contract.document, operation.body.schema, request.body);
      for (const branch of taken) count("branches", operation.operationId, branch);
    },
    verdict: (contract) => ({
      items: contract.operations.flatMap((operation) =>
        possibilities(contract, operation).map(([kind, name]): Item => {
          const { operationId } = operation;
          const times = counts.get(keyOf(kind, operationId, name)) ?? 0;
          return { kind, operation: operationId, name, times };
        }),
      ),
      invalid: [...invalid.values()],
    }),
    clear: () => {
      counts.clear();
      invalid.clear();
    },
  };
}

function keyOf(kind: Kind, operationId: string, name: string): string {
  return JSON.stringify([kind, operationId, name]);
}

/** Whether a request was wrong by its form, which a consumer can avoid. */
function isInvalid(status: number, code: unknown): boolean {
  return (
    status === 400 ||
    ([404, 405, 406, 413, 431].includes(status) && String(code).startsWith("mock_"))
  );
}

function possibilities(
  contract: Contract,
  operation: OperationContract,
): readonly [Kind, string][] {
  const { operationId, answers, parameters, body } = operation;
  const branches = body === undefined ? [] : branchesOf(contract.document, body.schema);
  return [
    ["operations", operationId],
    ...[...answers.keys()].map((status): [Kind, string] => ["statuses", String(status)]),
    ...[...answers.values()].flatMap(({ codes }) =>
      codes.map((code): [Kind, string] => ["codes", code]),
    ),
    ...[...answers.values()].flatMap(({ examples }) =>
      [...examples.keys()].map((name): [Kind, string] => ["examples", name]),
    ),
    ...parameters.map(({ name }): [Kind, string] => ["parameters", name]),
    ...[...new Set(branches)].map((name): [Kind, string] => ["branches", name]),
  ];
}

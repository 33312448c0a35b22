import { isDeepStrictEqual } from "node:util";
import type { Answer } from "../engine/answer.js";
import type { Contract, OperationContract } from "../engine/contract.js";
import { type EngineRequest, operationOf, readInput } from "../engine/request.js";
import type { FaultyAnswer } from "../faults/inject.js";
import { branchesOf, branchesTaken } from "./branches.js";
import { createInvalidRequests } from "./invalid.js";
import { createUnknownNames } from "./unknown.js";
import type { Item, Kind, Verdict } from "./verdict.js";

/** What one request exercised of the contract. */
export interface Observation {
  /** Keys of the counted items. */
  readonly keys: readonly string[];
  /** Method and path, if the request violates the contract. Secrets are not redacted yet. */
  readonly invalid: string | undefined;
  readonly answer: FaultyAnswer;
}

/** Counts what a consumer exercises of a contract. */
export interface Coverage {
  readonly note: (observation: Observation) => void;
  /**
   * Notes a request that was refused before its operation was known. Method and target are empty if they were not read.
   * Only malformed requests count as invalid; a connection that breaks off, or comes from another machine, does not.
   */
  readonly noteRefused: (
    request: { readonly method: string; readonly target: string },
    answer: Answer,
  ) => void;
  readonly verdict: (contract: Contract) => Verdict;
  /** Sets all counts to zero. */
  readonly clear: () => void;
}

/** Error codes for malformed requests. */
const formCodes: readonly unknown[] = [
  "bad_path",
  "bad_query",
  "mock_bad_target",
  "mock_body_too_large",
  "mock_headers_too_large",
  "mock_no_such_route",
  "mock_repeated_header",
  "mock_transfer_coding",
];

/** Creates a {@link Coverage} with all counts at zero. */
export function createCoverage(redact: (text: string) => string): Coverage {
  const counts = new Map<string, number>();
  const invalid = createInvalidRequests();
  const unknown = createUnknownNames();
  const addInvalid = (call: string, { operationId, body }: Answer, explanation: unknown): void => {
    invalid.add({
      request: redact(call),
      operation: operationId,
      code: String(Object(body).code),
      explanation: redact(String(explanation)),
    });
  };
  return {
    note: ({ keys, invalid: call, answer }) => {
      if (call !== undefined) addInvalid(call, answer, answer.invalid);
      const { operationId } = answer;
      if (operationId === undefined) return;
      for (const { place, name, meant } of answer.unknown ?? []) {
        // One unknown field in many items of an array counts once.
        const path = redact(name.replace(/\[\d+\]/g, "[]"));
        unknown.add({ operation: operationId, place, name: path, meant });
      }
      for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    noteRefused: ({ method, target }, answer) => {
      const { code, message }: { code?: unknown; message?: unknown } = Object(answer.body);
      if (!formCodes.includes(code)) return;
      const [path] = target.split("?");
      addInvalid(`${method} ${path}`.trim() || "a request that was not read", answer, message);
    },
    verdict: (contract) => ({
      items: contract.operations.flatMap((operation) =>
        possibilities(contract, operation).map(([kind, name]): Item => {
          const { operationId } = operation;
          const times = counts.get(keyOf(kind, operationId, name)) ?? 0;
          return { kind, operation: operationId, name, times };
        }),
      ),
      invalid: invalid.listed(),
      moreInvalid: invalid.more(),
      unknown: unknown.listed(),
      moreUnknown: unknown.more(),
    }),
    clear: () => {
      counts.clear();
      invalid.clear();
      unknown.clear();
    },
  };
}

/** Finds what a request and its response exercised. The response may have an injected fault. */
export function observe(
  contract: Contract,
  request: EngineRequest,
  answer: FaultyAnswer,
): Observation {
  const { operationId, invalid: violation } = answer;
  const operation = operationOf(contract, operationId);
  return {
    keys: operation === undefined ? [] : keysOf(contract, operation, request, answer),
    invalid:
      violation === undefined ? undefined : `${request.method.toUpperCase()} ${request.path}`,
    answer,
  };
}

function keysOf(
  contract: Contract,
  operation: OperationContract,
  request: EngineRequest,
  answer: FaultyAnswer,
): readonly string[] {
  const { operationId } = operation;
  const key = (kind: Kind, name: string): string => keyOf(kind, operationId, name);
  const keys = [key("operations", operationId)];
  if (!isSeen(operation, answer)) return keys;
  const { status, body, invalid } = answer;
  keys.push(key("statuses", String(status)));
  const { code }: { code?: unknown } = Object(body);
  if (typeof code === "string") keys.push(key("codes", code));
  for (const [name, example] of operation.answers.get(status)?.examples ?? []) {
    if (isDeepStrictEqual(example, body)) keys.push(key("examples", name));
  }
  if (invalid !== undefined) return keys;
  const { parameters } = readInput(operation, request);
  for (const name of Object.keys(parameters)) keys.push(key("parameters", name));
  if (operation.body === undefined || request.body === undefined) return keys;
  const taken = branchesTaken(contract.document, operation.body.schema, request.body);
  for (const branch of taken) keys.push(key("branches", branch));
  return keys;
}

function keyOf(kind: Kind, operationId: string, name: string): string {
  return `${kind}\n${operationId}\n${name}`;
}

/** Whether the consumer got a response of the contract, and neither a reset connection nor a foreign body. */
function isSeen({ answers }: OperationContract, { status, reset, text }: FaultyAnswer): boolean {
  return reset !== true && text === undefined && answers.has(status);
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

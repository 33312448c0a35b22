import { isDeepStrictEqual } from "node:util";
import type { Answer } from "../engine/answer.js";
import type { Contract, OperationContract } from "../engine/contract.js";
import { type EngineRequest, operationOf, readInput } from "../engine/request.js";
import type { FaultyAnswer } from "../faults/inject.js";
import { branchesOf, branchesTaken } from "./branches.js";
import { createInvalidRequests } from "./invalid.js";
import { createUnknownNames } from "./unknown.js";
import type { Item, Kind, Verdict } from "./verdict.js";

/** What one request exercised. */
export interface Observation {
  /** The keys of what is counted. */
  readonly keys: readonly string[];
  /** Its call, where it violates the contract, with secrets. */
  readonly invalid: string | undefined;
  readonly answer: FaultyAnswer;
}

/** Counts what a consumer does with a contract. */
export interface Coverage {
  readonly note: (observation: Observation) => void;
  /**
   * Notes a request that was refused before anything was known of its operation; method and target are empty where not
   * even they were read. Only a form that a consumer can avoid is its mistake: that a connection broke off, or came from
   * another machine, is not.
   */
  readonly noteRefused: (
    request: { readonly method: string; readonly target: string },
    answer: Answer,
  ) => void;
  readonly verdict: (contract: Contract) => Verdict;
  /** Forgets all that was noted. */
  readonly clear: () => void;
}

/** Codes of refusals that tell of a wrong form. */
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

/** A {@link Coverage} of nothing yet. */
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
        // An array has many fields of one name.
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

/** Looks at one request and the response that it got, as a fault left it. */
export function observe(
  contract: Contract,
  request: EngineRequest,
  answer: FaultyAnswer,
): Observation {
  const { operationId, invalid: breach } = answer;
  const operation = operationOf(contract, operationId);
  return {
    keys: operation === undefined ? [] : keysOf(contract, operation, request, answer),
    invalid: breach === undefined ? undefined : `${request.method.toUpperCase()} ${request.path}`,
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

/** Whether the consumer saw a response of the contract: not where the connection broke off, nor in place of one. */
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

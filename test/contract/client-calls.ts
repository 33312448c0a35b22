import * as generated from "../../generated/index.js";
import type { Method } from "../../scripts/model/api.js";
import { buildApi } from "../../scripts/model/build.js";
import type { CallOptions, S2 } from "../../src/index.js";
import type { Contract, ContractOperation, Json, JsonObject } from "./read-document.js";
import { asInput } from "./wire-values.js";

/** The JSON of one request: values of parameters by wire name, and the body. */
export interface WireRequest {
  readonly parameters: Readonly<Record<string, Json>>;
  readonly body?: Json;
}

/** One operation of the contract and how the client calls it. */
export interface ClientCall {
  readonly operation: ContractOperation;
  /** As it is written in code: `accessTokens.list`. */
  readonly name: string;
  /** Whether the credential is sent. */
  readonly bearer: boolean;
  /** A request made of the first example of everything. */
  readonly request: WireRequest;
  /** Calls the client's method, so that it sends this request. */
  readonly send: (
    client: S2,
    request: WireRequest,
    options?: CallOptions & { readonly date?: (text: string) => unknown },
  ) => Promise<unknown>;
}

/** Every operation of the contract as a call of the client. The generator's model says which method it is. */
export function clientCalls(contract: Contract): readonly ClientCall[] {
  const methods = new Map(
    buildApi(contract.document).resources.flatMap(({ property, methods }) =>
      methods.map((method) => [method.operationId, { property, method }] as const),
    ),
  );
  return contract.operations.map((operation): ClientCall => {
    const found = methods.get(operation.operationId);
    if (found === undefined) throw new Error(`the model lacks ${operation.operationId}`);
    const { property, method } = found;
    return {
      operation,
      name: `${property}.${method.name}`,
      bearer: method.bearer,
      request: firstRequest(operation),
      send: async (client, request, { date, ...options } = {}) => {
        const resource: unknown = Reflect.get(client, property);
        const call: unknown =
          resource instanceof Object ? Reflect.get(resource, method.name) : undefined;
        if (typeof call !== "function") throw new Error(`no ${property}.${method.name}`);
        const input = inputOf(contract.document, operation, method, request, date);
        const answer: unknown = await Reflect.apply(call, resource, [...input, options]);
        return answer;
      },
    };
  });
}

/** The class that the client throws for a status, as the package exports it. */
export function errorClass(contract: Contract, status: number): unknown {
  const { statuses } = buildApi(contract.document).errors;
  const className = statuses.find((candidate) => candidate.status === status)?.className;
  const found: unknown = Reflect.get(generated, className ?? "");
  if (found === undefined) throw new Error(`the client exports no class for status ${status}`);
  return found;
}

function firstRequest(operation: ContractOperation): WireRequest {
  const parameters = operation.parameters.flatMap(({ name, required, examples: [example] }) => {
    if (example === undefined && required) throw new Error(`${name}: a parameter needs an example`);
    return example === undefined ? [] : [[name, example.value] as const];
  });
  const body = operation.requestBodies[0]?.examples[0]?.value;
  return { parameters: Object.fromEntries(parameters), ...(body !== undefined && { body }) };
}

/** The arguments of a method before its options: one object of all parts, a bare body, or nothing. */
function inputOf(
  document: JsonObject,
  operation: ContractOperation,
  { input }: Method,
  { parameters, body }: WireRequest,
  date: ((text: string) => unknown) | undefined,
): readonly unknown[] {
  const media = operation.requestBodies[0];
  const content =
    media === undefined || body === undefined
      ? undefined
      : asInput(document, media.schemaPointer, body, date);
  if (input.parameters.length === 0 && input.body === undefined) return [];
  if (input.parameters.length === 0 && input.body?.placement === "input") return [content];
  const named = input.parameters.flatMap(({ name, wireName, place }) => {
    const declared = operation.parameters.find((one) => one.name === wireName && one.in === place);
    const value = parameters[wireName];
    if (declared === undefined) throw new Error(`the contract lacks the parameter ${wireName}`);
    if (value === undefined) return [];
    return [[name, asInput(document, declared.schemaPointer, value, date)] as const];
  });
  const rest = input.body?.placement === "property" ? { body: content } : content;
  return [{ ...Object.fromEntries(named), ...(rest instanceof Object && rest) }];
}

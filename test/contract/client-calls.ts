import * as generated from "../../generated/index.js";
import type { Method } from "../../scripts/model/api.js";
import { buildApi } from "../../scripts/model/build.js";
import type { CallOptions, S2 } from "../../src/index.js";
import { type Path, replaceAt } from "./cases/value-case.js";
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
    options?: CallOptions & InputOptions,
  ) => Promise<unknown>;
  /** Calls the client's method with any arguments. */
  readonly invoke: (client: S2, ...given: readonly unknown[]) => Promise<unknown>;
}

/** How the JSON of a request becomes input. */
export interface InputOptions {
  /** What a date-time is given as; default the text. */
  readonly date?: (text: string) => unknown;
  /** Something else in one place of the input, right or wrong. */
  readonly replace?: InputChange | undefined;
}

/** A change to input that was right. */
export interface InputChange {
  /** Wire name of a parameter; absent for the body. */
  readonly parameter?: string;
  /** Keys in the client's names, from the parameter or the body. */
  readonly path: Path;
  /** `undefined` takes it away. */
  readonly value: unknown;
}

/** Every operation of the contract as a call of the client. The generator's model says which method it is. */
export function clientCalls(contract: Contract): readonly ClientCall[] {
  const methods = new Map(
    buildApi(contract.document).api.resources.flatMap(({ property, methods }) =>
      methods.map((method) => [method.operationId, { property, method }] as const),
    ),
  );
  return contract.operations.map((operation): ClientCall => {
    const found = methods.get(operation.operationId);
    if (found === undefined) throw new Error(`the model lacks ${operation.operationId}`);
    const { property, method } = found;
    const invoke: ClientCall["invoke"] = async (client, ...given) => {
      const resource: unknown = Reflect.get(client, property);
      const call: unknown =
        resource instanceof Object ? Reflect.get(resource, method.name) : undefined;
      if (typeof call !== "function") throw new Error(`no ${property}.${method.name}`);
      const answer: unknown = await Reflect.apply(call, resource, given);
      return answer;
    };
    return {
      operation,
      name: `${property}.${method.name}`,
      bearer: method.security.length > 0,
      request: firstRequest(operation),
      send: async (client, request, { date, replace, ...options } = {}) => {
        const input = inputOf(contract.document, operation, method, request, {
          ...(date !== undefined && { date }),
          replace,
        });
        return invoke(client, ...input, options);
      },
      invoke,
    };
  });
}

/** The class that the client throws for a status, as the package exports it. */
export function errorClass(contract: Contract, status: number): unknown {
  const { statuses } = buildApi(contract.document).api.errors;
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
  { date, replace }: InputOptions,
): readonly unknown[] {
  const media = operation.requestBodies[0];
  const change = (value: unknown, parameter?: string): unknown =>
    replace === undefined || replace.parameter !== parameter
      ? value
      : replaceAt(value, replace.path, replace.value);
  const content =
    media === undefined || body === undefined
      ? undefined
      : change(asInput(document, media.schemaPointer, body, date));
  if (input.parameters.length === 0 && input.body === undefined) return [];
  if (input.parameters.length === 0 && input.body?.placement === "input") return [content];
  const named = input.parameters.flatMap(({ name, wireName, place }) => {
    const declared = operation.parameters.find((one) => one.name === wireName && one.in === place);
    const value = parameters[wireName];
    if (declared === undefined) throw new Error(`the contract lacks the parameter ${wireName}`);
    if (value === undefined) return [];
    const given = change(asInput(document, declared.schemaPointer, value, date), wireName);
    return given === undefined ? [] : [[name, given] as const];
  });
  const rest = input.body?.placement === "property" ? { body: content } : content;
  return [{ ...Object.fromEntries(named), ...(rest instanceof Object && rest) }];
}

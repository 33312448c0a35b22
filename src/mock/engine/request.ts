import type { Contract, OperationContract, ParameterContract } from "./contract.js";
import { inOneLine, type Problem, shown } from "./diagnostics.js";
import { illFormedTexts } from "./ill-formed.js";

/** A request to the engine. */
export interface EngineRequest {
  /** In lower case. */
  readonly method: string;
  /** As it was sent, percent-encoded, but without the base path. */
  readonly path: string;
  /** Decoded; an array if a name appears more than once. */
  readonly query: Readonly<Record<string, string | string[]>>;
  /** Headers by name, in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON, or the string if it was not JSON; undefined without a body. */
  readonly body: unknown;
  /** Why the body could not be parsed, if it could not. */
  readonly malformed?: string | undefined;
}

/** A violation of the contract in one place of a request. */
export interface Violation {
  readonly place: "path" | "query" | "header" | "body";
  readonly problem: Problem;
}

/** The input of an operation: parameters by name, and the body. */
export interface OperationInput {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** Reads the input of an operation from a valid request. */
export function readInput(operation: OperationContract, request: EngineRequest): OperationInput {
  const values = operation.parameters.map(
    (one) => [one.name, typed(one, textOf(operation, one, request))] as const,
  );
  const given = values.filter(([, value]) => value !== undefined);
  return { parameters: Object.fromEntries(given), body: request.body };
}

/**
 * Lists the violations in a request. Prism does so as well, but with less helpful messages, and without byte limits.
 */
export function violationsOf(
  operation: OperationContract,
  request: EngineRequest,
): readonly Violation[] {
  const parameters = operation.parameters.flatMap((one): Violation[] => {
    const text = textOf(operation, one, request);
    if (text === undefined || one.place === "cookie") return [];
    const place = one.place;
    return checkParameter(one, text).map(({ path, words }) => ({
      place,
      problem: { path: [one.name, ...path], words },
    }));
  });
  return [...parameters, ...bodyViolations(operation, request)];
}

/** Describes violations in one message. */
export function describe(violations: readonly Violation[]): string {
  const lines = violations.map(({ place, problem }) =>
    problem.path.length === 0 ? `${place}: ${problem.words}` : inOneLine(problem),
  );
  const more = lines.length - 5;
  return lines.slice(0, 5).join("; ") + (more > 0 ? `; and ${more} more` : "");
}

/** The operation of a contract by its id. */
export function operationOf(
  contract: Contract,
  operationId: string | undefined,
): OperationContract | undefined {
  return contract.operations.find((operation) => operation.operationId === operationId);
}

function bodyViolations(
  { body }: OperationContract,
  { body: given, malformed, headers }: EngineRequest,
): readonly Violation[] {
  if (body === undefined || (given === undefined && malformed === undefined && !body.required)) {
    return [];
  }
  const encoding = headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") {
    const words = `${shown(encoding)} is not supported; send the body uncompressed, or as gzip or zstd`;
    return [{ place: "header", problem: { path: ["content-encoding"], words } }];
  }
  const inBody = (words: string): Violation => ({ place: "body", problem: { path: [], words } });
  if (malformed !== undefined) return [inBody(malformed)];
  if (given === undefined) return [inBody("is required, and the request has none")];
  const type = headers["content-type"];
  if (type === undefined || (body.check !== undefined && !isJson(type))) {
    const lack = type === undefined ? "is missing" : `${shown(type)} is not supported`;
    const words = `${lack}; a body must be application/json`;
    return [{ place: "header", problem: { path: ["content-type"], words } }];
  }
  const illFormed = illFormedTexts(given);
  const problems = illFormed.length > 0 ? illFormed : (body.check?.(given) ?? []);
  return problems.map((problem) => ({ place: "body", problem }));
}

/** Whether a media type is JSON. A body of another type is not parsed, and messages do not quote it. */
export function isJson(type: string): boolean {
  return /^application\/json\s*(;|$)/i.test(type.trim());
}

function checkParameter(parameter: ParameterContract, text: string | string[]): readonly Problem[] {
  if (Array.isArray(text)) return [{ path: [], words: "is given more than once" }];
  return parameter.check(typed(parameter, text));
}

/** Converts a string to the type of the parameter's schema; returns the string itself if it is no such value. */
function typed({ type }: ParameterContract, text: string | string[] | undefined): unknown {
  if (typeof text !== "string") return text;
  if (type === "integer") return isInteger(text) ? Number(text) : text;
  if (type === "number") return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (type === "boolean") return text === "true" || (text === "false" ? false : text);
  return text;
}

/**
 * Whether a string is an integer as servers parse it: digits with an optional sign. `1.0` and `-0` equal integers but
 * do not count. A fraction counts, so that it becomes a number and the diagnostic shows it as one.
 */
function isInteger(text: string): boolean {
  if (/^(\+?\d+|-0*[1-9]\d*)$/.test(text)) return true;
  return /^[+-]?\d+\.\d+$/.test(text) && !Number.isInteger(Number(text));
}

/** The decoded string of a parameter; an array if it was sent more than once. */
export function textOf(
  operation: OperationContract,
  { name, place }: ParameterContract,
  { path, query, headers }: EngineRequest,
): string | string[] | undefined {
  if (place === "query") return Object.hasOwn(query, name) ? query[name] : undefined;
  if (place === "header") return headers[name.toLowerCase()];
  if (place === "cookie") return undefined;
  const index = operation.path.split("/").indexOf(`{${name}}`);
  const segment = path.split("/")[index];
  return segment === undefined ? undefined : decodeURIComponent(segment);
}

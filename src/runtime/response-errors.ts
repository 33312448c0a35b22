import type { DecodeErrorBody, ErrorBody, ErrorCodeFacts } from "./error-table.js";
import { ApiError, ContractError, type Outcome } from "./errors.js";
import type { OperationSpec } from "./operation.js";
import type { Redactor } from "./redact.js";
import { ValidationError } from "./validation-error.js";

/**
 * Makes the error of a response whose status code is not 2xx.
 *
 * @param outcome - overrides the outcome that follows from the response
 */
export function toApiError(
  operation: OperationSpec,
  response: Response,
  json: unknown,
  redact: Redactor,
  outcome?: Outcome,
): ApiError {
  const { status, statusText } = response;
  const { byStatus, fallback } = operation.errors;
  const declared = byStatus[status];
  const decode = ownReader(operation, status) ?? (declared ? declared.decode : fallback);
  const { body, code, message } = readErrorBody(decode, redact.json(json));
  const facts = factsOf(operation, status, code);
  const Type = declared?.type ?? ApiError;
  return new Type({
    operation,
    status,
    headers: redact.headers(response.headers),
    body,
    code,
    detail: message ?? (redact.text(String(statusText ?? "")) || "no message"),
    retryable: facts.retryable,
    outcome: unlessSafe(operation, outcome ?? (facts.noSideEffects ? "none" : "unknown")),
  });
}

/** The decoder that the operation has for a status code: for the code itself, for its range, or for all others. */
function ownReader(
  { errorBodies = {} }: OperationSpec,
  status: number,
): DecodeErrorBody | undefined {
  return errorBodies[status] ?? errorBodies[rangeOf(status)] ?? errorBodies["default"];
}

/** Whether a list of status codes has this one, or its range. */
export function isDeclared(statuses: readonly (number | string)[], status: number): boolean {
  return statuses.includes(status) || statuses.includes(rangeOf(status));
}

/** `404` is of the range `4XX`. */
function rangeOf(status: number): string {
  return `${String(status)[0]}XX`;
}

/**
 * What the contract says of an error code at its status code. For a code that it does not list, or none: what holds for
 * all codes that it lists at that status code. A 4xx below 408 refuses a request before anything is applied.
 */
function factsOf(
  { errors }: OperationSpec,
  status: number,
  code: string | undefined,
): Pick<ErrorCodeFacts, "retryable" | "noSideEffects"> {
  const row =
    code !== undefined && Object.hasOwn(errors.codes, code) ? errors.codes[code] : undefined;
  if (row?.status === status) return row;
  const rows = Object.values(errors.codes).filter((one) => one.status === status);
  return {
    retryable: rows.length > 0 && rows.every(({ retryable }) => retryable),
    noSideEffects: status >= 400 && status < 408,
  };
}

/**
 * Reads an error body. One that violates the contract is kept as a string, with the `code` and `message` that it has: the
 * status code of an error is worth more than the shape of its body.
 */
function readErrorBody(decode: DecodeErrorBody | undefined, json: unknown): ErrorBody {
  if (json === undefined || json === "") return { body: undefined };
  try {
    if (decode !== undefined && typeof json !== "string") return decode(json);
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
  }
  if (typeof json === "string") return { body: json };
  const { code, message }: { readonly code?: unknown; readonly message?: unknown } = Object(json);
  return {
    body: JSON.stringify(json),
    ...(typeof code === "string" && { code }),
    ...(typeof message === "string" && { message }),
  };
}

/** Makes the error of a 2xx response that violates the contract. */
export function toContractError(
  operation: OperationSpec,
  expected: string,
  found: string,
  pointer = "",
  cause?: unknown,
): ContractError {
  const outcome = unlessSafe(operation, "applied");
  return new ContractError({ operation, pointer, expected, found, outcome, cause });
}

/** Methods that change nothing (RFC 9110 §9.2.1). */
const safe: RegExp = /^(GET|HEAD|OPTIONS|QUERY|TRACE)$/;

/** The outcome of a call: a safe method has none. */
export function unlessSafe({ method }: OperationSpec, outcome: Outcome): Outcome {
  return safe.test(method) ? "none" : outcome;
}

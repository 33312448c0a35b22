import type { DecodeErrorBody, ErrorBody, ErrorCodeFacts } from "./error-table.js";
import { ApiError, ContractError, type Outcome } from "./errors.js";
import type { OperationSpec } from "./operation.js";
import type { Redactor } from "./redact.js";
import { ValidationError } from "./validation-error.js";

/**
 * The error of an answer whose status is not 2xx.
 *
 * @param outcome - what is known better than by the answer
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

/** What the operation itself says of the body at a status: exactly, by range, or for all that it does not declare. */
function ownReader(
  { errorBodies = {} }: OperationSpec,
  status: number,
): DecodeErrorBody | undefined {
  return errorBodies[status] ?? errorBodies[rangeOf(status)] ?? errorBodies["default"];
}

/** Whether a list of statuses has this one, or its range. */
export function isDeclared(statuses: readonly (number | string)[], status: number): boolean {
  return statuses.includes(status) || statuses.includes(rangeOf(status));
}

/** `404` is of the range `4XX`. */
function rangeOf(status: number): string {
  return `${String(status)[0]}XX`;
}

/**
 * What the contract says of a code at its status. Of a code that it does not know, or none, the status speaks: what
 * holds for all codes that it has there; and a 4xx below 408 refuses a request before anything is done.
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
 * An error answer is worth more than its shape: a body that is not the contract's is kept as text, with what it says
 * under the contract's names.
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

/** The error of a 2xx answer that is not what the contract says. */
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

/** Methods that are safe by RFC 9110 §9.2.1 change nothing, whatever happens to the call. */
export function unlessSafe({ method }: OperationSpec, outcome: Outcome): Outcome {
  return method === "GET" || method === "HEAD" ? "none" : outcome;
}

import type { Contract } from "./contract.js";
import { inOneLine } from "./diagnostics.js";
import type { UnknownName } from "./unknown-names.js";

/** The response to a request. */
export interface Answer {
  readonly status: number;
  /** Headers by name, in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** A JSON value; undefined if there is no body. */
  readonly body: unknown;
  /** The id of the called operation, if any. */
  readonly operationId: string | undefined;
  /** An explanation for the request log, such as why the request was refused. */
  readonly reason: string | undefined;
  /** How the request violates the contract; undefined if it does not, even if it was refused. */
  readonly invalid?: string | undefined;
  /** Names in the request that the contract does not have. */
  readonly unknown?: readonly UnknownName[] | undefined;
}

/** Prefix of the mock's own error codes, which the service never sends. */
export const ownCodes: string = "mock_";

/**
 * Lists how a response violates the contract; empty if it conforms.
 *
 * An error with one of the mock's own codes may have any status: the contract defines only the shape of its body.
 */
export function violationsOfAnswer(contract: Contract, answer: Answer): readonly string[] {
  const code = codeOf(answer.body);
  const isOwn = code?.startsWith(ownCodes) ?? false;
  const operation = contract.operations.find((one) => one.operationId === answer.operationId);
  const declared = operation?.answers.get(answer.status);
  if (operation === undefined || (isOwn && declared === undefined)) {
    return answer.status < 400
      ? ["a success that belongs to no operation"]
      : violationsOfError(contract, answer);
  }
  if (declared === undefined) {
    return [`${operation.operationId} has no status ${answer.status}`];
  }
  const type = answer.headers["content-type"];
  const [wanted] = declared.bodies.keys();
  const check = declared.bodies.get(type ?? "");
  if (type !== wanted)
    return [`content-type is ${type ?? "missing"}, expected ${wanted ?? "none"}`];
  const problems = check === undefined ? [] : check(answer.body).map(inOneLine);
  if (check === undefined && answer.body !== undefined) problems.push("it has a body");
  if (code !== undefined && !isOwn && declared.codes.length > 0 && !declared.codes.includes(code)) {
    problems.push(`status ${answer.status} does not have the error code ${code}`);
  }
  for (const [name, header] of declared.headers) {
    const text = answer.headers[name];
    const value = header.type === "integer" ? Number(text) : text;
    if (text !== undefined) problems.push(...header.check(value).map(inOneLine));
  }
  return problems;
}

function violationsOfError(
  contract: Contract,
  { body, status, headers }: Answer,
): readonly string[] {
  const problems = contract.errorBody(body).map(inOneLine);
  const expected = contract.codes.get(codeOf(body) ?? "");
  if (expected !== undefined && expected !== status)
    problems.push(`status is ${status}, expected ${expected}`);
  if (headers["content-type"] !== "application/json")
    problems.push("content-type is not application/json");
  return problems;
}

function codeOf(body: unknown): string | undefined {
  const code: unknown = Object(body).code;
  return typeof code === "string" ? code : undefined;
}

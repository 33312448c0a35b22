import type { Contract } from "./contract.js";
import { inOneLine } from "./diagnostics.js";
import type { UnknownName } from "./unknown-names.js";

/** What is sent back for one request. */
export interface Answer {
  readonly status: number;
  /** With names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON; undefined is no body. */
  readonly body: unknown;
  /** The operation of the contract that was called, if one was. */
  readonly operationId: string | undefined;
  /** What a person should know of it, beyond what it says itself. */
  readonly reason: string | undefined;
  /** How the request breaks the contract, in words. Undefined where it does not, whatever it was answered. */
  readonly invalid?: string | undefined;
  /** Names in the request that the contract does not have. */
  readonly unknown?: readonly UnknownName[] | undefined;
}

/** What every code of the mock itself starts with; the service will never send one of these. */
export const ownCodes: string = "mock_";

/**
 * Says how a response breaks the contract; nothing where it does not.
 *
 * An error with a code of the mock's own may have any status: the contract says nothing of it but its shape.
 */
export function violationsOfAnswer(contract: Contract, answer: Answer): readonly string[] {
  const code = codeOf(answer.body);
  const isOwn = code?.startsWith(ownCodes) ?? false;
  const operation = contract.operations.find((one) => one.operationId === answer.operationId);
  const declared = operation?.answers.get(answer.status);
  if (operation === undefined || (isOwn && declared === undefined)) {
    return answer.status < 400
      ? ["a success of no operation"]
      : violationsOfError(contract, answer);
  }
  if (declared === undefined) {
    return [`${operation.operationId} has no status ${answer.status}`];
  }
  const type = answer.headers["content-type"];
  const [wanted] = declared.bodies.keys();
  const check = declared.bodies.get(type ?? "");
  if (type !== wanted)
    return [`content-type ${type ?? "missing"}, not ${wanted ?? "without a body"}`];
  const problems = check === undefined ? [] : check(answer.body).map(inOneLine);
  if (check === undefined && answer.body !== undefined) problems.push("it has a body");
  if (code !== undefined && !isOwn && declared.codes.length > 0 && !declared.codes.includes(code)) {
    problems.push(`status ${answer.status} does not carry the code ${code}`);
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
    problems.push(`status ${status}, not ${expected}`);
  if (headers["content-type"] !== "application/json") problems.push("it is not application/json");
  return problems;
}

function codeOf(body: unknown): string | undefined {
  const code: unknown = Object(body).code;
  return typeof code === "string" ? code : undefined;
}

import type { Judge } from "../contract/checks/judge.js";
import type { Contract, ContractOperation, Json } from "../contract/read-document.js";
import { answerDifferences } from "./answer.js";

/** One thing that the provider does and the contract does not say. No value is in it. */
export interface Difference {
  readonly operation: string;
  readonly status: number;
  readonly what: string;
}

/** A request of an operation. */
export interface Call {
  readonly operation: string;
  readonly bearer: string;
  readonly id?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Json;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  /** Undefined where there is none, or it is no JSON. */
  readonly body: Json | undefined;
}

/** Calls, and notes every difference between an answer and the contract. */
export interface Caller {
  readonly send: (call: Call) => Promise<Answer>;
  /** Notes a difference that only the meaning of a call shows. */
  readonly note: (operation: string, status: number, what: string) => void;
  readonly differences: () => readonly Difference[];
  readonly calls: () => number;
}

/** How long one call may take, in milliseconds. */
const patience = 20_000;

/** @param baseUrl - what stands before the paths of the contract */
export function createCaller(baseUrl: string, contract: Contract, judge: Judge): Caller {
  const found = new Map<string, Difference>();
  let calls = 0;
  const note = (operation: string, status: number, what: string): void => {
    found.set(`${operation} ${status} ${what}`, { operation, status, what });
  };
  const send = async (call: Call): Promise<Answer> => {
    const operation = contract.operations.find(({ operationId }) => operationId === call.operation);
    if (operation === undefined) throw new Error(`the contract has no ${call.operation}`);
    calls += 1;
    const response = await fetch(requestOf(baseUrl, operation, call));
    const text = await response.text();
    const { status, headers } = response;
    const body = parsed(text);
    const given = { status, headers, hasBody: text !== "", body };
    for (const what of answerDifferences(contract, judge, operation, given)) {
      note(call.operation, status, what);
    }
    return { status, body };
  };

  return { send, note, differences: () => [...found.values()], calls: () => calls };
}

function requestOf(
  baseUrl: string,
  { method, path }: ContractOperation,
  { bearer, id = "", query = {}, body }: Call,
): Request {
  const url = new URL(`${baseUrl}${path.replace("{id}", encodeURIComponent(id))}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return new Request(url, {
    method: method.toUpperCase(),
    headers: {
      authorization: `Bearer ${bearer}`,
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    // The token goes to the target and nowhere else.
    redirect: "manual",
    signal: AbortSignal.timeout(patience),
  });
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import type { Connection } from "./connection.js";
import { ApiError, ContractError, TransportError } from "./errors.js";
import { checkHeaders } from "./headers.js";
import { Mismatch } from "./mismatch.js";
import type {
  CallOptions,
  DecodeErrorBody,
  ErrorBody,
  ErrorCodeFacts,
  OperationSpec,
  Outcome,
} from "./operation.js";

/** What a call hands to openapi-fetch: how to send, and what the caller added. */
export interface CallInit {
  readonly fetch: (request: Request) => Promise<Response>;
  /** A redirect is an answer, not a way on: the credential stays, and a POST does not become a GET. */
  readonly redirect: "manual";
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What openapi-fetch answers: `data` of a 2xx, `error` of anything else. */
interface FetchResult<Wire> {
  readonly data?: Wire;
  readonly error?: unknown;
  readonly response: Response;
}

/** openapi-fetch types an answer without tuples: `[A, B]` is `(A | B)[]` there. Decoders check their length. */
type WithoutTuples<T> = T extends (infer Item)[]
  ? WithoutTuples<Item>[]
  : T extends object
    ? { [Key in keyof T]: WithoutTuples<T[Key]> }
    : T;

/** The errors of {@link encode}, told apart from a TypeError of anything else. */
const refusals: WeakSet<object> = new WeakSet();

/** Whether an error says that input was refused before anything was sent. */
export function isRefusal(error: unknown): error is TypeError {
  return error instanceof TypeError && refusals.has(error);
}

/**
 * Encodes what the caller gave, before anything is sent.
 *
 * @throws {TypeError} names the operation, the field and what was expected.
 */
export function encode<Input, Wire>(
  operation: OperationSpec,
  input: Input,
  encoder: (input: Input) => Wire,
): Wire {
  try {
    return encoder(input);
  } catch (error) {
    if (!(error instanceof Mismatch)) throw error;
    const field = error.field === "" ? "input" : error.field;
    const refusal = new TypeError(
      `${operation.id}: ${field}: expected ${error.expected}, found ${error.found}`,
    );
    refusals.add(refusal);
    throw refusal;
  }
}

/**
 * Sends one operation and checks its answer. Any 2xx is taken whose body is what the contract says: a body that was
 * asked for is worth more than the status that it came with.
 *
 * @throws {TypeError} a header of `options` cannot be sent.
 * @throws {ApiError} the server answered with a status that is not 2xx; a subclass for each declared status.
 * @throws {ContractError} a 2xx answer is not what the contract says.
 * @throws {TransportError} no answer arrived.
 * @throws the reason of `options.signal` once it is aborted.
 */
export async function call<Wire, Value>(
  connection: Connection<unknown>,
  operation: OperationSpec,
  options: CallOptions,
  request: (init: CallInit) => Promise<FetchResult<WithoutTuples<Wire>>>,
  decode: (wire: Wire) => Value,
): Promise<Value> {
  const { result, response } = await exchange(connection, operation, options, request);
  if (!response.ok) throw toApiError(operation, response, result?.error);
  try {
    // The claim that `data` is what the contract says is what the decoder checks, its absence included.
    return decode(result?.data as Wire);
  } catch (error) {
    if (!(error instanceof Mismatch)) throw error;
    throw contractError(operation, error.pointer, error.expected, error.found, error);
  }
}

/** Sends an operation whose success has no body: the status alone tells, so it must be a declared one. */
export async function callForNothing(
  connection: Connection<unknown>,
  operation: OperationSpec,
  options: CallOptions,
  request: (init: CallInit) => Promise<FetchResult<unknown>>,
): Promise<void> {
  const { result, response } = await exchange(connection, operation, options, request);
  if (!response.ok) throw toApiError(operation, response, result?.error);
  if (!operation.success.includes(response.status)) {
    const expected = `status ${operation.success.join(" or ")}`;
    throw contractError(operation, "", expected, `status ${response.status}`);
  }
}

function checkOptions(operation: OperationSpec, options: CallOptions): CallOptions {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`${operation.id}: options: expected an object`);
  }
  if (options.signal !== undefined && !(options.signal instanceof AbortSignal)) {
    throw new TypeError(`${operation.id}: options.signal: expected an AbortSignal`);
  }
  return options;
}

async function exchange<Wire>(
  connection: Connection<unknown>,
  operation: OperationSpec,
  options: CallOptions,
  request: (init: CallInit) => Promise<FetchResult<Wire>>,
): Promise<{ result?: FetchResult<Wire>; response: Response }> {
  const { signal, headers } = checkOptions(operation, options);
  if (headers !== undefined) checkHeaders(headers, `${operation.id}: options.headers`);
  signal?.throwIfAborted();
  const send = connection.fetch(operation, options);
  let answered: Response | undefined;
  let refused: { readonly reason: unknown } | undefined;
  const outgoing = async (sent: Request): Promise<Response> => {
    try {
      answered = await send(sent);
      // What fetch answers for a network error or a redirect that was not followed.
      if (answered.status === 0) throw new TypeError(`an answer of type ${answered.type}`);
      return answered;
    } catch (reason) {
      answered = undefined;
      refused = { reason };
      throw reason;
    }
  };
  try {
    const result = await request({
      fetch: outgoing,
      redirect: "manual",
      ...(signal && { signal }),
      ...(headers && { headers }),
    });
    return { result, response: result.response };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (answered === undefined) {
      const cause = refused === undefined ? error : refused.reason;
      throw new TransportError(operation.id, unlessSafe(operation, "unknown"), cause);
    }
    if (!answered.ok) return { response: answered };
    if (error instanceof SyntaxError) {
      // Without the cause: its message quotes the text, which may hold a secret.
      throw contractError(operation, "", "JSON", "a text that is none");
    }
    throw new TransportError(operation.id, unlessSafe(operation, "applied"), error);
  }
}

function toApiError(operation: OperationSpec, response: Response, json: unknown): Error {
  const { status, statusText, headers } = response;
  const declared = operation.errors.byStatus[status];
  const decode =
    operation.errorBodies?.[status] ?? (declared ? declared.decode : operation.errors.fallback);
  const { body, code, message } = readErrorBody(decode, json);
  const facts = factsOf(operation, status, code);
  const Type = declared?.type ?? ApiError;
  return new Type({
    operation,
    status,
    headers,
    body,
    code,
    detail: message ?? (statusText || "no message"),
    retryable: facts.retryable,
    outcome: facts.noSideEffects ? "none" : unlessSafe(operation, "unknown"),
  });
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

/** An error answer is worth more than its shape: a body that is not the contract's is kept as text. */
function readErrorBody(decode: DecodeErrorBody | undefined, json: unknown): ErrorBody {
  if (json === undefined || json === "") return { body: undefined };
  try {
    // The decoder checks the claim that the body is what the contract says.
    if (decode !== undefined && typeof json !== "string") return decode(json as never);
  } catch (error) {
    if (!(error instanceof Mismatch)) throw error;
  }
  return { body: typeof json === "string" ? json : JSON.stringify(json) };
}

function contractError(
  operation: OperationSpec,
  pointer: string,
  expected: string,
  found: string,
  cause?: unknown,
): ContractError {
  const outcome = unlessSafe(operation, "applied");
  return new ContractError({ operation: operation.id, pointer, expected, found, outcome, cause });
}

/** Methods that are safe by RFC 9110 §9.2.1 change nothing, whatever happens to the call. */
function unlessSafe(operation: OperationSpec, outcome: Outcome): Outcome {
  return operation.method === "GET" || operation.method === "HEAD" ? "none" : outcome;
}

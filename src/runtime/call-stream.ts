import { makeCall } from "./attempts.js";
import { bodyLines } from "./body-lines.js";
import type { Connection } from "./connection.js";
import { lineEnds, readEvents, type ServerSentEvent } from "./event-stream.js";
import type { CallOptions, OperationSpec } from "./operation.js";
import type { RequestParts } from "./raw-client.js";
import { redactor } from "./redact.js";
import { toContractError } from "./response-errors.js";
import { toTransportError } from "./transport.js";
import { ValidationError } from "./validation-error.js";

/** The character before each text of a JSON text sequence (RFC 7464 §2.2). */
const separator = "\u001e";

/** Providers of language models send this after the last event. It is not JSON. */
const done = "[DONE]";

/**
 * Makes the call of an operation that responds with one JSON value per line (NDJSON, JSON Lines), or with a sequence of
 * them (RFC 7464). The call and its timeouts end when the headers have arrived; values are read when the loop asks for
 * them.
 *
 * @param decode - checks one value and maps it; throws a `ValidationError`
 * @returns the values, for one `for await`. Leaving the loop closes the connection, and so does `options.signal`.
 */
export function callForLines<Item>(
  connection: Connection,
  operation: OperationSpec,
  options: CallOptions,
  encode: () => RequestParts,
  decode: (value: unknown) => Item,
): Promise<AsyncIterable<Item>> {
  return callForStream(connection, operation, options, encode, async function* (lines) {
    for await (const line of lines) {
      const text = line.slice(line.startsWith(separator) ? 1 : 0).trim();
      if (text !== "") yield decode(parse(text));
    }
  });
}

/**
 * Makes the call of an operation that responds with server-sent events, as {@link callForLines} does.
 *
 * @param decode - checks the data of one event and maps it: of JSON, or of text where `isText`
 */
export function callForEvents<Data>(
  connection: Connection,
  operation: OperationSpec,
  options: CallOptions,
  encode: () => RequestParts,
  decode: (data: unknown) => Data,
  isText = false,
): Promise<AsyncIterable<ServerSentEvent<Data>>> {
  return callForStream(connection, operation, options, encode, async function* (lines) {
    for await (const event of readEvents(lines)) {
      if (!isText && event.data === done) return;
      yield { ...event, data: decode(isText ? event.data : parse(event.data)) };
    }
  });
}

function callForStream<Item>(
  connection: Connection,
  operation: OperationSpec,
  options: CallOptions,
  encode: () => RequestParts,
  read: (lines: AsyncIterable<string>) => AsyncIterable<Item>,
): Promise<AsyncIterable<Item>> {
  return makeCall({
    connection,
    operation,
    options,
    encode: () => ({ ...encode(), parseAs: "stream" }),
    read: ({ data }) => items(operation, options.signal, data, read),
  });
}

/** The items of a body. A failure is an error of the call, although the call has ended. */
async function* items<Item>(
  operation: OperationSpec,
  signal: AbortSignal | undefined,
  body: unknown,
  read: (lines: AsyncIterable<string>) => AsyncIterable<Item>,
): AsyncGenerator<Item, void, undefined> {
  if (!(body instanceof ReadableStream)) return;
  try {
    yield* read(bodyLines(body, signal, lineEnds));
  } catch (error) {
    if (signal?.aborted) throw error;
    if (error instanceof ValidationError) {
      throw toContractError(operation, error.expected, error.found, error.pointer, error);
    }
    const facts = { outcome: "applied", retryable: false } as const;
    throw toTransportError(operation, error, redactor([], operation.errors.secrets), facts);
  }
}

/** Parses JSON. The engine's message quotes the string, which may hold a secret, so it is dropped. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ValidationError("JSON", text, undefined, "a string that is not JSON");
  }
}

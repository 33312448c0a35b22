import { type StatementStructures, StructureKind } from "ts-morph";
import type { AnswerCase, MediaBody, Method, Shape } from "../model/api.js";
import type { CodecPrinter } from "../print/codecs.js";
import { quote } from "../print/escape.js";
import { isPlainJson, mediaWords } from "./media.js";
import { localName, type ResourceScope, specName } from "./resource-scope.js";

/** A way to read the response of a method: in the default media type or in another one. */
export interface Reading {
  readonly body?: MediaBody;
  /** Name of the function that decodes it; absent if a codec of a model or of the runtime does. */
  readonly reader?: string;
  /** Statuses that have a different body. */
  readonly cases: readonly AnswerCase[];
  /** Whether the call returns a stream of bytes instead of a `Blob`. */
  readonly isStream?: boolean;
}

/** All ways to read the response of a method, the default first. */
export function readings(scope: ResourceScope, method: Method): [Reading, ...Reading[]] {
  const { answer } = method;
  const words = mediaWords(answer.others);
  return [
    readingOf(scope, answer.body, answer.cases, localName(scope, method, "Answer")),
    ...answer.others.map((body, at) =>
      readingOf(scope, body, body.cases, localName(scope, method, `${words[at]}Answer`)),
    ),
  ];
}

function readingOf(
  scope: ResourceScope,
  body: MediaBody | undefined,
  cases: readonly AnswerCase[],
  reader: string,
): Reading {
  // Streamed responses are decoded item by item, in the same way for every status.
  const isStream = body?.kind === "lines" || body?.kind === "events";
  const own = isStream ? [] : cases;
  return {
    ...(body !== undefined && { body }),
    ...(hasOwnReader(scope, body, own.length > 0) && { reader }),
    cases: own,
  };
}

function hasOwnReader(
  scope: ResourceScope,
  body: MediaBody | undefined,
  hasCases: boolean,
): boolean {
  if (hasCases) return true;
  if (body?.kind !== "json") return false;
  return !(body.shape.kind === "ref" && scope.codecs.codec("decode", body.shape.model));
}

/** The type of a call's result. */
export function readingType(scope: ResourceScope, { body, cases, isStream }: Reading): string {
  if (body === undefined) return "void";
  if (isStream === true) return "ReadableStream<Uint8Array>";
  const types = [body, ...cases.map((one) => one.body)].map((one) =>
    one === undefined ? "undefined" : bodyType(scope, one),
  );
  return [...new Set(types)].join(" | ");
}

function bodyType({ types, imports, runtime }: ResourceScope, body: MediaBody): string {
  const item = types.type(body.shape, "answer");
  if (body.kind === "lines") return `AsyncIterable<${item}>`;
  if (body.kind !== "events") return item;
  const event = imports.type("ServerSentEvent", runtime("event-stream"));
  return `AsyncIterable<${event}<${item}>>`;
}

/** The option `parseAs` of openapi-fetch; `undefined` means JSON. */
function parseAs({ body, cases, isStream }: Reading): string | undefined {
  if (isStream === true) return "stream";
  if (isMixed(body, cases)) return "blob";
  if (body?.kind === "text") return "text";
  return body?.kind === "binary" ? "blob" : undefined;
}

/** Whether some statuses have a body of a different kind, such as text instead of JSON. */
function isMixed(body: MediaBody | undefined, cases: readonly AnswerCase[]): boolean {
  return cases.some((one) => one.body !== undefined && one.body.kind !== body?.kind);
}

/** How a derived method, such as `listAll`, differs from the method of its operation. */
interface Variation {
  /** Name of the derived method. */
  readonly name?: string;
  /** Wraps the reader of the response. */
  readonly wrapped?: (reader: string) => string;
  /** Name of the variable with an error whose stack the errors of the call get. */
  readonly caller?: string;
}

/** An expression that sends a request and decodes the response. */
export function callExpression(
  scope: ResourceScope,
  method: Method,
  request: string,
  reading: Reading,
  { name = method.name, wrapped = (reader) => reader, caller }: Variation = {},
): string {
  const { imports, runtime, codecs } = scope;
  const { body } = reading;
  const sent = requested(scope, method, request, reading);
  const args = (last?: string): string =>
    [scope.connection, specName(scope, { name }), "options", sent, ...(last ? [last] : [])].join(
      ", ",
    );
  if (body === undefined) return `${imports.value("callForNothing", runtime("call"))}(${args()})`;
  if (body.kind === "lines" || body.kind === "events") {
    const name = body.kind === "lines" ? "callForLines" : "callForEvents";
    const isText = body.kind === "events" && body.shape.kind === "string";
    const item = codecs.reader("decode", body.shape);
    const call = imports.value(name, runtime("call-stream"));
    return `${call}(${args(isText ? `${item}, true` : item)})`;
  }
  const read = [wrapped(readerName(scope, reading)), ...(caller === undefined ? [] : [caller])];
  return `${imports.value("call", runtime("call"))}(${args(read.join(", "))})`;
}

/** A function that builds the request, with an `accept` header for the media type of the reading. */
function requested(
  scope: ResourceScope,
  { answer }: Method,
  request: string,
  reading: Reading,
): string {
  const { body } = reading;
  const made = request.startsWith("{") ? `(${request})` : request;
  if (body === undefined) return `() => ${made}`;
  const how = parseAs(reading);
  const isAsked = !isPlainJson(body) || answer.others.length > 0;
  if (!isAsked && how === undefined) return `() => ${made}`;
  const accepting = scope.imports.value("accepting", scope.runtime("responses"));
  const type =
    body.mediaType.includes("*") && body.kind === "json" ? "application/json" : body.mediaType;
  const last = how === undefined ? "" : `, ${quote(how)}`;
  return `() => ${accepting}(${request}, ${quote(type)}${last})`;
}

function readerName(scope: ResourceScope, { body, reader, isStream }: Reading): string {
  if (isStream === true) {
    const read = scope.imports.value("readStream", scope.runtime("responses"));
    return `(value) => ${read}(value, options.signal)`;
  }
  if (reader !== undefined) return reader;
  if (body?.kind === "text") return scope.imports.value("readText", scope.runtime("responses"));
  if (body?.kind === "binary") return scope.imports.value("readBlob", scope.runtime("responses"));
  return body === undefined ? "" : scope.codecs.reader("decode", body.shape);
}

/** The functions that decode responses for which no model has a codec. */
export function responseReaders(scope: ResourceScope, method: Method): StatementStructures[] {
  return readings(scope, method).flatMap((reading): StatementStructures[] => {
    const { body, reader, cases } = reading;
    if (reader === undefined || body === undefined) return [];
    const isAsync = isMixed(body, cases);
    const hasCases = cases.length > 0;
    const type = readingType(scope, reading);
    return [
      {
        kind: StructureKind.Function,
        name: reader,
        isAsync,
        parameters: [
          { name: "value", type: "unknown" },
          ...(hasCases ? [{ name: "status", type: "number" }] : []),
        ],
        returnType: isAsync ? `Promise<${type}>` : type,
        statements: hasCases
          ? caseStatements(scope, method, body, cases, isAsync)
          : scope.codecs.body("decode", body.shape, "value"),
      },
    ];
  });
}

function caseStatements(
  scope: ResourceScope,
  { answer }: Method,
  body: MediaBody,
  cases: readonly AnswerCase[],
  isAsync: boolean,
): string {
  const exact = answer.statuses.filter((status) => typeof status === "number");
  const read = (one: MediaBody | undefined): string => {
    if (one === undefined) return "undefined";
    if (one.kind === "text") {
      const text = scope.imports.value("readText", scope.runtime("responses"));
      return isAsync ? `await ${blob(scope)}(value).text()` : `${text}(value)`;
    }
    if (one.kind === "binary") return `${blob(scope)}(value)`;
    const from = isAsync
      ? `await ${scope.imports.value("readJson", scope.runtime("responses"))}(value)`
      : "value";
    return applied(scope.codecs, one.shape, from);
  };
  const conditions = cases.map(({ status, body: one }) => {
    const others = exact.filter((other) => String(other)[0] === String(status)[0]);
    const test =
      typeof status === "number"
        ? `status === ${status}`
        : [
            `Math.floor(status / 100) === ${status[0]}`,
            ...others.map((other) => `status !== ${other}`),
          ].join(" && ");
    return `if (${test}) return ${read(one)};`;
  });
  return [...conditions, `return ${read(body)};`].join("\n");
}

/** An expression that decodes a value. The codec of a union or a tuple is a function, which the expression calls. */
export function applied(codecs: CodecPrinter, shape: Shape, from = "value"): string {
  const isFunction = shape.kind === "union" || shape.kind === "tuple";
  return isFunction
    ? `(${codecs.reader("decode", shape)})(${from})`
    : codecs.expression("decode", shape, from);
}

function blob({ imports, runtime }: ResourceScope): string {
  return imports.value("readBlob", runtime("responses"));
}

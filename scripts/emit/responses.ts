import { type StatementStructures, StructureKind } from "ts-morph";
import type { AnswerCase, MediaBody, Method, Shape } from "../model/api.js";
import type { CodecPrinter } from "../print/codecs.js";
import { quote } from "../print/escape.js";
import { isPlainJson, mediaWords } from "./media.js";
import { localName, type ResourceScope, specName } from "./resource-scope.js";

/** One way to read a response: by default, or in another media type. */
export interface Reading {
  readonly body?: MediaBody;
  /** Name of the function that reads it, where it has one of its own. */
  readonly reader?: string;
  /** Statuses whose body is another one. */
  readonly cases: readonly AnswerCase[];
  /** Whether bytes are given as they arrive. */
  readonly isStream?: boolean;
}

/** The ways to read the response of a method, the default first. */
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
  // A stream is read while it arrives, whatever its status.
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

/** The type of what a call gives. */
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

/** How openapi-fetch reads a body; `undefined` is as JSON. */
function parseAs({ body, cases, isStream }: Reading): string | undefined {
  if (isStream === true) return "stream";
  if (isMixed(body, cases)) return "blob";
  if (body?.kind === "text") return "text";
  return body?.kind === "binary" ? "blob" : undefined;
}

/** Whether the status decides between bodies that are read in different ways. */
function isMixed(body: MediaBody | undefined, cases: readonly AnswerCase[]): boolean {
  return cases.some((one) => one.body !== undefined && one.body.kind !== body?.kind);
}

/** What a method does otherwise than the one that the operation is named for. */
interface Variation {
  /** Name of the method, if it is another. */
  readonly name?: string;
  /** Makes another reader of the one that the response has. */
  readonly wrapped?: (reader: string) => string;
  /** Name of the error whose stack the errors of the call get. */
  readonly caller?: string;
}

/** An expression that makes a call and reads its response. */
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
    ["this.#connection", specName(scope, { name }), "options", sent, ...(last ? [last] : [])].join(
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

/** A function that makes the request, and asks for the media type that the response is read as. */
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

/** The functions beside the class that read responses which no codec of a model reads. */
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

/** An expression that reads a value of a shape, whatever its codec is made of. */
export function applied(codecs: CodecPrinter, shape: Shape, from = "value"): string {
  const isFunction = shape.kind === "union" || shape.kind === "tuple";
  return isFunction
    ? `(${codecs.reader("decode", shape)})(${from})`
    : codecs.expression("decode", shape, from);
}

function blob({ imports, runtime }: ResourceScope): string {
  return imports.value("readBlob", runtime("responses"));
}

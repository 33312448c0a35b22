import type { ClientCall, WireRequest } from "./client-calls.js";
import { isJsonObject, type Json, type JsonObject, valueAt } from "./read-document.js";
import { requiredOf, resolveSchema } from "./wire-values.js";

/** A request that breaks the document in one place. */
export interface InvalidRequest {
  readonly what: string;
  readonly request: WireRequest;
  /** What the complaint must name. */
  readonly complaint: string;
}

/** Breaks everything in an operation's request that its schemas forbid, one thing at a time. */
export function invalidRequests(document: JsonObject, call: ClientCall): readonly InvalidRequest[] {
  return [...brokenParameters(document, call), ...brokenBodies(document, call)];
}

/** The request as it travels, without the client's checks: paths encoded segment by segment. */
export function toFetch(
  base: string,
  call: ClientCall,
  { parameters, body }: WireRequest,
): Request {
  const { operation } = call;
  const values = (place: string): [string, string][] =>
    operation.parameters
      .filter(({ in: where, name }) => where === place && parameters[name] !== undefined)
      .map(({ name }) => [name, String(parameters[name])]);
  const path = values("path").reduce(
    (route, [name, value]) => route.replaceAll(`{${name}}`, encodeURIComponent(value)),
    operation.path,
  );
  const url = new URL(`${base}${path}`);
  for (const [name, value] of values("query")) url.searchParams.set(name, value);
  return new Request(url, {
    method: operation.method.toUpperCase(),
    headers: {
      authorization: "Bearer any",
      ...Object.fromEntries(values("header")),
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

function brokenParameters(document: JsonObject, call: ClientCall): InvalidRequest[] {
  return call.operation.parameters.flatMap(({ name, schemaPointer }) => {
    const schema = resolveSchema(document, valueAt(document, schemaPointer));
    const { type, minimum, maxLength } = schema;
    const broken: [what: string, value: Json][] = [];
    if (type === "integer" || type === "number") broken.push(["no number", "many"]);
    if (type === "integer") broken.push(["a fraction", 1.5]);
    if (typeof minimum === "number") broken.push(["below its minimum", minimum - 1]);
    if (typeof maxLength === "number") broken.push(["too long", "x".repeat(maxLength + 1)]);
    return broken.map(([what, value]) => ({
      what: `${name}: ${what}`,
      request: { ...call.request, parameters: { ...call.request.parameters, [name]: value } },
      complaint: name,
    }));
  });
}

function brokenBodies(document: JsonObject, call: ClientCall): InvalidRequest[] {
  const { parameters, body } = call.request;
  const [media] = call.operation.requestBodies;
  if (media === undefined || !isJsonObject(body)) return [];
  const schema = resolveSchema(document, valueAt(document, media.schemaPointer));
  const properties = isJsonObject(schema["properties"]) ? schema["properties"] : {};
  const missing = requiredOf(schema).map((name) => ({
    what: `a body without ${name}`,
    request: { parameters, body: without(body, String(name)) },
    complaint: String(name),
  }));
  const mistyped = Object.keys(properties).map((name) => ({
    what: `a body with a wrong type of ${name}`,
    request: { parameters, body: { ...body, [name]: [[]] } },
    complaint: name,
  }));
  const none = { what: "no body", request: { parameters }, complaint: "required" };
  return [...missing, ...mistyped, ...(call.operation.requestBodyRequired ? [none] : [])];
}

function without(object: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

import { nameOf, type ValueCase, wireOf } from "./cases/value-case.js";
import { type Part, partsOf as partsOfContract } from "./checks/parts.js";
import { refusable } from "./checks/schema-cases.js";
import type { ClientCall, WireRequest } from "./client-calls.js";
import type { JsonObject } from "./read-document.js";

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
  return partsOf(document, call, "parameter").flatMap((part) =>
    refusable(document, part).flatMap((one): readonly InvalidRequest[] => {
      const value = wireOf(one);
      // An empty segment is another route, and `.` and `..` are removed from a path before it is sent.
      const isLost = part.place === "path" && ["", ".", ".."].includes(String(value));
      if (value === undefined || isLost || isOurs(one)) return [];
      const parameters = { ...call.request.parameters, [part.name]: value };
      const what = `${part.name}: ${nameOf(one)}`;
      return [{ what, request: { ...call.request, parameters }, complaint: part.name }];
    }),
  );
}

function brokenBodies(document: JsonObject, call: ClientCall): InvalidRequest[] {
  const { parameters } = call.request;
  const broken = partsOf(document, call, "body").flatMap((part) =>
    refusable(document, part).flatMap((one): readonly InvalidRequest[] => {
      const body = wireOf(one);
      const key = one.path.findLast((step) => typeof step === "string");
      if (body === undefined || key === undefined || isOurs(one)) return [];
      const what = `a body with ${nameOf(one)}`;
      return [{ what, request: { parameters, body }, complaint: String(key) }];
    }),
  );
  const none = { what: "no body", request: { parameters }, complaint: "required" };
  return [...broken, ...(call.operation.requestBodyRequired ? [none] : [])];
}

/** A constraint that only readers of our extensions know. */
function isOurs({ constraint }: ValueCase): boolean {
  return constraint.startsWith("x-");
}

function partsOf<Kind extends Part["kind"]>(
  document: JsonObject,
  { operation }: ClientCall,
  kind: Kind,
): readonly (Part & { readonly kind: Kind })[] {
  return partsOfContract({ document, operations: [operation], errors: new Map() }).filter(
    (part): part is Part & { readonly kind: Kind } => part.kind === kind,
  );
}

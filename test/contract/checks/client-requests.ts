import { nameOf, type ValueCase, wireOf } from "../cases/value-case.js";
import type { ClientCall, InputChange, WireRequest } from "../client-calls.js";
import { toFetch } from "../invalid-requests.js";
import type { Contract, JsonObject } from "../read-document.js";
import { clientName, clientPath, withClientNames } from "../wire-values.js";
import type { Check, Reference, Subject } from "./check.js";
import { claim, same } from "./claim.js";
import { connect } from "./client.js";
import { serverChecks } from "./client-servers.js";
import { type Part, partsOf, requestTouches, touchOf } from "./parts.js";
import { acceptable, isMoment, refusable } from "./schema-cases.js";
import { answerOf } from "./success.js";

/**
 * Constraints on requests that the client leaves to the service. An enum is held by the types, and a newer value
 * must be possible without a newer client; the number of items costs nothing to refuse there.
 */
const leftToService: readonly string[] = ["enum", "minItems", "maxItems"];

/** What the client must send, and what it must refuse to send. */
export function clientRequestChecks({ contract, calls }: Reference): readonly Check[] {
  return [
    ...serverChecks(contract, calls),
    ...calls.filter(({ operation }) => operation.parameters.length > 0).flatMap(inputChecks),
    ...partChecks(contract, calls),
  ];
}

/** Input that is wrong as a whole. Where a body is the input, the cases of the body say the same. */
function inputChecks(call: ClientCall): readonly Check[] {
  const { operationId } = call.operation;
  const inputs: readonly (readonly [what: string, place: string, input: unknown])[] = [
    ["null", "input", null],
    ["a text", "input", "text"],
    ["an array", "input", []],
    ["an unknown field", "aKeyOfTomorrow", { aKeyOfTomorrow: 1 }],
    ...call.operation.parameters.map((parameter) => {
      const name = clientName(parameter.name, {});
      return [`an object as ${name}`, name, { [name]: {} }] as const;
    }),
  ];
  return inputs.map(([what, place, input]): Check => {
    return {
      suite: "client requests",
      name: `${operationId} refuses ${what} as its input`,
      touches: [],
      run: async (subject) => {
        const client = connect(await subject.client(), async () => answerOf(call.operation));
        const outcome = await call.invoke(client, input).catch((error: unknown) => error);
        claim(outcome instanceof TypeError, () => `not refused: ${String(outcome)}`);
        const start = `${call.name}: ${place}: `;
        claim(outcome.message.startsWith(start), () => `no ${start} in ${outcome.message}`);
      },
    };
  });
}

function partChecks(contract: Contract, calls: readonly ClientCall[]): readonly Check[] {
  const { document } = contract;
  return partsOf(contract).flatMap((part) => {
    const call = calls.find(({ operation }) => operation === part.operation);
    if (call === undefined || (part.kind !== "parameter" && part.kind !== "body")) return [];
    const sends = acceptable(document, part).filter(
      ({ constraint }) => constraint !== "additionalProperties",
    );
    const unknown = acceptable(document, part).filter(
      ({ constraint }) => constraint === "additionalProperties",
    );
    const [left, refused] = halves(
      refusable(document, part).filter((one) => !isMoment(document, one)),
      ({ constraint }) => leftToService.includes(constraint),
    );
    return [
      ...[...sends, ...left].map((one) => sendCheck(document, call, part, one)),
      // Open on the wire, closed for callers: a field that is dropped in silence could be an expiry.
      ...[...refused, ...unknown].map((one) => refuseCheck(document, call, part, one)),
    ];
  });
}

function sendCheck(document: JsonObject, call: ClientCall, part: Part, one: ValueCase): Check {
  const wire = wireOf(one);
  const request = requestWith(call, part, wire);
  return {
    suite: "client requests",
    name: `${part.key} sends ${nameOf(one)}`,
    touches: requestTouches({ ...call, request }),
    run: async (subject) => {
      const sent = await send(subject, call, requestWith(call, part, one.base), {
        replace: changeOf(document, part, one),
      });
      const [arrived] = sent;
      claim(arrived !== undefined && sent.length === 1, () => `${sent.length} requests`);
      const wanted = toFetch("https://s2.invalid/v1", call, request);
      same(arrived.method, wanted.method, "method");
      same(locationOf(arrived), locationOf(wanted), "URL");
      same(await jsonOf(arrived), await jsonOf(wanted), "body");
      const type = arrived.headers.get("content-type");
      same(type, wanted.headers.get("content-type"), "content type");
      same(arrived.headers.get("authorization"), call.bearer ? "Bearer any" : null, "credential");
    },
  };
}

function refuseCheck(document: JsonObject, call: ClientCall, part: Part, one: ValueCase): Check {
  return {
    suite: "client requests",
    name: `${part.key} refuses ${nameOf(one)}`,
    touches: [touchOf(part)],
    run: async (subject) => {
      const base = requestWith(call, part, one.base);
      const options = { replace: changeOf(document, part, one) };
      const outcome = await send(subject, call, base, options).catch((error: unknown) => error);
      claim(outcome instanceof TypeError, () => `not refused: ${String(outcome)}`);
      const place = `${call.name}: ${fieldOf(document, part, one)}: `;
      const { message } = outcome;
      claim(message.startsWith(place), () => `no ${place} in ${message}`);
      // Characters may refuse the same text; who counts bytes must say so.
      const isBytes = one.constraint === "x-contract-byte-length";
      claim(!isBytes || message.includes("bytes"), () => `no word of bytes in ${message}`);
    },
  };
}

/** How an error names the place: as it reads in code. */
function fieldOf(document: JsonObject, part: Part, one: ValueCase): string {
  const parameter = part.kind === "parameter" ? [clientName(part.name, {})] : [];
  // Of an object with an unknown key, the key is the place; the case adds it last.
  const isUnknown = one.constraint === "additionalProperties";
  const unknown = isUnknown ? Object.keys(Object(withClientNames(one.value))).slice(-1) : [];
  const inner = clientPath(document, part.schemaPointer, one.base, one.path);
  const steps = [...parameter, ...inner, ...unknown].map((key, index) =>
    typeof key === "number" ? `[${key}]` : index === 0 ? key : `.${key}`,
  );
  return steps.length === 0 ? "input" : steps.join("");
}

/** The requests that reached the network, read to their end. */
async function send(
  subject: Subject,
  call: ClientCall,
  request: WireRequest,
  options: { readonly replace: InputChange },
): Promise<readonly Request[]> {
  const sent: Request[] = [];
  const client = connect(await subject.client(), async (outgoing) => {
    sent.push(outgoing.clone());
    return answerOf(call.operation);
  });
  await call.send(client, request, options);
  return sent;
}

/** The first request of an operation with another value of one part. */
function requestWith(call: ClientCall, part: Part, value: WireRequest["body"]): WireRequest {
  const { request } = call;
  if (part.kind === "body") return { ...request, ...(value !== undefined && { body: value }) };
  if (part.kind !== "parameter" || value === undefined) return request;
  return { ...request, parameters: { ...request.parameters, [part.name]: value } };
}

function changeOf(document: JsonObject, part: Part, one: ValueCase): InputChange {
  const path = clientPath(document, part.schemaPointer, one.base, one.path);
  const value = withClientNames(one.value);
  return { ...(part.kind === "parameter" && { parameter: part.name }), path, value };
}

/** The path, and the query without the order of its members. */
function locationOf({ url }: Request): unknown {
  const { origin, pathname, searchParams } = new URL(url);
  searchParams.sort();
  return { path: `${origin}${pathname}`, query: [...searchParams] };
}

async function jsonOf(request: Request): Promise<unknown> {
  const text = await request.text();
  return text === "" ? undefined : JSON.parse(text);
}

function halves<T>(
  all: readonly T[],
  isFirst: (one: T) => boolean,
): readonly [readonly T[], readonly T[]] {
  return [all.filter(isFirst), all.filter((one) => !isFirst(one))];
}

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Method } from "../../../scripts/model/api.js";
import { buildApi } from "../../../scripts/model/build.js";
import { claim, same } from "../checks/claim.js";
import { committedClient, connect } from "../checks/client.js";
import { judgeOf } from "../checks/judge.js";
import { partsOf } from "../checks/parts.js";
import { answerOf } from "../checks/success.js";
import { type Json, readContract } from "../read-document.js";
import { current } from "../released.js";
import { inputArbitrary, members } from "./input-arbitrary.js";
import { inputRegressions } from "./regressions.js";

const contract = readContract(current);
const judge = judgeOf(contract.document);
const api = buildApi(contract.document).api;
const client = await committedClient();
const methods = api.resources.flatMap(({ property, methods }) =>
  methods.map((method) => ({ name: `${property}.${method.name}`, property, method })),
);

describe("whatever our types allow is refused before it is sent, or accepted by the document", () => {
  test.each(methods)("$name", async ({ name, property, method }) => {
    await fc.assert(
      fc.asyncProperty(argumentOf(method), async (input) => {
        const sent: Request[] = [];
        const connected = connect(client, async (request) => {
          sent.push(request.clone());
          return answerOf(operationOf(method));
        });
        const resource: unknown = Reflect.get(connected, property);
        claim(resource instanceof Object, () => `no ${property}`);
        const call: unknown = Reflect.get(resource, method.name);
        claim(typeof call === "function", () => `no ${name}`);
        const error: unknown = await Promise.resolve(Reflect.apply(call, resource, [input])).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        if (sent.length === 0) {
          claim(error instanceof TypeError, () => `no TypeError: ${String(error)}`);
          claim(error.message.startsWith(`${name}:`), () => error.message);
          return;
        }
        same(error, undefined, "failure");
        for (const request of sent) await judgeRequest(method, request);
      }),
      { numRuns: 400, examples: inputRegressions(method.operationId).map((input) => [input]) },
    );
  });
});

describe("a text of any bytes arrives unchanged, or is refused by client and document alike", () => {
  const texts = fc.oneof(
    fc.uint8Array({ maxLength: 120 }).map((bytes) => new TextDecoder().decode(bytes)),
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString("latin1")),
    fc
      .array(fc.nat({ max: 0xffff }), { maxLength: 60 })
      .map((units) => String.fromCharCode(...units)),
    fc.string({ unit: "grapheme", maxLength: 100 }),
  );
  const places = partsOf(contract).flatMap((part) => {
    if (part.kind !== "parameter") return [];
    const found = methods.find(({ method }) => method.operationId === part.operation.operationId);
    const parameter = found?.method.input.parameters.find((one) => one.wireName === part.name);
    const isText = judge.verdict(part.schemaPointer, "a").length === 0;
    if (found === undefined || parameter === undefined || !isText) return [];
    return [{ ...found, part, parameter, place: part.place }];
  });

  test("there are such places", () => expect(places.length).toBeGreaterThan(1));

  test.each(places)("$name $parameter.wireName", async ({ property, method, part, parameter }) => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        let arrived: string | undefined;
        const connected = connect(client, async ({ url }) => {
          const { pathname, searchParams } = new URL(url);
          arrived =
            part.place === "query"
              ? (searchParams.get(part.name) ?? undefined)
              : decodeURIComponent(pathname.split("/").at(-1) ?? "");
          return answerOf(part.operation);
        });
        const resource: unknown = Reflect.get(connected, property);
        const call: unknown = resource instanceof Object && Reflect.get(resource, method.name);
        claim(typeof call === "function", () => `no ${method.name}`);
        const input = { [parameter.name]: text };
        const error: unknown = await Promise.resolve(Reflect.apply(call, resource, [input])).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        // A lone surrogate has no bytes, so that no document can speak of it.
        const isFine =
          judge.verdict(part.schemaPointer, text).length === 0 && !/\p{Surrogate}/u.test(text);
        same(arrived, isFine ? text : undefined, "what arrives");
        claim(isFine === (error === undefined), () => `the document differs: ${String(error)}`);
      }),
      { numRuns: 500 },
    );
  });
});

function argumentOf({ input }: Method): fc.Arbitrary<unknown> {
  const { parameters, body } = input;
  if (body === undefined) return members(api, parameters);
  const content = inputArbitrary(api, body.shape);
  if (parameters.length === 0 && body.placement === "input") return content;
  const named = members(api, parameters);
  return fc.tuple(named, content).map(([first, second]) => {
    return Object.assign({}, first, body.placement === "input" ? second : { body: second });
  });
}

async function judgeRequest(method: Method, request: Request): Promise<void> {
  const { pathname, searchParams } = new URL(request.url);
  const text = await request.text();
  for (const part of partsOf(contract)) {
    if (part.operation.operationId !== method.operationId) continue;
    const refuse = (value: Json): void => {
      const verdict = judge.verdict(part.schemaPointer, value);
      claim(verdict.length === 0, () => `${part.key}: ${JSON.stringify(verdict)}`);
    };
    if (part.kind === "body") refuse(JSON.parse(text));
    if (part.kind !== "parameter") continue;
    const value =
      part.place === "query"
        ? searchParams.get(part.name)
        : decodeURIComponent(pathname.split("/").at(-1) ?? "");
    if (value === null) continue;
    const isText = judge.verdict(part.schemaPointer, "a").length === 0;
    refuse(isText || Number.isNaN(Number(value)) ? value : Number(value));
  }
}

function operationOf({ operationId }: Method): (typeof contract.operations)[number] {
  const found = contract.operations.find((operation) => operation.operationId === operationId);
  if (found === undefined) throw new Error(`the contract has no ${operationId}`);
  return found;
}

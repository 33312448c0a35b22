import { nameOf, toPointer, type ValueCase, wireOf } from "../cases/value-case.js";
import type { ClientCall } from "../client-calls.js";
import { asAnswered } from "../wire-values.js";
import type { Check, Reference, Subject } from "./check.js";
import { claim, same } from "./claim.js";
import { connect } from "./client.js";
import { type Part, partsOf, touchOf } from "./parts.js";
import { acceptable, refusable } from "./schema-cases.js";

/**
 * Constraints that the client does not hold an answer to. New values of an enum appear over time; a name that is
 * too long, or a page that is too full, is worth more than an error.
 */
export const leftToReader: readonly string[] = [
  "enum",
  "minLength",
  "maxLength",
  "x-contract-byte-length",
  "pattern",
  "not",
  "minimum",
  "maximum",
  "minItems",
  "maxItems",
];

/** What the client must read of an answer, and what it must refuse. */
export function clientAnswerChecks({ contract, calls }: Reference): readonly Check[] {
  const { document } = contract;
  const successes = partsOf(contract).filter(
    (part) => part.kind === "answer" && part.response.status < 300,
  );
  const withBody = successes.flatMap((part) => {
    const call = calls.find(({ operation }) => operation === part.operation);
    if (call === undefined) return [];
    const wrong = refusable(document, part);
    const read = wrong.filter(({ constraint }) => leftToReader.includes(constraint));
    const refused = wrong.filter(({ constraint }) => !leftToReader.includes(constraint));
    return [
      ...[...acceptable(document, part), ...read].map((one): Check => {
        const wire = wireOf(one) ?? null;
        return {
          suite: "client answers",
          name: `${part.key} reads ${nameOf(one)}`,
          touches: [touchOf(part, wire)],
          run: async (subject) => {
            const given = await receive(subject, call, part, one);
            same(given, asAnswered(document, part.schemaPointer, wire), "what is read");
          },
        };
      }),
      ...refused.map((one) => refusal(call, part, one)),
    ];
  });
  return [...withBody, ...calls.flatMap(statusChecks)];
}

function refusal(call: ClientCall, part: Part, one: ValueCase): Check {
  return {
    suite: "client answers",
    name: `${part.key} refuses ${nameOf(one)}`,
    touches: [touchOf(part)],
    run: async (subject) => {
      const error = await receive(subject, call, part, one).then(
        (value) => new Error(`read as ${JSON.stringify(value)}`),
        (reason: unknown) => reason,
      );
      const { exports } = await subject.client();
      claim(
        error instanceof Error && error.constructor === exports["ContractError"],
        () => `no ContractError: ${String(error)}`,
      );
      same(Reflect.get(error, "pointer"), toPointer(one.path), "pointer");
      same(Reflect.get(error, "operation"), call.operation.operationId, "operation");
      const isSafe = ["get", "head"].includes(call.operation.method);
      same(Reflect.get(error, "outcome"), isSafe ? "none" : "applied", "outcome");
    },
  };
}

/** Success without a body is told by the status alone; with a body, by the body. */
function statusChecks(call: ClientCall): readonly Check[] {
  const { operation } = call;
  const success = operation.responses.filter(({ status }) => status < 300);
  return success
    .filter(({ bodies }) => bodies.length === 0)
    .flatMap(({ status }): readonly Check[] => [
      {
        suite: "client answers",
        name: `${operation.operationId} ${status} without a body is a success`,
        touches: [{ operationId: operation.operationId, status }],
        run: async (subject) => {
          const client = connect(
            await subject.client(),
            async () => new Response(null, { status }),
          );
          same(await call.send(client, call.request), undefined, "what is returned");
        },
      },
      {
        suite: "client answers",
        name: `${operation.operationId} with a success that is not declared is refused`,
        touches: [],
        run: async (subject) => {
          const { exports } = await subject.client();
          const client = connect(await subject.client(), async () =>
            Response.json({}, { status: 202 }),
          );
          const error = await call.send(client, call.request).catch((reason: unknown) => reason);
          claim(
            error instanceof Error && error.constructor === exports["ContractError"],
            () => `no ContractError: ${String(error)}`,
          );
        },
      },
    ]);
}

async function receive(
  subject: Subject,
  call: ClientCall,
  part: Part,
  one: ValueCase,
): Promise<unknown> {
  if (part.kind !== "answer") throw new Error(`${part.key} is no answer`);
  const { status } = part.response;
  const client = connect(await subject.client(), async () =>
    Response.json(wireOf(one), { status }),
  );
  return call.send(client, call.request);
}

import { inspect } from "node:util";
import { sampleOf } from "../cases/sample.js";
import { locate } from "../cases/schema.js";
import type { ClientCall } from "../client-calls.js";
import { isJsonObject, type JsonObject, valueAt } from "../read-document.js";
import { propertiesOf } from "../wire-values.js";
import type { Check } from "./check.js";
import { claim, same } from "./claim.js";
import { connect } from "./client.js";
import { answerOf } from "./success.js";

/** A secret of an answer stays out of errors, wherever the answer breaks off or turns into an error. */
export function secretChecks(document: JsonObject, call: ClientCall): readonly Check[] {
  const { operation } = call;
  const secrets = operation.responses.flatMap(({ status, bodies }) =>
    bodies.flatMap(({ schemaPointer }) => {
      const { pointer, schema } = locate(document, schemaPointer);
      return Object.keys(propertiesOf(schema))
        .filter((name) => {
          const member = valueAt(document, `${pointer}/properties/${name}`);
          return isJsonObject(member) && member["x-contract-secret"] === true;
        })
        .map((name) => ({ status, name }));
    }),
  );
  return secrets.flatMap(({ name }) => {
    const secret = "hush-0123456789";
    const text = JSON.stringify({ [name]: secret, code: 1, message: [] });
    const hides = (what: string, answer: () => Response): Check => ({
      suite: "client extensions",
      name: `${operation.operationId} hides ${name} ${what}`,
      touches: [],
      run: async (subject) => {
        const client = connect(await subject.client(), async () => answer());
        const error = await call.send(client, call.request).catch((reason: unknown) => reason);
        claim(error instanceof Error, () => "the call did not fail");
        const shown = `${inspect(error, { depth: 9 })} ${JSON.stringify(error)}`;
        claim(!shown.includes(secret), () => `shown: ${shown}`);
      },
    });
    const type = { "content-type": "application/json" };
    return [
      hides("in an error", () => new Response(text, { status: 500, headers: type })),
      hides("in an answer that breaks off", () => {
        const { status } = answerOf(operation);
        return new Response(text.slice(0, -3), { status, headers: type });
      }),
    ];
  });
}

/** What is no secret is shown: else an error would say nothing. */
export function spareChecks(document: JsonObject, call: ClientCall): Check {
  const { operation } = call;
  const failure = operation.responses.find(({ status }) => status >= 500);
  const pointer = failure?.bodies[0]?.schemaPointer;
  if (failure === undefined || pointer === undefined) {
    throw new Error(`${operation.operationId} has no error with a body`);
  }
  return {
    suite: "client extensions",
    name: `${operation.operationId} shows the body of an error`,
    touches: [],
    run: async (subject) => {
      const body = sampleOf(document, pointer);
      const client = connect(await subject.client(), async () =>
        Response.json(body, { status: failure.status }),
      );
      const error = await call.send(client, call.request).catch((reason: unknown) => reason);
      claim(error instanceof Error, () => "the call did not fail");
      same(Reflect.get(error, "body"), body, "body");
    },
  };
}

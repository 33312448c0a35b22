import { buildApi } from "../../../scripts/model/build.js";
import { nameOf, wireOf } from "../cases/value-case.js";
import type { ClientCall } from "../client-calls.js";
import {
  type Contract,
  type ContractError,
  isJsonObject,
  type Json,
  valueAt,
} from "../read-document.js";
import { resolveSchema } from "../wire-values.js";
import type { Check, Reference, Subject } from "./check.js";
import { claim, same } from "./claim.js";
import { connect } from "./client.js";
import { type Part, partsOf, touchOf } from "./parts.js";
import { refusable } from "./schema-cases.js";

/** What the client must throw: the class of the status, the code, and what the table says of the code. */
export function clientErrorChecks({ contract, calls }: Reference): readonly Check[] {
  const classes = new Map(
    buildApi(contract.document).api.errors.statuses.map(({ status, className }) => [
      status,
      className,
    ]),
  );
  const answers = partsOf(contract).flatMap((part) => {
    const call = calls.find(({ operation }) => operation === part.operation);
    if (call === undefined || part.kind !== "answer" || part.response.status < 400) return [];
    const { status } = part.response;
    const className = classes.get(status);
    if (className === undefined) throw new Error(`no class for status ${status}`);
    return [{ call, part, status, className }];
  });
  return [
    tableCheck(contract),
    ...answers.flatMap((answer) => statusChecks(contract, answer)),
    // All errors have one body, so that one status of each operation stands for all.
    ...calls.flatMap(({ operation }) => {
      const first = answers.find(({ call }) => call.operation === operation);
      return first === undefined ? [] : bodyChecks(contract, first);
    }),
  ];
}

/** An error of an operation. */
interface Answer {
  readonly call: ClientCall;
  readonly part: Part;
  readonly status: number;
  readonly className: string;
}

/** The exported table is the document's. */
function tableCheck({ errors }: Contract): Check {
  return {
    suite: "client errors",
    name: "the table of codes",
    touches: [],
    run: async (subject) =>
      same((await subject.client()).exports["errorCodes"], Object.fromEntries(errors), "table"),
  };
}

function statusChecks(contract: Contract, answer: Answer): readonly Check[] {
  const { call, part } = answer;
  if (part.kind !== "answer") return [];
  const of = (name: string, body: Json, want: Wanted): Check =>
    errorCheck(answer, name, body, want);
  return [
    ...part.examples.map(({ name, value }) => {
      const { code, message } = codeAndMessage(contract, part, value);
      const facts = factsOf(call, contract.errors.get(code));
      return of(`example ${name}`, value, { code, message, body: value, ...facts });
    }),
    ...part.response.errorCodes.map((code) => {
      const body = bodyOf(contract, part, code);
      const facts = factsOf(call, contract.errors.get(code));
      return of(`with the code ${code}`, body, { code, message: code, body, ...facts });
    }),
    of("with an unknown code", bodyOf(contract, part, "a_code_of_tomorrow"), {
      code: "a_code_of_tomorrow",
      message: "a_code_of_tomorrow",
    }),
  ];
}

/** Bodies that are not the contract's are kept as the text that they were; statuses that it lacks have no class. */
function bodyChecks(contract: Contract, answer: Answer): readonly Check[] {
  const { part } = answer;
  const wrong = refusable(contract.document, part).map((one) => {
    const body = wireOf(one) ?? null;
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const { code }: { readonly code?: unknown } = Object(body);
    // What it says under the name of the code is heard all the same.
    const said = typeof code === "string" ? code : undefined;
    const want = { code: said, message: "", body: text };
    return errorCheck(answer, `keeps a body with ${nameOf(one)} as its text`, body, want);
  });
  const body = bodyOf(contract, part, "teapot");
  const undeclared = { ...answer, status: 418, className: "ApiError" };
  const want = { code: "teapot", message: "because of teapot", body };
  return [...wrong, errorCheck(undeclared, "reads a status that it does not declare", body, want)];
}

function errorCheck(answer: Answer, name: string, body: Json, want: Wanted): Check {
  const { call, part, status, className } = answer;
  const isDeclared = part.kind === "answer" && part.response.status === status;
  return {
    suite: "client errors",
    name: `${part.key} ${name}`,
    touches: isDeclared ? [touchOf(part, want.body === body ? body : undefined)] : [],
    run: async (subject) => {
      const error = await failure(subject, call, status, body);
      const { exports } = await subject.client();
      claim(
        error instanceof Error && error.constructor === exports[className],
        () => `no ${className}: ${String(error)}`,
      );
      const { message, ...facts } = want;
      const operation = call.operation.operationId;
      for (const [key, value] of Object.entries({ name: className, operation, status, ...facts })) {
        same(Reflect.get(error, key), value, key);
      }
      claim(error.message.includes(message), () => `no ${message} in ${error.message}`);
    },
  };
}

interface Wanted {
  readonly code: string | undefined;
  /** Is part of the error's message. */
  readonly message: string;
  readonly body?: unknown;
  readonly retryable?: boolean;
  readonly outcome?: string;
}

function factsOf(call: ClientCall, facts: ContractError | undefined): Partial<Wanted> {
  if (facts === undefined) throw new Error("a code that the table lacks");
  const isHarmless = facts.noSideEffects || ["get", "head"].includes(call.operation.method);
  return { retryable: facts.retryable, outcome: isHarmless ? "none" : "unknown" };
}

async function failure(
  subject: Subject,
  call: ClientCall,
  status: number,
  body: Json,
): Promise<unknown> {
  const client = connect(await subject.client(), async () => Response.json(body, { status }));
  return call.send(client, call.request).then(
    () => new Error("the call did not fail"),
    (reason: unknown) => reason,
  );
}

/** Where the contract says that code and message stand. */
function fieldsOf({ document }: Contract, part: Part): readonly [code: string, message: string] {
  const schema = resolveSchema(document, valueAt(document, part.schemaPointer));
  const fields = schema["x-contract-error-body"];
  if (!isJsonObject(fields)) throw new Error(`${part.key}: x-contract-error-body is missing`);
  return [String(fields["code"]), String(fields["message"])];
}

function codeAndMessage(
  contract: Contract,
  part: Part,
  body: Json,
): { readonly code: string; readonly message: string } {
  const [code, message] = fieldsOf(contract, part);
  if (!isJsonObject(body)) throw new Error(`${part.key}: an example without a body`);
  return { code: String(body[code]), message: String(body[message]) };
}

function bodyOf(contract: Contract, part: Part, value: string): Json {
  const [code, message] = fieldsOf(contract, part);
  return { [code]: value, [message]: `because of ${value}` };
}

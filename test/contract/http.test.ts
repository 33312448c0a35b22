import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiError, defaultBaseUrl, type Fetch, isApiError, S2 } from "../../src/index.js";
import { type Mock, startMock } from "../../src/mock/index.js";
import { fetchOf } from "../fetch-of.js";
import { checkedFetch, violations } from "./checked-fetch.js";
import { type ClientCall, clientCalls, errorClass } from "./client-calls.js";
import { invalidRequests, toFetch } from "./invalid-requests.js";
import { isJsonObject, type Json, readContract, valueAt } from "./read-document.js";
import { withoutOptional, withUnknown } from "./sparse.js";
import { asAnswered, resolveSchema } from "./wire-values.js";

// Operations, statuses and examples come from the document: a new endpoint is covered without a new line.
const contract = readContract(
  JSON.parse(readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8")),
);
const { document } = contract;
const calls = clientCalls(contract);
const named = calls.map((call) => ({ name: call.name, call }));

// Without state, so that the answer to each request is the example that it asks for.
let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ stateless: true });
});
afterAll(() => mock?.stop());

const answers = calls.flatMap((call) =>
  call.operation.responses.flatMap((response) => {
    const examples = response.bodies.flatMap(({ schemaPointer, examples }) =>
      examples.map(({ name, value }) => ({ example: name, schemaPointer, value })),
    );
    const bodiless = { example: "no body", schemaPointer: "", value: undefined };
    const all = response.bodies.length === 0 ? [bodiless] : examples;
    return all.map((one) => ({ name: call.name, call, ...response, ...one }));
  }),
);

describe("the client returns what a success says", () => {
  const successes = answers.filter(({ status }) => status < 300);
  test.each(successes)("$name $status $example", async (answer) => {
    const { call, value, schemaPointer } = answer;
    const options = { headers: prefer(answer) };
    const given = await call.send(connect(checkedFetch().fetch), call.request, options);
    expect(given).toEqual(
      value === undefined ? undefined : asAnswered(document, schemaPointer, value),
    );
  });

  // The mock serves only what the document shows; a function as fetch serves what it also allows.
  const bodies = successes.flatMap(({ value, ...rest }) =>
    value === undefined ? [] : [{ ...rest, value }],
  );
  const sparser = bodies.flatMap((answer) => [
    { ...answer, which: "all" as const },
    { ...answer, which: "leaves" as const },
  ]);
  test.each(sparser)("$name $status $example, less $which that is optional", async (answer) => {
    const { call, status, value, schemaPointer, which } = answer;
    const sparse = withoutOptional(document, schemaPointer, value, which);
    const client = connect(async () => Response.json(sparse, { status }));
    const given = await call.send(client, call.request);
    expect(given).toEqual(asAnswered(document, schemaPointer, sparse));
  });

  test.each(bodies)("$name $status $example, with unknown properties", async (answer) => {
    const { call, status, value, schemaPointer } = answer;
    const more = withUnknown(document, schemaPointer, value);
    const client = connect(async () => Response.json(more, { status }));
    const given = await call.send(client, call.request);
    // The clone is without the symbol that keeps undeclared members.
    expect(structuredClone(given)).toEqual(asAnswered(document, schemaPointer, value));
  });

  test("every operation has one", () => {
    expect(new Set(successes.map(({ name }) => name))).toEqual(new Set(calls.map((it) => it.name)));
  });
});

describe("the client throws what a failure says", () => {
  const failures = answers.filter(({ status }) => status >= 400);
  test.each(failures)("$name $status $example", async (answer) => {
    const { call, status, headers, value, schemaPointer } = answer;
    const options = { headers: prefer(answer) };
    const { fetch, sent } = checkedFetch();
    const error = await failureOf(call.send(connect(fetch), call.request, options));
    expect(sent).toHaveLength(1);
    expect(error.constructor).toBe(errorClass(contract, status));
    expect(error).toMatchObject({ status, operation: call.operation.operationId });
    expect(error.body).toEqual(asAnswered(document, schemaPointer, value ?? null));

    const { code, message } = codeAndMessage(schemaPointer, value);
    expect(error.code).toBe(code);
    expect(error.message).toContain(`${status} ${code}: ${message}`);
    const facts = contract.errors.get(code);
    const harmless = facts?.noSideEffects || call.operation.method === "get";
    expect(error.retryable).toBe(facts?.retryable);
    expect(error.outcome).toBe(harmless ? "none" : "unknown");

    for (const { name, examples } of headers) {
      expect(examples.map((example) => String(example.value))).toContain(error.headers.get(name));
    }
  });

  test("every operation has some", () => {
    expect(new Set(failures.map(({ name }) => name))).toEqual(new Set(calls.map((it) => it.name)));
  });
});

describe("the client sends what it is given", () => {
  const parameters = calls.flatMap((call) =>
    call.operation.parameters.flatMap(({ name: parameter, in: place, examples }) =>
      examples.map(({ value }) => ({ name: call.name, call, parameter, place, value })),
    ),
  );
  test.each(parameters)("$name $place $parameter $value", async (one) => {
    const { call, parameter, place, value } = one;
    const { fetch, sent } = checkedFetch();
    const { request } = call;
    const given = { ...request, parameters: { ...request.parameters, [parameter]: value } };
    await call.send(connect(fetch), given);
    expect(sent.map(({ method }) => method.toLowerCase())).toEqual([call.operation.method]);
    expect(arrived(sent[0]?.url, call, place, parameter)).toBe(String(value));
  });

  const bodies = calls.flatMap((call) =>
    call.operation.requestBodies.flatMap(({ schemaPointer, examples }) =>
      examples.map(({ name: example, value }) => {
        return { name: call.name, call, example, value, schemaPointer };
      }),
    ),
  );
  test.each(bodies)("$name $example, dates as texts", async ({ call, value }) => {
    const { fetch, sent } = checkedFetch();
    await call.send(connect(fetch), { ...call.request, body: value });
    expect(sent.map(({ body }) => JSON.parse(body))).toEqual([value]);
  });

  test.each(bodies)("$name $example, dates as Date", async ({ call, value, schemaPointer }) => {
    const { fetch, sent } = checkedFetch();
    const date = (text: string): Date => new Date(text);
    await call.send(connect(fetch), { ...call.request, body: value }, { date });
    const [body] = sent.map((request): Json => JSON.parse(request.body));
    // As texts they may differ in offset and digits, as moments not.
    expect(asAnswered(document, schemaPointer, body ?? null)).toEqual(
      asAnswered(document, schemaPointer, value),
    );
  });
});

describe("the mock checks what it is sent", () => {
  test.each(named)("$name as it is and under the base path", async ({ call }) => {
    const statuses = [mock.url, underBase()].map(async (base) => {
      const response = await fetch(toFetch(base, call, call.request));
      expect(await violations(response)).toBeUndefined();
      return { status: response.status, body: await response.text() };
    });
    const [plain, under] = await Promise.all(statuses);
    expect(plain).toEqual(under);
  });

  const guarded = named.filter(({ call }) => call.bearer);
  test.each(guarded)("$name without a bearer token is 401", async ({ call }) => {
    const request = toFetch(underBase(), call, call.request);
    request.headers.delete("authorization");
    const response = await fetch(request);
    expect(response.status).toBe(401);
    expect(await violations(response)).toContain("Invalid security scheme used");

    const client = connect(
      fetchOf((outgoing) => {
        outgoing.headers.delete("authorization");
        return fetch(outgoing);
      }),
    );
    const error = await failureOf(call.send(client, call.request));
    expect(error.constructor).toBe(errorClass(contract, 401));
  });

  const invalid = calls.flatMap((call) =>
    invalidRequests(document, call).map((one) => ({ name: call.name, call, ...one })),
  );
  test("every operation can be called wrongly", () => {
    expect(new Set(invalid.map(({ name }) => name))).toEqual(new Set(calls.map((it) => it.name)));
  });

  test.each(invalid)("$name, $what: refused", async ({ call, request, complaint }) => {
    const response = await fetch(toFetch(underBase(), call, request));
    expect([400, 422]).toContain(response.status);
    expect(await violations(response)).toContain(complaint);
  });

  test.each(invalid)("$name, $what: the test would fail", async ({ call, request, complaint }) => {
    const corrupt = (): Request => toFetch(underBase(), call, request);
    const sending = call.send(connect(checkedFetch(corrupt).fetch), call.request);
    await expect(sending).rejects.toThrow(/The mock refuses/);
    await expect(sending).rejects.toThrow(complaint);
  });
});

/** Where the client calls: the mock's origin and the base path of the document. */
function underBase(): string {
  return `${mock.url}${new URL(defaultBaseUrl).pathname}`;
}

function connect(fetch: Fetch): S2 {
  return new S2({ accessToken: "any", endpoint: mock.url, retry: false, fetch });
}

/** Asks the mock for one answer. It takes a comma between the two; after a semicolon it overlooks the example. */
function prefer(answer: { status: number; example: string; value: Json | undefined }): {
  Prefer: string;
} {
  const example = answer.value === undefined ? "" : `, example=${answer.example}`;
  return { Prefer: `code=${answer.status}${example}` };
}

async function failureOf(sending: Promise<unknown>): Promise<ApiError> {
  try {
    await sending;
  } catch (error) {
    if (isApiError(error)) return error;
    throw error;
  }
  throw new Error("the call did not fail");
}

/** Code and message of an example, in the properties that its schema says. */
function codeAndMessage(
  schemaPointer: string,
  value: Json | undefined,
): { code: string; message: string } {
  const fields = resolveSchema(document, valueAt(document, schemaPointer))["x-contract-error-body"];
  if (!isJsonObject(fields) || !isJsonObject(value)) throw new Error("no error body");
  return {
    code: String(value[String(fields["code"])]),
    message: String(value[String(fields["message"])]),
  };
}

function arrived(url: URL | undefined, call: ClientCall, place: string, name: string): unknown {
  if (place === "query") return url?.searchParams.get(name);
  if (place !== "path") throw new Error(`teach this test to read a parameter in ${place}`);
  const template = call.operation.path.split("/").slice(1);
  const segments = url?.pathname.split("/").slice(-template.length) ?? [];
  return decodeURIComponent(segments[template.indexOf(`{${name}}`)] ?? "");
}

import { describe, expect, test } from "vitest";
import {
  ApiError,
  BadGatewayError,
  BadRequestError,
  CallError,
  ConflictError,
  ContractError,
  type ErrorCode,
  errorCodes,
  ForbiddenError,
  GatewayTimeoutError,
  InternalServerError,
  isApiError,
  isCallError,
  NotFoundError,
  NotImplementedError,
  RequestTimeoutError,
  type S2,
  ServiceUnavailableError,
  TooManyRequestsError,
  TransportError,
  UnauthorizedError,
  UnprocessableContentError,
} from "../../src/index.js";
import { failure, json, listed, rig, text, untyped } from "./harness.js";

/** Every class with its status, and the codes of that status: [code, retryable, nothing applied]. */
const declared: readonly (readonly [
  number,
  new (...given: never) => ApiError,
  string,
  readonly (readonly [ErrorCode, boolean, boolean])[],
])[] = [
  [
    400,
    BadRequestError,
    "BadRequestError",
    [
      ["bad_json", false, true],
      ["bad_query", false, true],
      ["bad_path", false, true],
      ["bad_header", false, true],
    ],
  ],
  [401, UnauthorizedError, "UnauthorizedError", [["authn", false, true]]],
  [
    403,
    ForbiddenError,
    "ForbiddenError",
    [
      ["permission_denied", false, true],
      ["quota_exhausted", false, true],
    ],
  ],
  [404, NotFoundError, "NotFoundError", [["access_token_not_found", false, true]]],
  [408, RequestTimeoutError, "RequestTimeoutError", [["request_timeout", true, false]]],
  [
    409,
    ConflictError,
    "ConflictError",
    [
      ["resource_already_exists", false, true],
      ["transaction_conflict", true, true],
    ],
  ],
  [422, UnprocessableContentError, "UnprocessableContentError", [["invalid", false, true]]],
  [429, TooManyRequestsError, "TooManyRequestsError", [["rate_limited", true, true]]],
  [
    500,
    InternalServerError,
    "InternalServerError",
    [
      ["other", true, false],
      ["storage", true, false],
    ],
  ],
  [501, NotImplementedError, "NotImplementedError", [["not_implemented", false, true]]],
  [502, BadGatewayError, "BadGatewayError", [["hot_server", true, true]]],
  [
    503,
    ServiceUnavailableError,
    "ServiceUnavailableError",
    [
      ["unavailable", true, false],
      ["server_draining", true, true],
    ],
  ],
  [504, GatewayTimeoutError, "GatewayTimeoutError", [["upstream_timeout", true, false]]],
];

const list = (client: S2): Promise<unknown> => client.accessTokens.list();
const issue = (client: S2): Promise<unknown> =>
  client.accessTokens.issue({ id: "a", scope: { ops: ["read"] } });
const revoke = (client: S2): Promise<unknown> => client.accessTokens.revoke({ id: "a" });

/** The error of a call that is answered so. */
function answered(answer: Response, call: (client: S2) => Promise<unknown>): Promise<unknown> {
  return failure(call(rig(() => answer).client));
}

describe("a declared status code has an error class, and a declared error code its properties", () => {
  const cases = declared.flatMap(([status, type, name, codes]) =>
    codes.map(([code, retryable, safe]) => [status, code, name, type, retryable, safe] as const),
  );

  test.each(cases)("%i %s is a %s", async (status, code, name, type, retryable, safe) => {
    for (const [call, operation, method] of [
      [list, "list_access_tokens", "accessTokens.list"],
      [issue, "issue_access_token", "accessTokens.issue"],
      [revoke, "revoke_access_token", "accessTokens.revoke"],
    ] as const) {
      const error = await answered(json(status, { code, message: "Said so." }), call);
      expect(error).toBeInstanceOf(type);
      expect(error).toBeInstanceOf(ApiError);
      expect(error).toBeInstanceOf(CallError);
      expect(error).toMatchObject({
        name,
        operation,
        status,
        code,
        retryable,
        body: { code, message: "Said so." },
        // A listing changes nothing, whatever happens to it.
        outcome: safe || call === list ? "none" : "unknown",
      });
      expect(String(error)).toBe(`${name}: ${method}: ${status} ${code}: Said so.`);
    }
  });

  test("the table above is complete", () => {
    const facts = declared.flatMap(([status, , , codes]) =>
      codes.map(([code, retryable, noSideEffects]) => [code, { status, retryable, noSideEffects }]),
    );
    expect(errorCodes).toEqual(Object.fromEntries(facts));
  });
});

describe("an error that the contract does not describe", () => {
  test.each([300, 402, 418, 451, 505, 599])("status %i is a plain ApiError", async (status) => {
    const error = await answered(json(status, { code: "teapot", message: "Short." }), issue);
    expect(error).toBeInstanceOf(ApiError);
    expect(Object.getPrototypeOf(error)).toBe(ApiError.prototype);
    expect(String(error)).toBe(`ApiError: accessTokens.issue: ${status} teapot: Short.`);
    expect(error).toMatchObject({ status, code: "teapot", retryable: false });
    expect(error).toMatchObject({ body: { code: "teapot", message: "Short." } });
  });

  test.each(["brand_new", "", "__proto__", "constructor", "toString"])(
    "the unknown code %j passes, and the status code decides its properties",
    async (code) => {
      const error = await answered(json(500, { code, message: "New." }), issue);
      expect(error).toBeInstanceOf(InternalServerError);
      expect(error).toMatchObject({ code, retryable: true, outcome: "unknown" });
    },
  );

  test.each([
    [500, "rate_limited", { retryable: true, outcome: "unknown" }],
    [500, "bad_json", { retryable: true, outcome: "unknown" }],
    [409, "rate_limited", { retryable: false, outcome: "unknown" }],
    [400, "hot_server", { retryable: false, outcome: "none" }],
  ])(
    "%i with the code %j of another status: the status code decides",
    async (status, code, facts) => {
      const error = await answered(json(status, { code, message: "Odd." }), issue);
      expect(error).toMatchObject(facts);
    },
  );

  test.each([300, 301, 302, 303, 307, 308])(
    "a redirect %i is not followed, and may have been applied",
    async (status) => {
      const headers = { location: "/v1/access-tokens" };
      const { client, seen } = rig(() => text(status, "", headers));
      const error = await failure(client.accessTokens.issue({ id: "a", scope: { ops: ["read"] } }));
      expect(error).toMatchObject({ status, outcome: "unknown", retryable: false });
      expect(seen).toHaveLength(1);
    },
  );

  test.each([
    [400, "none"],
    [401, "none"],
    [404, "none"],
    [408, "unknown"],
    [500, "unknown"],
    [503, "unknown"],
  ])(
    '%i without a code: the outcome of a POST is %j, that of a GET "none"',
    async (status, outcome) => {
      expect(await answered(text(status, ""), issue)).toMatchObject({ outcome });
      expect(await answered(text(status, ""), revoke)).toMatchObject({ outcome });
      expect(await answered(text(status, ""), list)).toMatchObject({ outcome: "none" });
    },
  );
});

describe("the body of an error", () => {
  test.each([
    ["HTML", "<html><h1>502</h1></html>", "<html><h1>502</h1></html>"],
    ["cut JSON", '{"code":"hot_se', '{"code":"hot_se'],
    ["JSON of another shape", '{"error":{"id":7}}', '{"error":{"id":7}}'],
    ["a code that is no text", '{"code":502,"message":"m"}', '{"code":502,"message":"m"}'],
    ["null", "null", "null"],
    ["an array", "[]", "[]"],
    ["a number", "0", "0"],
    ["nothing", "", undefined],
  ])("%s is kept as a string, without a code", async (_, sent, body) => {
    for (const headers of [{}, { "content-length": String(sent.length) }]) {
      const error = await answered(text(502, sent, headers), issue);
      expect(error).toBeInstanceOf(BadGatewayError);
      expect(error).toMatchObject({ status: 502, body, code: undefined, retryable: true });
    }
  });

  test("a code without a message still decides the outcome", async () => {
    const error = await answered(text(409, '{"code":"resource_already_exists"}'), issue);
    expect(error).toMatchObject({
      status: 409,
      body: '{"code":"resource_already_exists"}',
      code: "resource_already_exists",
      outcome: "none",
    });
    expect(String(error)).toContain("409 resource_already_exists: no message");
  });

  test("without a message, the error has the status text", async () => {
    const answer = new Response("<html>", { status: 503, statusText: "Service Unavailable" });
    expect(String(await answered(answer, list))).toBe(
      "ServiceUnavailableError: accessTokens.list: 503: Service Unavailable",
    );
    expect(String(await answered(text(503, "<html>"), list))).toBe(
      "ServiceUnavailableError: accessTokens.list: 503: no message",
    );
  });

  test("unknown keys are dropped", async () => {
    const error = await answered(json(422, { code: "invalid", message: "No.", hint: "x" }), issue);
    expect(error).toMatchObject({ body: { code: "invalid", message: "No." } });
    expect(isApiError(error) && Object.keys(error.body ?? {})).toEqual(["code", "message"]);
  });

  test("keeps its status code if the body breaks off", async () => {
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"code":')),
      pull: (controller) => controller.error(new Error("reset")),
    });
    const error = await answered(new Response(body, { status: 403 }), issue);
    expect(error).toBeInstanceOf(ForbiddenError);
    expect(error).toMatchObject({ status: 403, body: undefined, outcome: "none" });
  });
});

describe("the headers of an error", () => {
  test("are readable", async () => {
    const body = { code: "rate_limited", message: "Wait." };
    const error = await answered(json(429, body, { "retry-after-ms": "250" }), list);
    expect(isApiError(error) && error.headers.get("retry-after-ms")).toBe("250");
  });
});

describe("the guards", () => {
  const errors = async (): Promise<Record<string, unknown>> => ({
    api: await answered(json(409, { code: "transaction_conflict", message: "m" }), issue),
    contract: await answered(json(201, {}), issue),
    transport: await failure(
      issue(rig(() => Promise.reject(new TypeError("fetch failed"))).client),
    ),
    input: await failure(revoke2()),
  });
  const revoke2 = (): Promise<unknown> =>
    rig(() => text(204, "")).client.accessTokens.revoke({ id: untyped(5) });

  test("recognize each kind of error", async () => {
    const { api, contract, transport, input } = await errors();
    expect([api, contract, transport, input].map(isCallError)).toEqual([true, true, true, false]);
    expect([api, contract, transport, input].map(isApiError)).toEqual([true, false, false, false]);
    expect(contract).toBeInstanceOf(ContractError);
    expect(transport).toBeInstanceOf(TransportError);
  });

  test.each([
    ["nothing", undefined],
    ["null", null],
    ["a text", "ApiError"],
    ["another error", new Error("ApiError")],
    ["an error that has a status", Object.assign(new Error("x"), { status: 500, code: "x" })],
    ["an object that looks like one", { name: "ApiError", status: 500, operation: "x" }],
    ["JSON of one", JSON.parse(JSON.stringify(new Error("x")))],
  ])("say no to %s", (_, value) => {
    expect(isCallError(value)).toBe(false);
    expect(isApiError(value)).toBe(false);
  });

  test("work across two copies of the package, unlike instanceof", async () => {
    // The query makes a second instance of the module; a variable, because tsc resolves literals only.
    const second = "../../src/runtime/errors.js?second-copy";
    const copy: typeof import("../../src/runtime/errors.js") = await import(second);
    expect(copy.ApiError).not.toBe(ApiError);
    const { api, contract, transport, input } = await errors();
    expect(api).not.toBeInstanceOf(copy.CallError);
    expect([api, contract, transport, input].map(copy.isCallError)).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect([api, contract, transport, input].map(copy.isApiError)).toEqual([
      true,
      false,
      false,
      false,
    ]);
    const foreign = new copy.TransportError({
      operation: { id: "list_access_tokens", name: "accessTokens.list" },
      outcome: "none",
      retryable: true,
      cause: new Error("reset"),
    });
    expect(foreign).not.toBeInstanceOf(TransportError);
    expect(isCallError(foreign)).toBe(true);
    expect(isApiError(foreign)).toBe(false);
  });

  test("the marker property of errors is not enumerable", async () => {
    const { api } = await errors();
    // A spread takes what is enumerable, symbols included.
    expect(Reflect.ownKeys({ ...untyped<object>(api) }).sort()).toEqual(
      [
        "name",
        "operation",
        "outcome",
        "status",
        "code",
        "body",
        "requestId",
        "headers",
        "retryable",
      ].sort(),
    );
  });
});

describe("a successful call", () => {
  test("returns the items and whether there are more", async () => {
    const { client } = rig(() => json(200, { access_tokens: [listed("a")], has_more: true }));
    const answer = await client.accessTokens.list();
    expect(answer.hasMore).toBe(true);
    expect(answer.accessTokens.map(({ id }) => id)).toEqual(["a"]);
  });

  test("returns the secret", async () => {
    const { client } = rig(() => json(201, { access_token: "secret" }));
    expect(await client.accessTokens.issue({ id: "a", scope: { ops: ["read"] } })).toEqual({
      accessToken: "secret",
    });
  });
});

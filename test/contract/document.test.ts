import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { judgeOf } from "./checks/judge.js";
import {
  bundleContract,
  type Contract,
  contractFile,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  readContract,
  valueAt,
} from "./read-document.js";

// Every test reads this one bundle, so that the facts are those that the generator sees.
const contract: Contract = readContract(await bundleContract());
const { document, operations } = contract;

/** The statuses that any call can get. */
const COMMON = [400, 401, 403, 408, 429, 500, 501, 502, 503, 504];

/** The limits that the query parameters `prefix` and `start_after` share. */
const ID_QUERY: JsonObject = {
  type: "string",
  default: "",
  maxLength: 96,
  "x-contract-byte-length": { max: 96 },
  pattern: "^[^\\u0000]*$",
};

describe("facts", () => {
  test("the operations, their routes and their statuses", () => {
    const given = operations.map(({ operationId, method, path, tags, responses }) => ({
      operationId,
      route: `${method} ${path}`,
      tags,
      statuses: responses.map(({ status }) => status).toSorted((a, b) => a - b),
    }));
    const want = [
      {
        operationId: "list_access_tokens",
        route: "get /access-tokens",
        tags: ["access-tokens"],
        statuses: [200, ...COMMON],
      },
      {
        operationId: "issue_access_token",
        route: "post /access-tokens",
        tags: ["access-tokens"],
        statuses: [201, 400, 401, 403, 408, 409, 422, 429, 500, 501, 502, 503, 504],
      },
      {
        operationId: "revoke_access_token",
        route: "delete /access-tokens/{id}",
        tags: ["access-tokens"],
        statuses: [204, 400, 401, 403, 404, 408, 429, 500, 501, 502, 503, 504],
      },
    ];
    expect(given).toEqual(want);
  });

  test.each<[operationId: string, want: Readonly<Record<number, readonly string[]>>]>([
    ["list_access_tokens", { 400: ["bad_query", "bad_header"], 403: ["permission_denied"] }],
    [
      "issue_access_token",
      {
        400: ["bad_json", "bad_header"],
        403: ["permission_denied", "quota_exhausted"],
        409: ["resource_already_exists", "transaction_conflict"],
        422: ["invalid"],
      },
    ],
    [
      "revoke_access_token",
      {
        400: ["bad_path", "bad_header"],
        403: ["permission_denied"],
        404: ["access_token_not_found"],
      },
    ],
  ])("the error codes of %s", (operationId, want) => {
    const operation = operations.find((candidate) => candidate.operationId === operationId);
    const codes = operation?.responses.map(
      ({ status, errorCodes }) => [status, errorCodes] as const,
    );
    const given = Object.fromEntries((codes ?? []).filter(([status]) => status >= 400));
    expect(given).toEqual({
      401: ["authn"],
      408: ["request_timeout"],
      429: ["rate_limited"],
      500: ["other", "storage"],
      501: ["not_implemented"],
      502: ["hot_server"],
      503: ["unavailable", "server_draining"],
      504: ["upstream_timeout"],
      ...want,
    });
  });

  test("the table of error codes", () => {
    const given = [...contract.errors].map(
      ([code, { status, retryable, noSideEffects }]) =>
        [code, status, retryable, noSideEffects] as const,
    );
    expect(given).toEqual([
      ["bad_json", 400, false, true],
      ["bad_query", 400, false, true],
      ["bad_path", 400, false, true],
      ["bad_header", 400, false, true],
      ["authn", 401, false, true],
      ["permission_denied", 403, false, true],
      ["quota_exhausted", 403, false, true],
      ["access_token_not_found", 404, false, true],
      ["request_timeout", 408, true, false],
      ["resource_already_exists", 409, false, true],
      ["transaction_conflict", 409, true, true],
      ["invalid", 422, false, true],
      ["rate_limited", 429, true, true],
      ["other", 500, true, false],
      ["storage", 500, true, false],
      ["not_implemented", 501, false, true],
      ["hot_server", 502, true, true],
      ["unavailable", 503, true, false],
      ["server_draining", 503, true, true],
      ["upstream_timeout", 504, true, false],
    ]);
  });

  test.each<[schema: string, want: readonly string[]]>([
    ["AccessTokenInfo", ["id", "auto_prefix_streams", "scope"]],
    ["IssueAccessTokenRequest", ["id", "scope"]],
    ["IssueAccessTokenResponse", ["access_token"]],
    ["ListAccessTokensResponse", ["access_tokens", "has_more"]],
    ["AccessTokenScope", []],
    ["PermittedOperationGroups", []],
    ["ReadWritePermissions", []],
    ["ErrorInfo", ["code", "message"]],
  ])("what is required of %s", (schema, want) => {
    expect(at(`/components/schemas/${schema}/required`) ?? []).toEqual(want);
  });

  test.each<[what: string, pointer: string, want: Json | undefined]>([
    ["dialect", "/jsonSchemaDialect", "https://json-schema.org/draft/2020-12/schema"],
    ["server", "/servers/0/url", "{endpoint}/v1"],
    ["endpoint", "/servers/0/variables/endpoint/default", "https://a.s2.dev"],
    ["endpoints", "/servers/0/variables/endpoint/enum", ["https://a.s2.dev", "https://aws.s2.dev"]],
    ["security", "/security", [{ access_token: [] }]],
    ["scheme", "/components/securitySchemes/access_token/scheme", "bearer"],
    ["id, shortest", "/components/schemas/AccessTokenIdStr/minLength", 1],
    ["id, longest", "/components/schemas/AccessTokenIdStr/maxLength", 96],
    [
      "id, bytes",
      "/components/schemas/AccessTokenIdStr/x-contract-byte-length",
      { min: 1, max: 96 },
    ],
    [
      "page",
      "/components/schemas/ListAccessTokensResponse/properties/access_tokens/maxItems",
      1000,
    ],
    [
      "auto prefix, request",
      "/components/schemas/IssueAccessTokenRequest/properties/auto_prefix_streams/default",
      false,
    ],
    [
      "auto prefix, response",
      "/components/schemas/AccessTokenInfo/properties/auto_prefix_streams/default",
      undefined,
    ],
    ["read", "/components/schemas/ReadWritePermissions/properties/read/default", false],
    ["write", "/components/schemas/ReadWritePermissions/properties/write/default", false],
    [
      "secret",
      "/components/schemas/IssueAccessTokenResponse/properties/access_token/x-contract-secret",
      true,
    ],
    [
      "error body",
      "/components/schemas/ErrorInfo/x-contract-error-body",
      {
        code: "code",
        message: "message",
      },
    ],
    ["scope", "/components/schemas/AccessTokenScope/x-contract-some-of", ["op_groups", "ops"]],
    [
      "groups",
      "/components/schemas/PermittedOperationGroups/x-contract-some-of",
      ["account", "basin", "stream"],
    ],
    [
      "permissions",
      "/components/schemas/ReadWritePermissions/x-contract-some-of",
      ["read", "write"],
    ],
    [
      "auto prefix, rule",
      "/components/schemas/IssueAccessTokenRequest/x-contract-requires",
      { auto_prefix_streams: ["scope", "streams", "prefix"] },
    ],
    ["code is open", "/components/schemas/ErrorInfo/properties/code/enum", undefined],
    [
      "pages",
      "/paths/~1access-tokens/get/x-contract-pagination",
      {
        cursor: "start_after",
        limit: "limit",
        items: "access_tokens",
        next: "id",
        more: "has_more",
        filter: "prefix",
        order: "bytes",
      },
    ],
  ])("%s", (_, pointer, want) => {
    expect(at(pointer)).toEqual(want);
  });

  test.each<[name: string, want: JsonObject]>([
    ["prefix", ID_QUERY],
    ["start_after", ID_QUERY],
    ["limit", { type: "integer", minimum: 0, default: 1000 }],
  ])("query parameter %s", (name, want) => {
    const parameter = operations[0]?.parameters.find((candidate) => candidate.name === name);
    expect(parameter).toMatchObject({ in: "query", required: false });
    expect(at(parameter?.schemaPointer ?? "")).toEqual(want);
  });

  test("the operations that a token can be allowed", () => {
    const want =
      "list-basins create-basin delete-basin reconfigure-basin get-basin-config " +
      "issue-access-token revoke-access-token list-access-tokens list-streams create-stream " +
      "delete-stream get-stream-config reconfigure-stream check-tail append read trim fence " +
      "account-metrics basin-metrics stream-metrics list-locations get-default-location " +
      "set-default-location";
    expect(at("/components/schemas/Operation/enum")).toEqual(want.split(" "));
  });

  test("the body of an issue is required; list and revoke take none", () => {
    const known = ["list_access_tokens", "issue_access_token", "revoke_access_token"];
    const given = operations
      .filter(({ operationId }) => known.includes(operationId))
      .map(({ requestBodies, requestBodyRequired }) => ({
        schemas: requestBodies.map((body) => at(`${body.schemaPointer}/$ref`)),
        requestBodyRequired,
      }));
    expect(given).toEqual([
      { schemas: [], requestBodyRequired: false },
      {
        schemas: ["#/components/schemas/IssueAccessTokenRequest"],
        requestBodyRequired: true,
      },
      { schemas: [], requestBodyRequired: false },
    ]);
  });
});

describe("responses", () => {
  const responses = operations.flatMap((operation) =>
    operation.responses.map((response) => ({ operationId: operation.operationId, ...response })),
  );

  test.each(responses)("$operationId $status: body and codes", (response) => {
    const { status, bodies, errorCodes } = response;
    if (status === 204) expect(bodies).toEqual([]);
    else expect(bodies.map(({ mediaType }) => mediaType)).toEqual(["application/json"]);
    if (status < 400) {
      expect(errorCodes).toEqual([]);
      return;
    }
    const schemas = bodies.map((body) => at(`${body.schemaPointer}/$ref`));
    expect(schemas).toEqual(["#/components/schemas/ErrorInfo"]);
    expect(errorCodes).not.toEqual([]);
    for (const code of errorCodes) expect(contract.errors.get(code)?.status, code).toBe(status);
  });

  test.each(responses.filter(({ status }) => status >= 400))(
    "$operationId $status: an example for each code, and no other",
    ({ bodies, errorCodes }) => {
      for (const { examples } of bodies) {
        const shown = examples.map(({ value }) => child(value, "code"));
        expect(new Set(shown)).toEqual(new Set(errorCodes));
        for (const [index, { name }] of examples.entries()) expect(name).toContain(shown[index]);
      }
    },
  );

  test.each(responses)("$operationId $status: headers", ({ status, headers }) => {
    const want = new Map([
      [401, ["WWW-Authenticate"]],
      [429, ["retry-after-ms"]],
    ]);
    expect(headers.map(({ name }) => name)).toEqual(want.get(status) ?? []);
  });

  test("every code of the table can be answered by some operation", () => {
    const answered = new Set(responses.flatMap(({ errorCodes }) => errorCodes));
    expect(answered).toEqual(new Set(contract.errors.keys()));
  });

  test("the documented messages of 422 are shown", () => {
    const bodies = responses.filter(({ status }) => status === 422).flatMap(({ bodies }) => bodies);
    const values = bodies.flatMap(({ examples }) => examples.map(({ value }) => value));
    expect(values).toEqual([
      { code: "invalid", message: "Access token permissions cannot be empty" },
      {
        code: "invalid",
        message: "Auto prefixing is only allowed for streams with prefix matching",
      },
    ]);
  });
});

describe("schemas and examples", () => {
  const { verdict } = judgeOf(document);
  const bodies = operations.flatMap((operation) => [
    ...operation.requestBodies,
    ...operation.responses.flatMap((response) => response.bodies),
  ]);
  const parts = [
    ...bodies,
    ...operations.flatMap(({ parameters }) => parameters),
    ...operations.flatMap(({ responses }) => responses.flatMap(({ headers }) => headers)),
  ];
  // Shared responses and headers are met once for each operation that uses them.
  const exemplified = [...new Map(parts.map((part) => [part.schemaPointer, part.examples]))];
  const named = Object.keys(objectAt("/components/schemas")).map(
    (name) => `/components/schemas/${name}`,
  );
  const pointers = [...new Set([...named, ...exemplified.map(([pointer]) => pointer)])];

  test.each(pointers)("%s compiles", (pointer) => {
    expect(() => verdict(pointer, null)).not.toThrow();
  });

  test.each(exemplified)("examples of %s fit it", (pointer, examples) => {
    expect(examples.length, `${pointer} has no example`).toBeGreaterThan(0);
    for (const { name, value } of examples) expect(verdict(pointer, value), name).toEqual([]);
  });

  test.each<[what: string, id: string, want: boolean]>([
    ["96 bytes", "a".repeat(96), true],
    ["97 bytes", "a".repeat(97), false],
    ["48 characters of 2 bytes", "é".repeat(48), true],
    ["49 characters of 2 bytes", "é".repeat(49), false],
    ["nothing", "", false],
    ["one dot", ".", false],
    ["two dots", "..", false],
    ["three dots", "...", true],
    ["a NUL", "a\u0000b", false],
    ["slashes, spaces, a line end", "a/b c\nd", true],
  ])("an id of %s", (_, id, want) => {
    expect(fits("/components/schemas/AccessTokenIdStr", id)).toBe(want);
  });

  test.each<[what: string, set: Json, want: boolean]>([
    ["exact", { exact: "" }, true],
    ["prefix", { prefix: "" }, true],
    ["both", { exact: "a", prefix: "a" }, false],
    ["neither", {}, false],
    ["more keys than known", { exact: "a", later: 1 }, true],
  ])("a resource set with %s", (_, set, want) => {
    expect(fits("/components/schemas/ResourceSet", set)).toBe(want);
  });

  test.each<[schema: string, value: JsonObject]>([
    [
      "AccessTokenScope",
      { basins: null, streams: null, access_tokens: null, op_groups: null, ops: null },
    ],
    ["AccessTokenScope", {}],
    ["PermittedOperationGroups", { account: null, basin: null, stream: null }],
    ["PermittedOperationGroups", { account: { read: true }, later: true }],
    ["IssueAccessTokenRequest", { id: "a", scope: {}, expires_at: null }],
    ["ErrorInfo", { code: "a_code_of_tomorrow", message: "" }],
  ])("%s accepts %j", (schema, value) => {
    expect(fits(`/components/schemas/${schema}`, value)).toBe(true);
  });

  test("dates in examples lie far in the future", () => {
    const dates = exemplified
      .flatMap(([, examples]) => examples)
      .flatMap(({ value, pointer }) => strings(value).map((text) => ({ pointer, text })))
      .filter(({ text }) => /^\d{4}-\d\d-\d\d/.test(text));
    expect(dates.length).toBeGreaterThan(5);
    const soon = dates.filter(({ text }) => !(Date.parse(text) > Date.parse("2090-01-01")));
    expect(soon).toEqual([]);
  });

  test("listed tokens are normalised, and in the order of the service", () => {
    const pages = bodies
      .flatMap(({ examples }) => examples.map(({ value }) => child(value, "access_tokens")))
      .filter(isJsonArray);
    expect(pages.length).toBeGreaterThan(3);
    const rights = { read: expect.any(Boolean), write: expect.any(Boolean) };
    const order = arrayOf(at("/components/schemas/Operation/enum"));
    for (const page of pages) {
      const ids = page.map((token) => Buffer.from(String(child(token, "id"))));
      expect(ids).toEqual(ids.toSorted(Buffer.compare));
      for (const token of page) {
        const scope = child(token, "scope");
        expect(Object.keys(isJsonObject(token) ? token : {})).toContain("expires_at");
        expect(Object.keys(isJsonObject(scope) ? scope : {})).toEqual(
          expect.arrayContaining(["basins", "streams", "access_tokens"]),
        );
        expect(child(scope, "op_groups")).toEqual({
          account: rights,
          basin: rights,
          stream: rights,
        });
        const ops = arrayOf(child(scope, "ops"));
        expect(ops).toEqual(order.filter((operation) => ops.includes(operation)));
      }
    }
  });

  test.each(["schemas", "parameters", "responses", "examples", "headers"])(
    "every file in components/%s is used, under its own name",
    (kind) => {
      const files = readdirSync(contractFile(`components/${kind}`));
      const want = files.map((file) => basename(file, ".yaml")).toSorted();
      expect(Object.keys(objectAt(`/components/${kind}`)).toSorted()).toEqual(want);
    },
  );

  function fits(pointer: string, value: Json): boolean {
    return verdict(pointer, value).length === 0;
  }
});

function at(pointer: string): Json | undefined {
  return valueAt(document, pointer);
}

function objectAt(pointer: string): JsonObject {
  const value = at(pointer);
  if (!isJsonObject(value)) throw new Error(`${pointer}: not an object`);
  return value;
}

function child(value: Json | undefined, key: string): Json | undefined {
  return isJsonObject(value) ? value[key] : undefined;
}

function arrayOf(value: Json | undefined): readonly Json[] {
  if (!isJsonArray(value)) throw new Error(`not an array: ${JSON.stringify(value)}`);
  return value;
}

function strings(value: Json): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(strings);
}

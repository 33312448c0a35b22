/**
 * The generated client is bound to the document: `wire.ts` is made by openapi-typescript, the rest by our emitters,
 * and a mistake in either is a compile error. Each test makes one mistake in memory.
 */
import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Mutation, Overlay } from "./overlay.js";

const resource = "generated/resources/access-tokens.ts";
const info = "generated/models/access-token-info.ts";
const scope = "generated/models/access-token-scope.ts";
const request = "generated/models/issue-access-token-request.ts";
const page = "generated/models/list-access-tokens-response.ts";
const permissions = "generated/models/read-write-permissions.ts";
const errorInfo = "generated/models/error-info.ts";
const wire = "generated/wire.ts";

const overlay = new Overlay(["generated/index.ts", "src/index.ts"]);

/** What is wrong, the mutation, and a part of the compiler's message. */
type Mistake = readonly [name: string, mutation: Mutation, message: string];

const mistakes: readonly Mistake[] = [
  [
    "a wrong path",
    {
      file: resource,
      find: 'client.POST("/access-tokens",',
      replace: 'client.POST("/access-token",',
    },
    `'"/access-token"' is not assignable to parameter of type`,
  ],
  [
    "a wrong HTTP method",
    {
      file: resource,
      find: 'client.POST("/access-tokens",',
      replace: 'client.PUT("/access-tokens",',
    },
    "is not assignable to parameter of type",
  ],
  [
    "a method of another path",
    {
      file: resource,
      find: 'client.DELETE("/access-tokens/{id}",',
      replace: 'client.DELETE("/access-tokens",',
    },
    "is not assignable to parameter of type",
  ],
  [
    "a wrong query key",
    { file: resource, find: "query.start_after =", replace: "query.startAfter =" },
    "Property 'startAfter' does not exist",
  ],
  [
    "a query value of a wrong type",
    { file: resource, find: "query.limit = withinRange(", replace: "query.limit = String(" },
    "Type 'string' is not assignable to type 'number'",
  ],
  [
    "a wrong path parameter",
    { file: resource, find: "id: asPathSegment(", replace: "token_id: asPathSegment(" },
    "'token_id' does not exist in type",
  ],
  [
    "path parameters that are not sent",
    {
      file: resource,
      find: "() => ({ params: revokeParameters(input) })",
      replace: "() => ({ ...revokeParameters(input) })",
    },
    "Property 'params' is missing",
  ],
  [
    "a body that is not sent",
    {
      file: resource,
      find: "({ body: encodeIssueAccessTokenRequest(input) })",
      replace: "({ ...encodeIssueAccessTokenRequest(input) })",
    },
    "Property 'body' is missing",
  ],
  [
    "a body of another operation",
    {
      file: resource,
      find: "({ body: encodeIssueAccessTokenRequest(input) })",
      replace: "({ body: { id: input.id } })",
    },
    "Property 'scope' is missing",
  ],
  [
    "the decoder of another operation",
    {
      file: resource,
      find: 'client.POST("/access-tokens", init),\n      decodeIssueAccessTokenResponse,',
      replace: 'client.POST("/access-tokens", init),\n      decodeListAccessTokensResponse,',
    },
    "is missing in type",
  ],
  [
    "a wrong field name in a request",
    { file: request, find: "wire.auto_prefix_streams =", replace: "wire.auto_prefix_stream =" },
    "Property 'auto_prefix_stream' does not exist",
  ],
  [
    "a required field of a request that is missing",
    { file: request, find: '    id: encodeAccessTokenIdStr(input.id, "id"),\n', replace: "" },
    "Property 'id' is missing",
  ],
  [
    "a field of a request that has a wrong type",
    {
      file: request,
      find: 'input.expiresAt === null ? null : toDateTime(input.expiresAt, "expiresAt")',
      replace: "input.expiresAt === null ? null : new Date(input.expiresAt)",
    },
    "Type 'Date' is not assignable to type 'string'",
  ],
  [
    "null where a request has none",
    {
      file: request,
      find: 'asBoolean(input.autoPrefixStreams, "autoPrefixStreams")',
      replace: "null",
    },
    "Type 'null' is not assignable to type 'boolean'",
  ],
  [
    "a model that is sent as it is",
    {
      file: request,
      find: 'nested(input.scope, "scope", encodeAccessTokenScope)',
      replace: "input.scope",
    },
    "is not assignable to type '{ access_tokens?:",
  ],
  [
    "a missed null of a date",
    { file: info, find: "wire.expires_at == null ? null : asDate(", replace: "asDate(" },
    "'string | null | undefined' is not assignable to parameter of type 'string'",
  ],
  [
    "a missed null of an object",
    { file: scope, find: "wire.basins == null ? null : nested(", replace: "nested(" },
    "is not assignable to parameter of type",
  ],
  [
    "a missed null of an array",
    { file: scope, find: "wire.ops == null ? null : asArray(", replace: "asArray(" },
    "is not assignable to parameter of type",
  ],
  [
    "a missed default",
    {
      file: permissions,
      find: 'read: wire.read === undefined ? false : asBoolean(wire.read, "read"),',
      replace: 'read: asBoolean(wire.read, "read"),',
    },
    "'boolean | undefined' is not assignable to parameter of type 'boolean'",
  ],
  [
    "a wrong field name in an answer",
    { file: page, find: "wire.has_more", replace: "wire.hasMore" },
    "Property 'hasMore' does not exist",
  ],
  [
    "a field of an answer that is read as another type",
    {
      file: info,
      find: "asBoolean(wire.auto_prefix_streams",
      replace: "asString(wire.auto_prefix_streams",
    },
    "Argument of type 'boolean' is not assignable to parameter of type 'string'",
  ],
  [
    "a field of an answer that is left out",
    {
      file: info,
      find: '    autoPrefixStreams: asBoolean(wire.auto_prefix_streams, "auto_prefix_streams"),\n',
      replace: "",
    },
    "Property 'autoPrefixStreams' is missing",
  ],
  [
    "the decoder of another schema",
    {
      file: scope,
      find: 'nested(wire.op_groups, "op_groups", decodePermittedOperationGroups)',
      replace: 'nested(wire.op_groups, "op_groups", decodeResourceSet)',
    },
    "is not assignable to",
  ],
  [
    "a wrong field name in an error",
    { file: errorInfo, find: "wire.code", replace: "wire.error_code" },
    "Property 'error_code' does not exist",
  ],
];

describe("without a mistake, nothing is refused", () => {
  const files = readdirSync(new URL("../../generated", import.meta.url), { recursive: true })
    .map((file) => `generated/${String(file).replaceAll("\\", "/")}`)
    .filter((file) => file.endsWith(".ts"));

  test.each(files)("%s", (file) => {
    expect(overlay.check(file)).toEqual([]);
  });
});

describe("a mistake in the generated code is a compile error there", () => {
  test.each(mistakes)("%s", (_, mutation, message) => {
    const complaints = overlay.check(mutation.file, mutation);
    expect(complaints.map(({ text }) => text).join("\n")).toContain(message);
  });
});

/** What changes in the document, the change to the wire types, and where the compiler complains. */
const changes: readonly (readonly [string, Mutation, string, string])[] = [
  [
    "a path is renamed",
    { file: wire, find: '  "/access-tokens/{id}": {', replace: '  "/tokens/{id}": {' },
    resource,
    "is not assignable to parameter of type",
  ],
  [
    "a query parameter is renamed",
    { file: wire, find: "        start_after?: components", replace: "        after?: components" },
    resource,
    "Property 'start_after' does not exist",
  ],
  [
    "a field of an answer is renamed",
    { file: wire, find: "has_more: boolean;", replace: "more: boolean;" },
    page,
    "Property 'has_more' does not exist",
  ],
  [
    "a field of an answer may be null",
    { file: wire, find: "access_token: string;", replace: "access_token: string | null;" },
    "generated/models/issue-access-token-response.ts",
    "is not assignable to parameter of type 'string'",
  ],
  [
    "a field of a request is required",
    {
      file: wire,
      find: "auto_prefix_streams?: boolean;",
      replace: "auto_prefix_streams: boolean;",
    },
    request,
    "Property 'auto_prefix_streams' is missing",
  ],
  [
    "an operation is no longer allowed",
    { file: wire, find: '      | "set-default-location";', replace: ";" },
    scope,
    "is not assignable to",
  ],
];

describe("a change of the document that the generated code has not followed is a compile error", () => {
  test.each(changes)("%s", (_, mutation, file, message) => {
    const complaints = overlay.check(file, mutation);
    expect(complaints.map(({ text }) => text).join("\n")).toContain(message);
  });
});

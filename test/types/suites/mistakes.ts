/**
 * What the compiler keeps right in the generated client: each test makes one mistake in memory. Codecs read and write
 * values that are `unknown` on the wire. That they are what the document says, the tests of codecs show. Mistakes that the
 * compiler cannot see, such as a wrong path, query key or field of a request, are mutants of `test/mutation`, which the
 * checks of `test/contract` kill.
 */
import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { check, checkText, type Mutation } from "../project.js";

const resource = "generated/resources/access-tokens.ts";
const info = "generated/models/access-token-info.ts";
const scope = "generated/models/access-token-scope.ts";
const page = "generated/models/list-access-tokens-response.ts";
const errorInfo = "generated/models/error-info.ts";
const wire = "generated/wire.ts";

/** What is wrong, the mutation, and a part of the compiler's message. */
type Mistake = readonly [name: string, mutation: Mutation, message: string];

const mistakes: readonly Mistake[] = [
  [
    "the decoder of another operation",
    {
      file: resource,
      find: "encodeIssueAccessTokenRequest(input) }),\n      decodeIssueAccessTokenResponse,",
      replace: "encodeIssueAccessTokenRequest(input) }),\n      decodeListAccessTokensResponse,",
    },
    "is missing in type",
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
    "Type 'string' is not assignable to type 'boolean'",
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
  const files = readdirSync(new URL("../../../generated", import.meta.url), { recursive: true })
    .map((file) => `generated/${String(file).replaceAll("\\", "/")}`)
    .filter((file) => file.endsWith(".ts"));

  test.each(files)("%s", (file) => {
    expect(check(file)).toEqual([]);
  });
});

describe("a mistake in the generated code is a compile error there", () => {
  test.each(mistakes)("%s", (_, mutation, message) => {
    const complaints = check(mutation.file, mutation);
    expect(complaints.join("\n")).toContain(message);
  });
});

/** What changes in the document, the change to the wire types, and where the compiler complains. */
const changes: readonly (readonly [string, Mutation, string, string])[] = [
  [
    "a path is renamed",
    { file: wire, find: '  "/access-tokens/{id}": {', replace: '  "/tokens/{id}": {' },
    resource,
    "does not satisfy the expected type",
  ],
  [
    "the path of several operations is renamed",
    { file: wire, find: '  "/access-tokens": {', replace: '  "/tokens": {' },
    resource,
    "does not satisfy the expected type",
  ],
];

describe("a change of the document that the generated code has not followed is a compile error", () => {
  test.each(changes)("%s", (_, mutation, file, message) => {
    const complaints = check(file, mutation);
    expect(complaints.join("\n")).toContain(message);
  });
});

/** A mistake of a caller, and the first line of what the compiler says: it names the field, and what is wrong with it. */
const callers: readonly (readonly [name: string, input: string, message: string])[] = [
  [
    "a request without a scope",
    '{ id: "a" }',
    `Argument of type '{ id: string; }' is not assignable to parameter of type 'IssueAccessTokenRequest | Requires<"scope", "autoPrefixStreams", IssueAccessTokenRequestFields>'.`,
  ],
  [
    "an empty scope",
    '{ id: "a", scope: {} }',
    `Type '{}' is not assignable to type 'AtLeastOneOf<"opGroups" | "ops", AccessTokenScopeInputFields> | AccessTokenScope'.`,
  ],
  [
    "a misspelt field",
    '{ id: "a", scope: { ops: ["read"] }, expireAt: null }',
    "Object literal may only specify known properties, but 'expireAt' does not exist in type 'IssueAccessTokenRequest | Requires<\"scope\", \"autoPrefixStreams\", IssueAccessTokenRequestFields>'. Did you mean to write 'expiresAt'?",
  ],
  [
    "a field in the spelling of the wire",
    '{ id: "a", scope: { op_groups: {} } }',
    "Did you mean to write 'opGroups'?",
  ],
  [
    "both keys of a set",
    '{ id: "a", scope: { ops: ["read"], streams: { exact: "a", prefix: "b" } } }',
    `Type 'string' is not assignable to type 'OnlyOneOf<"exact" | "prefix">'.`,
  ],
  [
    "auto-prefix without a prefix",
    '{ id: "a", scope: { ops: ["read"] }, autoPrefixStreams: true }',
    `Type '{ ops: "read"[]; }' is not assignable to type 'AccessTokenScope | (AccessTokenScopeInput & { readonly streams: { readonly prefix: string; }; })'.`,
  ],
  [
    "a misspelt operation",
    '{ id: "a", scope: { ops: ["appent"] } }',
    `Type '"appent"' is not assignable to type 'Operation | UnrecognizedString'. Did you mean '"append"'?`,
  ],
];

describe("a mistake of a caller is named in the first line of the compiler", () => {
  test.each(callers)("%s", (_, input, message) => {
    expect(complaintsOf(input)[0]).toContain(message);
  });

  test.each(["id", "scope"])("and a missing %s in the second", (name) => {
    const whole: Record<string, unknown> = {
      id: "a",
      scope: { ops: ["read"], streams: { prefix: "a" } },
    };
    delete whole[name];
    for (const input of [whole, { ...whole, autoPrefixStreams: true }]) {
      const [, second] = complaintsOf(JSON.stringify(input));
      expect(second).toMatch(new RegExp(`^ *Property '${name}' is missing`));
    }
  });
});

/** The lines of what the compiler says of a request to issue a token. */
function complaintsOf(input: string): readonly string[] {
  const program = [
    'import type { S2 } from "../../src/index.js";',
    "declare const client: S2;",
    `void client.accessTokens.issue(${input});`,
  ];
  return checkText(program.join("\n")).join("\n").split("\n");
}

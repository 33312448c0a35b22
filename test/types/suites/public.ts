/** The type tests can fail: each change, made in memory, is a compile error in the file of the test. */
import { describe, expect, test } from "vitest";
import { check, type Mutation } from "../project.js";

const api = "test/types/public.test-d.ts";
const published = "test/types/streamstore.test-d.ts";
const theirs = "node_modules/@s2-dev/streamstore/dist/esm/generated/types.gen.d.ts";
const wire = "generated/wire.ts";

const unusedExpectation = "Unused '@ts-expect-error' directive";

describe("the public types", () => {
  test("are as the type test says", () => {
    expect(check(api)).toEqual([]);
  });

  const changes: readonly (readonly [string, Mutation, string])[] = [
    [
      "a resource set may be both",
      {
        file: "generated/models/resource-set.ts",
        find: 'readonly prefix?: OnlyOneOf<"exact" | "prefix">;',
        replace: "readonly prefix?: string;",
      },
      unusedExpectation,
    ],
    [
      "a scope may allow nothing",
      {
        file: "generated/models/issue-access-token-request.ts",
        find: 'readonly scope: AtLeastOneOf<"opGroups" | "ops", AccessTokenScopeInputFields> |',
        replace: "readonly scope: AccessTokenScopeInputFields |",
      },
      unusedExpectation,
    ],
    [
      "auto-prefixing needs no prefix",
      {
        file: "generated/models/issue-access-token-request.ts",
        find: "readonly streams: { readonly prefix: string }",
        replace: "readonly streams: object",
      },
      unusedExpectation,
    ],
    [
      "an output can be written to",
      {
        file: "generated/models/list-access-tokens-response.ts",
        find: "readonly hasMore: boolean;",
        replace: "hasMore: boolean;",
      },
      unusedExpectation,
    ],
    [
      "operations are open when written",
      {
        file: "generated/models/access-token-scope.ts",
        find: "readonly ops?: readonly (Operation | UnrecognizedString)[] | null | undefined;",
        replace: "readonly ops?: readonly string[] | null | undefined;",
      },
      "'false' does not satisfy the constraint 'true'",
    ],
    [
      "operations are closed when read",
      {
        file: "generated/models/access-token-scope.ts",
        find: "readonly ops: readonly (Operation | UnrecognizedString)[] | null;",
        replace: "readonly ops: readonly Operation[] | null;",
      },
      unusedExpectation,
    ],
    [
      "a date that comes out may be missing",
      {
        file: "generated/models/access-token-info.ts",
        find: "readonly expiresAt: Date | null;",
        replace: "readonly expiresAt: Date | null | undefined;",
      },
      "'false' does not satisfy the constraint 'true'",
    ],
    [
      "a listing needs an argument",
      {
        file: "generated/resources/access-tokens.ts",
        find: "  list(\n    input: ListAccessTokensParams = {},",
        replace: "  list(\n    input: ListAccessTokensParams,",
      },
      "Expected 1-2 arguments",
    ],
    [
      "an error class has codes of another",
      {
        file: "generated/errors.ts",
        find: '    | "transaction_conflict"\n    | (string & {})',
        replace: '    | "authn"\n    | (string & {})',
      },
      "'false' does not satisfy the constraint 'true'",
    ],
  ];

  test.each(changes)("are refused where %s", (_, mutation, message) => {
    const complaints = check(api, mutation);
    expect(complaints.join("\n")).toContain(message);
  });
});

describe("the wire types against those of @s2-dev/streamstore", () => {
  test("are the same but for the differences that are listed", () => {
    expect(check(published)).toEqual([]);
  });

  const row = (name: string): string => `Property '"${name}"' is missing`;
  const changes: readonly (readonly [string, Mutation, string])[] = [
    [
      "their operations grow",
      {
        file: theirs,
        find: " | 'set-default-location';",
        replace: " | 'set-default-location' | 'x';",
      },
      "missing the following properties",
    ],
    [
      "our operations grow",
      {
        file: wire,
        find: '      | "set-default-location";',
        replace: '      | "set-default-location" | "x";',
      },
      "missing the following properties",
    ],
    [
      "they add an optional field",
      {
        file: theirs,
        find: "    has_more: boolean;\n};\nexport type ListBasins",
        replace: "    has_more: boolean;\n    total?: number;\n};\nexport type ListBasins",
      },
      "ListAccessTokensResponse",
    ],
    [
      "we add an optional field",
      {
        file: wire,
        find: "      access_token: string;",
        replace: "      access_token: string; id?: string;",
      },
      "IssueAccessTokenResponse",
    ],
    [
      "our null is gone",
      {
        file: wire,
        find: '      ops?: components["schemas"]["Operation"][] | null;',
        replace: '      ops?: components["schemas"]["Operation"][];',
      },
      "AccessTokenScope",
    ],
    [
      "they rename a query parameter",
      {
        file: theirs,
        find: "Filter to access tokens whose IDs lexicographically start after this string.\n         * It must not contain NUL bytes.\n         */\n        start_after?",
        replace: "*/\n        after?",
      },
      row("list: query"),
    ],
    [
      "they declare one of our statuses, so that its row has no reason any more",
      {
        file: theirs,
        find: "export type RevokeAccessTokenErrors = {",
        replace: "export type RevokeAccessTokenErrors = {\n    404: ErrorInfo;",
      },
      "Type 'string' is not assignable to type 'never'",
    ],
    [
      "they declare a status that we do not",
      {
        file: theirs,
        find: "export type RevokeAccessTokenErrors = {",
        replace: "export type RevokeAccessTokenErrors = {\n    410: ErrorInfo;",
      },
      row("revoke: answers"),
    ],
    [
      "they answer with another body",
      {
        file: theirs,
        find: "    201: IssueAccessTokenResponse;",
        replace: "    201: AccessTokenInfo;",
      },
      row("issue: answers"),
    ],
    [
      "our path changes",
      { file: wire, find: '  "/access-tokens/{id}": {', replace: '  "/tokens/{id}": {' },
      row("revoke: path"),
    ],
    [
      "a listed difference names nothing that differs",
      {
        file: published,
        find: '"issue: body": nullable,',
        replace: '"issue: body": nullable, Operation: "x",',
      },
      "Type 'string' is not assignable to type 'never'",
    ],
  ];

  test.each(changes)("are refused where %s", (_, mutation, message) => {
    const complaints = check(published, mutation);
    expect(complaints.join("\n")).toContain(message);
  });
});

import fc, { type Arbitrary } from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeAccessTokenInfo } from "../../generated/models/access-token-info.js";
import {
  decodeAccessTokenScope,
  encodeAccessTokenScope,
} from "../../generated/models/access-token-scope.js";
import { encodeIssueAccessTokenRequest } from "../../generated/models/issue-access-token-request.js";
import type {
  AccessTokenScopeInput,
  IssueAccessTokenRequest,
  Operation,
  PermittedOperationGroupsInput,
  ReadWritePermissionsInput,
  ResourceSet,
  S2,
} from "../../src/index.js";
import { deepFreeze, failure, json, listed, rig, text, untyped } from "./harness.js";

const operations: readonly Operation[] = ["list-basins", "read", "append", "trim", "fence"];

/** The value, null, undefined, or (as the key of a record) nothing at all. */
const nullable = <T>(value: Arbitrary<T>): Arbitrary<T | null | undefined> =>
  fc.oneof({ weight: 4, arbitrary: value }, fc.constantFrom(null, undefined));

const resourceSet: Arbitrary<ResourceSet> = fc.oneof(
  fc.string({ unit: "grapheme" }).map((exact) => ({ exact })),
  fc.string({ unit: "grapheme" }).map((prefix) => ({ prefix })),
);

/** Records with any of these keys. Rules between members are the types' business and the server's, not the codecs'. */
const someOf = <T>(members: Readonly<Record<string, Arbitrary<unknown>>>): Arbitrary<T> =>
  fc.record(members, { requiredKeys: [] }).map((record) => untyped<T>(record));

const permissions = someOf<ReadWritePermissionsInput>({
  read: fc.option(fc.boolean(), { nil: undefined }),
  write: fc.boolean(),
});

const groups = someOf<PermittedOperationGroupsInput>({
  account: nullable(permissions),
  basin: nullable(permissions),
  stream: nullable(permissions),
});

const scope = someOf<AccessTokenScopeInput>({
  accessTokens: nullable(resourceSet),
  basins: nullable(resourceSet),
  streams: nullable(resourceSet),
  opGroups: nullable(groups),
  ops: nullable(fc.array(fc.constantFrom(...operations))),
});

const more = someOf<Pick<IssueAccessTokenRequest, "autoPrefixStreams" | "expiresAt">>({
  autoPrefixStreams: fc.option(fc.boolean(), { nil: undefined }),
  expiresAt: nullable(
    fc.date({ min: new Date(0), max: new Date("9999-12-31"), noInvalidDate: true }),
  ),
});

const issueRequest: Arbitrary<IssueAccessTokenRequest> = fc
  .tuple(fc.stringMatching(/^[\w/ -]{1,40}$/), scope, more)
  .map(([id, given, rest]) => untyped({ id, scope: given, ...rest }));

/** What a scope reads back as: the same, with null or a default for everything that was not given. */
function readBack(given: AccessTokenScopeInput): unknown {
  const { accessTokens = null, basins = null, streams = null, ops = null, opGroups } = given;
  const pair = (value: ReadWritePermissionsInput | null | undefined): unknown =>
    value == null ? null : { read: value.read ?? false, write: value.write ?? false };
  return {
    accessTokens,
    basins,
    streams,
    ops,
    opGroups:
      opGroups == null
        ? null
        : {
            account: pair(opGroups.account),
            basin: pair(opGroups.basin),
            stream: pair(opGroups.stream),
          },
  };
}

/** What arrives of a value that is written as JSON. */
function overTheWire(value: unknown): object {
  return JSON.parse(JSON.stringify(value));
}

describe("encoding and decoding gives an equal value", () => {
  test("an access token scope", () => {
    fc.assert(
      fc.property(scope, (given) => {
        expect(decodeAccessTokenScope(overTheWire(encodeAccessTokenScope(given)))).toEqual(
          readBack(given),
        );
      }),
      { numRuns: 500 },
    );
  });

  test("the input of issue, in the fields that a listing has", () => {
    fc.assert(
      fc.property(issueRequest, (given) => {
        const wire = overTheWire(encodeIssueAccessTokenRequest(given));
        expect(decodeAccessTokenInfo({ auto_prefix_streams: false, ...wire })).toEqual({
          id: given.id,
          autoPrefixStreams: given.autoPrefixStreams ?? false,
          expiresAt: given.expiresAt ?? null,
          scope: readBack(given.scope),
        });
      }),
      { numRuns: 500 },
    );
  });

  test("undefined is not sent, null is", () => {
    const wire = overTheWire(
      encodeIssueAccessTokenRequest({
        id: "a",
        autoPrefixStreams: undefined,
        expiresAt: null,
        scope: {
          basins: null,
          streams: undefined,
          ops: [],
          opGroups: { stream: { read: undefined, write: true } },
        },
      }),
    );
    expect(wire).toStrictEqual({
      id: "a",
      expires_at: null,
      scope: { basins: null, ops: [], op_groups: { stream: { write: true } } },
    });
  });
});

describe("the client does not change inputs", () => {
  test("inputs and options may be deeply frozen", async () => {
    const headers = { "x-a": "1" };
    const { client, seen } = rig(
      (request, number) =>
        request.method === "POST"
          ? json(201, { access_token: "secret" })
          : request.method === "DELETE"
            ? new Response(null, { status: 204 })
            : json(200, { access_tokens: [listed(`t${number}`)], has_more: number < 4 }),
      deepFreeze({ headers }),
    );
    const options = deepFreeze({ headers, signal: new AbortController().signal });
    await client.accessTokens.issue(
      deepFreeze({
        id: "a",
        scope: { basins: { prefix: "" }, ops: ["read"], opGroups: { stream: { read: true } } },
        expiresAt: new Date(0),
      }),
      options,
    );
    await client.accessTokens.revoke(deepFreeze({ id: "a" }), options);
    const query = deepFreeze({ prefix: "t", startAfter: "t", limit: 5 });
    await client.accessTokens.list(query, options);
    for await (const _ of client.accessTokens.listAll(query, options));
    expect(seen).toHaveLength(5);
  });

  test("changing an input after the call has no effect", async () => {
    const { client, seen } = rig(() => json(201, { access_token: "secret" }));
    const ops: Operation[] = ["read"];
    const expiresAt = new Date(0);
    const call = client.accessTokens.issue({ id: "a", scope: { ops }, expiresAt });
    ops.push("append");
    expiresAt.setUTCFullYear(2000);
    await call;
    expect(JSON.parse(seen[0]?.body ?? "")).toEqual({
      id: "a",
      scope: { ops: ["read"] },
      expires_at: "1970-01-01T00:00:00.000Z",
    });
  });
});

describe("wrong input of issue is a TypeError that names the field, and nothing is sent", () => {
  const one = 'expected exactly one of "exact", "prefix", found';
  test.each([
    [undefined, "input: expected an object, found nothing"],
    [null, "input: expected an object, found null"],
    [{ id: "a" }, "scope: expected an object, found nothing"],
    [{ id: "a", scope: null }, "scope: expected an object, found null"],
    [{ id: "a", scope: [] }, "scope: expected an object, found an array"],
    [{ id: "a", scope: { basins: {} } }, `scope.basins: ${one} none`],
    [{ id: "a", scope: { basins: { exact: undefined } } }, `scope.basins: ${one} none`],
    [
      { id: "a", scope: { streams: { exact: "a", prefix: "a" } } },
      `scope.streams: ${one} 2 of them`,
    ],
    [
      { id: "a", scope: { accessTokens: { exact: "", prefix: "" } } },
      `scope.accessTokens: ${one} 2`,
    ],
    [
      { id: "a", scope: { basins: { exact: "a", prefx: "b" } } },
      "scope.basins.prefx: expected one of exact, found an unknown field",
    ],
    [
      { id: "a", scope: { streams: { prefix: "a", until: "b" } } },
      "scope.streams.until: expected one of prefix, found an unknown field",
    ],
    [{ id: "a", scope: { basins: "all" } }, "scope.basins: expected an object, found a string"],
    [
      { id: "a", scope: { basins: { exact: 5 } } },
      "scope.basins.exact: expected a string, found a",
    ],
    [{ id: "a", scope: { basins: { prefix: null } } }, "scope.basins.prefix: expected a string"],
    [{ id: "a", scope: { ops: "read" } }, "scope.ops: expected an array, found a string"],
    [{ id: "a", scope: { ops: ["read", null] } }, "scope.ops[1]: expected a string, found null"],
    [{ id: "a", scope: { ops: Array(1) } }, "scope.ops[0]: expected a string, found nothing"],
    [{ id: "a", scope: { opGroups: [] } }, "scope.opGroups: expected an object, found an array"],
    [
      { id: "a", scope: { opGroups: { stream: { read: "yes" } } } },
      "scope.opGroups.stream.read: expected a boolean, found a string",
    ],
    [{ id: "a", scope: {}, autoPrefixStreams: "no" }, "autoPrefixStreams: expected a boolean"],
    [{ id: "a", scope: {}, autoPrefixStreams: [] }, "autoPrefixStreams: expected a boolean"],
  ])("%j", async (input, message) => {
    const { client, seen } = rig(() => json(201, { access_token: "secret" }));
    const error = await failure(client.accessTokens.issue(untyped(input)));
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain(`TypeError: accessTokens.issue: ${message}`);
    expect(seen).toEqual([]);
  });

  test("an operation that is newer than the contract is sent: only the compiler checks the list", async () => {
    const { client, seen } = rig(() => json(201, { access_token: "secret" }));
    const scope = { ops: [untyped<Operation>("brand-new")] };
    await client.accessTokens.issue({ id: "a", scope });
    expect(JSON.parse(seen[0]?.body ?? "")).toEqual({ id: "a", scope });
  });

  test("an undefined branch of a resource set counts as absent", async () => {
    const { client, seen } = rig(() => json(201, { access_token: "secret" }));
    const basins = untyped<ResourceSet>({ exact: undefined, prefix: "a" });
    await client.accessTokens.issue({ id: "a", scope: { basins, ops: ["read"] } });
    expect(JSON.parse(seen[0]?.body ?? "")).toEqual({
      id: "a",
      scope: { basins: { prefix: "a" }, ops: ["read"] },
    });
  });
});

describe("a field that the contract does not have is a TypeError", () => {
  const scope = { ops: ["read"] } as const;
  test.each<[string, (client: S2) => Promise<unknown>, string]>([
    [
      "a wire name",
      (client) =>
        client.accessTokens.issue(untyped({ id: "a", scope, expires_at: "2125-01-01T00:00:00Z" })),
      "expires_at: expected the name expiresAt, found an unknown field",
    ],
    [
      "inside",
      (client) => client.accessTokens.issue(untyped({ id: "a", scope: { op_groups: {} } })),
      "scope.op_groups: expected the name opGroups",
    ],
    [
      "a slip of the pen",
      (client) => client.accessTokens.list(untyped({ prefx: "ci/" })),
      "prefx: expected one of prefix, startAfter, limit",
    ],
    [
      "an extra one",
      (client) => client.accessTokens.revoke(untyped({ id: "a", force: true })),
      "force: expected one of id",
    ],
  ])("%s", async (_, call, words) => {
    const { client, seen } = rig(() => text(204, ""));
    const error = await failure(call(client));
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain(words);
    expect(seen).toEqual([]);
  });

  test("a key with the value undefined counts as absent", async () => {
    const { client, seen } = rig(() => new Response(null, { status: 204 }));
    await client.accessTokens.revoke(untyped({ id: "a", force: undefined }));
    expect(seen).toHaveLength(1);
  });
});

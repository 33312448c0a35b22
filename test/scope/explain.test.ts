import { describe, expect, test } from "vitest";
import { decodeAccessTokenScope } from "../../generated/models/access-token-scope.js";
import document from "../../generated/openapi.json" with { type: "json" };
import {
  type AccessTokenScopeInput,
  all,
  exact,
  explainScope,
  none,
  type Operation,
  operationTable,
  prefix,
  type ScopeRow,
  type UnrecognizedString,
} from "../../src/index.js";
import { untyped } from "../runtime/harness.js";

const wireOperations = document.components.schemas.Operation.enum;

/** The row of one operation. */
function rowOf(
  operation: Operation,
  scope: AccessTokenScopeInput,
  options?: Parameters<typeof explainScope>[1],
): ScopeRow {
  const row = explainScope(scope, options).find((one) => one.operation === operation);
  if (row === undefined) throw new Error(`no row for ${operation}`);
  return row;
}

const readStreams = { opGroups: { stream: { read: true } } } as const;

test("every operation of the contract has a row, in its order", () => {
  expect(explainScope(readStreams).map(({ operation }) => operation)).toEqual(wireOperations);
});

describe("an operation that is granted", () => {
  test.each<[Operation, AccessTokenScopeInput, string]>([
    [
      "read",
      { ...readStreams, basins: all, streams: prefix("users/1234/") },
      'read: yes, by opGroups.stream.read, on every stream that starts with "users/1234/" in every basin',
    ],
    [
      "append",
      { ops: ["append"], basins: exact("production"), streams: exact("a") },
      'append: yes, by ops, on the stream "a" in the basin "production"',
    ],
    [
      "issue-access-token",
      { opGroups: { account: { write: true } }, accessTokens: prefix("ci/") },
      'issue-access-token: yes, by opGroups.account.write, on every access token that starts with "ci/"',
    ],
    ["list-basins", { ops: ["list-basins"] }, "list-basins: yes, by ops"],
  ])("%s: %j", (operation, scope, text) => {
    expect(rowOf(operation, scope)).toEqual({
      operation,
      allowed: true,
      certain: true,
      missing: [],
      text,
    });
  });

  test.each<[AccessTokenScopeInput, ScopeRow["missing"], string]>([
    [
      readStreams,
      ["basins", "streams"],
      "basins is omitted, which means none, and streams is omitted, which means none",
    ],
    [{ ...readStreams, basins: all }, ["streams"], "streams is omitted, which means none"],
    [
      { ...readStreams, basins: all, streams: null },
      ["streams"],
      "streams is null, which means none",
    ],
    [
      { ...readStreams, basins: none, streams: all },
      ["basins"],
      "basins is the empty name, which means none",
    ],
  ])("is not allowed where a set that it needs matches nothing: %j", (scope, missing, why) => {
    expect(rowOf("read", scope)).toEqual({
      operation: "read",
      allowed: false,
      certain: true,
      missing,
      text: `read: no, opGroups.stream.read grants it, but ${why}`,
    });
  });
});

test("an operation that is not granted says what would grant it", () => {
  expect(rowOf("trim", { ...readStreams, basins: all, streams: all })).toEqual({
    operation: "trim",
    allowed: false,
    certain: true,
    missing: [],
    text: "trim: no, neither ops nor opGroups.stream.write grants it",
  });
});

describe("a row that rests on a group of which the service's statements conflict", () => {
  const scope: AccessTokenScopeInput = {
    opGroups: { basin: { write: true } },
    basins: all,
    streams: all,
  };

  test("is not certain, granted or not", () => {
    const rows = explainScope(scope).filter(({ certain }) => !certain);
    expect(rows.map(({ operation, allowed }) => [operation, allowed])).toEqual([
      ["create-basin", false],
      ["delete-basin", false],
      ["reconfigure-basin", false],
      ["get-basin-config", false],
      ["create-stream", true],
      ["delete-stream", true],
      ["get-stream-config", false],
      ["reconfigure-stream", true],
      ["list-locations", false],
      ["get-default-location", false],
      ["set-default-location", false],
    ]);
    expect(rowOf("create-stream", scope).text).toBe(
      "create-stream: yes, by opGroups.basin.write, on every stream in every basin; not certain: the service's statements on its group conflict",
    );
  });

  test("is certain where ops grants it, where no group is granted, and where a set is in the way", () => {
    const byOps: AccessTokenScopeInput = { ...scope, ops: ["create-stream"] };
    expect(rowOf("create-stream", byOps)).toMatchObject({ allowed: true, certain: true });
    const noGroup: AccessTokenScopeInput = { basins: all, streams: all, ops: ["read"] };
    expect(rowOf("create-stream", noGroup)).toMatchObject({ allowed: false, certain: true });
    const noSet: AccessTokenScopeInput = { opGroups: { basin: { write: true } } };
    expect(rowOf("create-stream", noSet)).toMatchObject({
      allowed: false,
      certain: true,
      text: "create-stream: no, opGroups.basin.write may grant it, but basins is omitted, which means none, and streams is omitted, which means none",
    });
  });

  test("goes by the table that is given", () => {
    const table = {
      ...operationTable,
      "create-stream": {
        group: "stream",
        access: "write",
        certain: true,
        needs: ["basins"],
      },
    } as const;
    const given: AccessTokenScopeInput = { basins: all, opGroups: { stream: { write: true } } };
    expect(rowOf("create-stream", given)).toMatchObject({ allowed: false });
    expect(rowOf("create-stream", given, { table })).toEqual({
      operation: "create-stream",
      allowed: true,
      certain: true,
      missing: [],
      text: "create-stream: yes, by opGroups.stream.write, on every basin",
    });
  });
});

test("an operation that the table does not have comes last, and is not certain", () => {
  const scope = untyped<AccessTokenScopeInput>({ ops: ["read", "shiny", "shiny"], basins: all });
  expect(explainScope(scope).at(-1)).toEqual({
    operation: "shiny",
    allowed: true,
    certain: false,
    missing: [],
    text: "shiny: yes, by ops; on which resources is not known here",
  });
  expect(explainScope(scope)).toHaveLength(wireOperations.length + 1);
});

test("a scope as it is listed is explained too", () => {
  const permissions = { read: false, write: false };
  const rows = explainScope({
    accessTokens: null,
    basins: { prefix: "" },
    streams: null,
    opGroups: { account: permissions, basin: permissions, stream: { read: true, write: false } },
    ops: ["from-the-future" as UnrecognizedString],
  });
  expect(rows.find(({ operation }) => operation === "read")?.missing).toEqual(["streams"]);
  expect(rows.at(-1)?.operation).toBe("from-the-future");
});

test("a set of an unknown kind makes the rows that need it uncertain, and no others", () => {
  const scope = decodeAccessTokenScope({
    basins: { prefix: "" },
    streams: { suffix: "y" },
    ops: ["read", "list-streams"],
  });
  const rows = explainScope(scope);
  expect(rows.find(({ operation }) => operation === "read")).toEqual({
    operation: "read",
    allowed: true,
    certain: false,
    missing: [],
    text: "read: perhaps, by ops, but this version does not know what scope.streams matches",
  });
  expect(rows.find(({ operation }) => operation === "list-streams")?.certain).toBe(true);
  expect(rows.find(({ operation }) => operation === "append")?.allowed).toBe(false);
});

test.each<[unknown, string]>([
  [null, "options: expected an object"],
  [{ tabel: {} }, "options.tabel: no such option; expected one of table"],
  [{ table: null }, "options.table: expected an object"],
  [{ table: 5 }, "options.table: expected an object"],
])("%j are no options, and a TypeError", (options, words) => {
  expect(() => explainScope(readStreams, untyped(options))).toThrow(`explainScope: ${words}`);
});

test.each<[unknown, string]>([
  [null, "scope: expected an object"],
  [[], "scope: expected an object, found an array"],
  [{ op_groups: {} }, "scope.op_groups: expected the name opGroups, found an unknown field"],
  [{ ops: "read" }, "scope.ops: expected an array, found a string"],
  [{ ops: ["read"], streams: {} }, 'scope.streams: expected exactly one of "exact", "prefix"'],
])("%j is no scope, and a TypeError", (scope, words) => {
  expect(() => explainScope(untyped(scope))).toThrow(`explainScope: ${words}`);
});

test("the table has the thirteen rows that are agreed on, and marks the other eleven", () => {
  const agreed = Object.entries(operationTable).flatMap(([operation, facts]) =>
    facts.certain ? [`${facts.group}.${facts.access} ${operation}`] : [],
  );
  expect(agreed.sort()).toEqual([
    "account.read account-metrics",
    "account.read list-access-tokens",
    "account.read list-basins",
    "account.write issue-access-token",
    "account.write revoke-access-token",
    "basin.read basin-metrics",
    "basin.read list-streams",
    "stream.read check-tail",
    "stream.read read",
    "stream.read stream-metrics",
    "stream.write append",
    "stream.write fence",
    "stream.write trim",
  ]);
  expect(Object.keys(operationTable)).toHaveLength(24);
});

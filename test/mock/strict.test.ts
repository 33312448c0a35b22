import { describe, expect, test } from "vitest";
import openapi from "../../generated/openapi.json" with { type: "json" };
import { type Mock, startMock } from "../../src/mock/index.js";
import { printVerdict } from "../../src/mock/verdict/print.js";
import { misses } from "../../src/mock/verdict/verdict.js";

interface Sent {
  readonly query?: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

async function send(mock: Mock, { query = "", headers = {}, body }: Sent): Promise<string> {
  const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const response = await fetch(`${mock.url}/v1/access-tokens${query}`, {
    ...init,
    headers: {
      authorization: `Bearer ${mock.rootToken}`,
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
  });
  const { code, message }: { code?: string; message?: string } = await response.json();
  return `${response.status} ${code ?? ""} ${message ?? ""}`.trim();
}

const scope = { ops: ["read"] };

/** What is sent, the names that are unknown in it, and what `--strict` says. */
const cases: readonly [string, Sent, readonly string[], string][] = [
  [
    "a query parameter",
    { query: "?lmit=10" },
    ["query lmit limit"],
    "400 bad_query lmit: the contract has no such query parameter; did you mean limit?",
  ],
  [
    "letters in the wrong order, deep in a body",
    {
      body: {
        id: "a",
        scope: { ...scope, op_groups: { stream: { read: true, raed: true, wriet: true } } },
      },
    },
    ["body scope.op_groups.stream.raed read", "body scope.op_groups.stream.wriet write"],
    "400 bad_json scope.op_groups.stream.raed: the contract has no such field; did you mean read?; ",
  ],
  [
    "one like no other",
    { query: "?page=2" },
    ["query page -"],
    "400 bad_query page: the contract has no such query parameter",
  ],
  [
    "several",
    { query: "?startAfter=a&Prefix=b" },
    ["query startAfter start_after", "query Prefix prefix"],
    "400 bad_query startAfter: the contract has no such query parameter; did you mean start_after?; Prefix: ",
  ],
  [
    "a field",
    { body: { id: "a", scope, expiresAt: null } },
    ["body expiresAt expires_at"],
    "400 bad_json expiresAt: the contract has no such field; did you mean expires_at?",
  ],
  [
    "a field of a field",
    { body: { id: "a", scope: { ...scope, op: ["read"] } } },
    ["body scope.op ops"],
    "400 bad_json scope.op: the contract has no such field; did you mean ops?",
  ],
  [
    "a field of an alternative",
    { body: { id: "a", scope: { ...scope, streams: { prefix: "", perfix: "" } } } },
    ["body scope.streams.perfix prefix"],
    "400 bad_json scope.streams.perfix: ",
  ],
  [
    "a header",
    { headers: { prefre: "code=200" } },
    ["header prefre prefer"],
    "400 bad_header prefre: the contract has no such header; did you mean prefer?",
  ],
  [
    "the header of the session",
    { headers: { "mock-sesion": "a" } },
    ["header mock-sesion mock-session"],
    "400 bad_header mock-sesion: ",
  ],
];

describe("a name that the contract does not have", () => {
  test.each(cases)("%s is listed in the verdict, and ignored", async (_, sent, want) => {
    await using mock = await startMock();
    expect(await send(mock, sent)).toMatch(/^20[01]/);
    await send(mock, sent);
    const { unknown, invalid } = mock.verdict();
    expect(unknown.map(({ place, name, meant }) => `${place} ${name} ${meant ?? "-"}`)).toEqual(
      want,
    );
    expect(unknown.every(({ times }) => times === 2 || sent.body !== undefined)).toBe(true);
    expect(invalid).toEqual([]);
    expect(misses(mock.verdict(), { unknown: 0 })).toEqual([
      `unknown names: ${want.length}, not at most 0`,
    ]);
    expect(printVerdict(mock.verdict(), "text", {})).toContain("Unknown names sent");
    expect(printVerdict(mock.verdict(), "junit", {})).toContain('classname="unknown names"');
  });

  test.each(cases)("%s is rejected with strict, and not applied", async (_, sent, __, words) => {
    await using mock = await startMock({ strict: true });
    expect(await send(mock, sent)).toContain(words);
    expect(mock.tokens()).toEqual([]);
    expect(mock.verdict().invalid).toHaveLength(1);
  });

  test("shows no secret in the verdict", async () => {
    await using mock = await startMock();
    await send(mock, { query: `?${mock.controlToken}=1` });
    expect(JSON.stringify(mock.verdict())).not.toContain(mock.controlToken);
  });

  test("is listed, up to a hundred", async () => {
    await using mock = await startMock();
    for (let count = 0; count < 110; count += 1) await send(mock, { query: `?name${count}=1` });
    expect([mock.verdict().unknown.length, mock.verdict().moreUnknown]).toEqual([100, 10]);
  });
});

describe("strict accepts", () => {
  test.each<[string, Sent]>([
    ["all that the contract has", { query: "?prefix=a&start_after=b&limit=1" }],
    [
      "a body of it",
      {
        body: {
          id: "a",
          scope: { streams: { exact: "x" }, op_groups: { basin: { read: true } } },
          auto_prefix_streams: false,
          expires_at: null,
        },
      },
    ],
    ["preferences in the query", { query: "?__code=200" }],
    [
      "headers of any kind",
      {
        headers: {
          "x-request-id": "1",
          "user-agent": "a",
          referer: "http://localhost/",
          traceparent: "00",
          "accept-language": "en",
        },
      },
    ],
  ])("%s", async (_, sent) => {
    await using mock = await startMock({ strict: true });
    expect(await send(mock, sent)).toMatch(/^20[01]/);
    expect(mock.verdict().unknown).toEqual([]);
  });

  test("fields that additionalProperties allows", async () => {
    const document = structuredClone(openapi);
    Object.assign(document.components.schemas.AccessTokenScope, { additionalProperties: true });
    await using mock = await startMock({ strict: true, document });
    expect(await send(mock, { body: { id: "a", scope: { ...scope, more: 1 } } })).toMatch(/^201/);
  });

  test("fields of a schema that is recursive through oneOf", async () => {
    const document = structuredClone(openapi);
    const self = { anyOf: [{ $ref: "#/components/schemas/AccessTokenScope" }] };
    Object.assign(document.components.schemas.IssueAccessTokenRequest.properties, {
      note: { anyOf: [self, { type: "object", properties: { text: { type: "string" } } }] },
    });
    await using mock = await startMock({ document });
    await send(mock, { body: { id: "a", scope, note: { txet: 1 } } });
    expect(mock.verdict().unknown.map(({ name }) => name)).toEqual(["note.txet"]);
  });
});

test("there is a verdict for each session, and one for all", async () => {
  await using mock = await startMock();
  await mock.client({ session: "one" }).accessTokens.list();
  await mock.client({ session: "two" }).accessTokens.issue({ id: "a", scope: { ops: ["read"] } });
  await mock.client().accessTokens.list({ prefix: "x" });
  const seen = (verdict: ReturnType<Mock["verdict"]>): readonly string[] =>
    verdict.items
      .filter(({ kind, times }) => kind === "operations" && times > 0)
      .map(({ name }) => name);
  expect(seen(mock.session("one").verdict())).toEqual(["list_access_tokens"]);
  expect(seen(mock.session("two").verdict())).toEqual(["issue_access_token"]);
  expect(seen(mock.verdict())).toEqual(["list_access_tokens", "issue_access_token"]);
  mock.session("one").reset();
  expect(seen(mock.session("one").verdict())).toEqual([]);
});

test("no line of a verdict is wider than a terminal", async () => {
  await using mock = await startMock();
  const lines = printVerdict(mock.verdict(), "text", {}).split("\n");
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(100);
});

import { connect } from "node:http2";
import { describe, expect, test } from "vitest";
import bundled from "../../generated/openapi.json" with { type: "json" };
import { readContract } from "../../src/mock/engine/contract.js";
import { refusalAnswer, refuseItself } from "../../src/mock/engine/refusals.js";
import {
  type Mock,
  type MockOptions,
  type RequestRecord,
  startMock,
  type Verdict,
} from "../../src/mock/index.js";
import { createCoverage } from "../../src/mock/verdict/coverage.js";
import { createInvalidRequests } from "../../src/mock/verdict/invalid.js";
import { printVerdict } from "../../src/mock/verdict/print.js";
import { misses } from "../../src/mock/verdict/verdict.js";

type Headers = Record<string, string>;

/** A call as the root, of an operation by its path. */
async function call(
  mock: Mock,
  method: string,
  path: string,
  more: RequestInit = {},
): Promise<number> {
  const { status } = await fetch(`${mock.url}${path}`, {
    method,
    ...more,
    headers: {
      authorization: `Bearer ${mock.rootToken}`,
      ...(more.body !== undefined && { "content-type": "application/json" }),
      ...(more.headers as Headers),
    },
  });
  return status;
}

const list = "/v1/access-tokens";
const badBody = JSON.stringify({ id: "a", scope: { streams: { exact: 5 }, ops: ["read"] } });
const goodBody = JSON.stringify({ id: "a", scope: { streams: null, ops: ["read"] } });

function told({ invalid }: Verdict): readonly string[] {
  return invalid.map(({ request, operation, code, times }) =>
    [times, request, operation ?? "-", code].join(" "),
  );
}

function seen({ items }: Verdict): readonly string[] {
  return items.filter(({ times }) => times > 0).map(({ kind, name }) => `${kind} ${name}`);
}

describe("a request that violates the contract", () => {
  test.each<[string, MockOptions, Headers, number, string]>([
    ["with the code of the rules", { rules: { badBody: "invalid" } }, {}, 422, "invalid"],
    ["without state", { stateless: true }, {}, 400, "bad_json"],
    ["with a bearer that is unknown", {}, { authorization: "Bearer unknown" }, 401, "authn"],
    ["with no bearer", {}, { authorization: "" }, 401, "authn"],
    [
      "with a bearer that looks real",
      {},
      { authorization: `Bearer aB3${"x".repeat(40)}` },
      401,
      "authn",
    ],
    ["with another answer asked for", {}, { prefer: "code=201" }, 400, "bad_json"],
    ["with a fault asked for", {}, { prefer: "fault=reset" }, 400, "bad_json"],
  ])("is told %s", async (_, options, headers, status, code) => {
    await using mock = await startMock(options);
    expect(await call(mock, "POST", list, { body: badBody, headers })).toBe(status);
    const verdict = mock.verdict();
    expect(told(verdict)).toEqual([`1 POST /access-tokens issue_access_token ${code}`]);
    expect(verdict.invalid[0]?.explanation).toContain("scope.streams.exact: expected a string");
    // A body that does not fit takes no branch.
    expect(seen(verdict).filter((one) => /branches|parameters/.test(one))).toEqual([]);
    expect(misses(verdict, { invalid: 0 })).toHaveLength(1);
  });

  test.each<[string, string, Headers, number, string]>([
    ["GET", "/v1/nowhere", {}, 404, "mock_no_such_route"],
    ["PATCH", list, {}, 405, "mock_method_not_allowed"],
    ["GET", list, { accept: "text/html" }, 406, "mock_not_acceptable"],
    ["GET", `${list}?limit=few`, {}, 400, "bad_query"],
  ])("%s %s %j", async (method, path, headers, status, code) => {
    await using mock = await startMock();
    expect(await call(mock, method, path, { headers })).toBe(status);
    expect(mock.verdict().invalid).toMatchObject([{ code, times: 1 }]);
  });
});

test.each<[string, MockOptions, Headers, number]>([
  ["is asked for", {}, { prefer: "code=400" }, 400],
  ["is a fault", {}, { prefer: "fault=bad_json" }, 400],
  ["is a fault with a code of all operations", {}, { prefer: "fault=unavailable" }, 503],
  ["has a code that Prefer cannot have", {}, { prefer: "code=444" }, 404],
  ["has a fault that there is not", {}, { prefer: "fault=none" }, 400],
  ["is a rule of the service", { rules: { badExpiry: "bad_json" } }, {}, 400],
])("a sound request is not told where its refusal %s", async (_, options, headers, status) => {
  await using mock = await startMock({
    ...options,
    clock: { mode: "fixed", at: "2100-01-01T00:00:00Z" },
  });
  const scope = { streams: null, ops: ["read"] };
  const body =
    options.rules === undefined
      ? goodBody
      : JSON.stringify({ id: "a", scope, expires_at: "2099-01-01T00:00:00Z" });
  expect(await call(mock, "POST", list, { body, headers })).toBe(status);
  expect(told(mock.verdict())).toEqual([]);
});

describe("a request that is rejected before its operation is known", () => {
  test.each<[string, string, string, number, string]>([
    ["DELETE", `${list}/%zz`, "", 400, "bad_path"],
    ["GET", `${list}?prefix=%zz`, "", 400, "bad_query"],
    // What a revoke of an empty id comes to.
    ["DELETE", "/v1/", "", 404, "mock_no_such_route"],
    ["POST", list, "x".repeat(2_000_000), 413, "mock_body_too_large"],
  ])("%s %s is told", async (method, path, body, status, code) => {
    await using mock = await startMock();
    const more = body === "" ? {} : { body };
    expect(await call(mock, method, path, more)).toBe(status);
    expect(told(mock.verdict())).toEqual([`1 ${method} ${path.split("?")[0]} - ${code}`]);
  });

  test("headers that are too large are listed", async () => {
    await using mock = await startMock();
    const session = connect(mock.url);
    const stream = session.request({ ":path": list, x: "a".repeat(30_000) });
    await new Promise((resolve) => stream.resume().once("close", resolve));
    session.destroy();
    expect(told(mock.verdict())).toEqual([`1 GET ${list} - mock_headers_too_large`]);
  });

  test("a request that could not be read has no operation", () => {
    const { noteRefused, verdict } = createCoverage((text) => text);
    const answer = refusalAnswer(
      refuseItself(431, "headers_too_large", "The headers are too large"),
    );
    noteRefused({ method: "", target: "" }, answer);
    expect(told(verdict(readContract(bundled)))).toEqual([
      "1 a request that was not read - mock_headers_too_large",
    ]);
  });

  test("requests from other origins, to the control and with an invalid session are not listed", async () => {
    await using mock = await startMock();
    expect(await call(mock, "GET", list, { headers: { origin: "http://evil.test" } })).toBe(403);
    expect(await call(mock, "GET", "/__mock/verdict?operations=%zz")).toBe(400);
    expect(await call(mock, "GET", "/__mock")).toBe(404);
    expect(await call(mock, "GET", list, { headers: { "mock-session": "/" } })).toBe(400);
    expect(told(mock.verdict())).toEqual([]);
  });
});

describe("invalid requests beyond the list", () => {
  test("are counted and compared with the threshold", async () => {
    await using mock = await startMock();
    for (let count = 0; count < 205; count += 1) await call(mock, "GET", `/v1/nowhere/${count}`);
    // Neither one that is listed nor one that is not is a new one the second time.
    for (const count of [0, 204]) await call(mock, "GET", `/v1/nowhere/${count}`);
    const verdict = mock.verdict();
    expect([verdict.invalid.length, verdict.moreInvalid]).toEqual([200, 5]);
    expect(verdict.invalid[0]?.times).toBe(2);
    expect(misses(verdict, { invalid: 205 })).toEqual([]);
    expect(misses(verdict, { invalid: 204 })).toEqual(["invalid requests: 205, not at most 204"]);
    expect(printVerdict(verdict, "text", {})).toMatch(
      /\/nowhere\/199\n {2}and 5 more\nVerdict: passed$/,
    );
    expect(JSON.parse(printVerdict(verdict, "json", {}))).toMatchObject({ moreInvalid: 5 });
    // All that are listed, those that are not, and the threshold.
    expect(printVerdict(verdict, "junit", { invalid: 204 })).toContain('failures="202"');
    const headers = { authorization: `Bearer ${mock.controlToken}` };
    await fetch(`${mock.url}/__mock/verdict`, { method: "DELETE", headers });
    expect(mock.verdict()).toMatchObject({ invalid: [], moreInvalid: 0 });
  });

  test("are each counted once they can no longer be compared", () => {
    const { add, listed, more } = createInvalidRequests();
    const one = { operation: undefined, code: "bad_path", explanation: "" };
    for (let count = 0; count < 100_200; count += 1) add({ ...one, request: `GET /${count}` });
    add({ ...one, request: "GET /100199" });
    expect([listed().length, more()]).toEqual([200, 100_000]);
    add({ ...one, request: "GET /another" });
    expect(more()).toBe(100_001);
  });
});

describe("a response that the consumer does not get is not counted", () => {
  const only = ["operations list_access_tokens"];
  test.each([
    ["reset", only],
    ["redirect", only],
    ["truncated", only],
    ["wrong-type", only],
    ["latency:1", [...only, "statuses 200", "examples list_empty", "parameters limit"]],
    ["unavailable", [...only, "statuses 503", "codes unavailable", "parameters limit"]],
  ])("%s", async (fault, want) => {
    await using mock = await startMock();
    const headers = { prefer: `fault=${fault}` };
    await call(mock, "GET", `${list}?limit=5`, { headers, redirect: "manual" }).catch(() => {});
    expect(seen(mock.verdict())).toEqual(want);
    expect(told(mock.verdict())).toEqual([]);
  });
});

test("the record of a connection that broke off has no status and no code", async () => {
  const records: RequestRecord[] = [];
  await using mock = await startMock({ onRequest: (record) => records.push(record) });
  const headers = { prefer: "fault=reset" };
  await expect(call(mock, "GET", list, { headers })).rejects.toThrow("fetch failed");
  expect(records).toMatchObject([
    { status: 0, code: undefined, reason: "a fault: the connection is reset" },
  ]);
});

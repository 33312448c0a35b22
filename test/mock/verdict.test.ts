import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { S2 } from "../../src/index.js";
import { type Mock, startMock, type Verdict } from "../../src/mock/index.js";
import { branchesOf, branchesTaken } from "../../src/mock/verdict/branches.js";
import { printVerdict } from "../../src/mock/verdict/print.js";
import { misses, readThresholds, share } from "../../src/mock/verdict/verdict.js";
import { bundleCommand } from "./bundled-command.js";

describe("branches", () => {
  const document = {
    Set: {
      oneOf: [
        { title: "exact", type: "object", required: ["exact"] },
        { title: "prefix", type: "object", required: ["prefix"] },
      ],
    },
  };
  const schema = {
    type: "object",
    properties: {
      kind: { enum: ["a", "b"] },
      set: { oneOf: [{ type: "null" }, { $ref: "#/Set" }] },
      list: { type: "array", items: { enum: ["x", "y"] } },
    },
  };
  const place = { pointer: "", value: schema };

  test("of a whole schema", () => {
    expect(branchesOf(document, place)).toEqual([
      "kind: given",
      "kind: a",
      "kind: b",
      "set: given",
      "set: null",
      "set: exact",
      "set: prefix",
      "list: given",
      "list[]: x",
      "list[]: y",
    ]);
  });

  test.each([
    [{}, []],
    [{ kind: "b" }, ["kind: given", "kind: b"]],
    [{ set: null }, ["set: given", "set: null"]],
    [{ set: { prefix: "" } }, ["set: given", "set: prefix"]],
    [{ list: ["y", "y"] }, ["list: given", "list[]: y"]],
  ])("exercised by %j", (value, want) => {
    expect([...branchesTaken(document, place, value)]).toEqual(want);
  });
});

/** What a consumer did: one success of each operation, one refusal, one example, and one invalid request. */
async function consume(mock: Pick<Mock, "url" | "rootToken">): Promise<void> {
  // What is counted is each request.
  const { accessTokens } = new S2({
    accessToken: mock.rootToken,
    endpoint: mock.url,
    retry: false,
    timeouts: { attempt: 60_000 },
  });
  await accessTokens.issue({
    id: "a",
    scope: { basins: { exact: "b" }, streams: null, ops: ["read"] },
  });
  await accessTokens.issue({ id: "a", scope: { ops: ["read"] } }).catch(() => {});
  await accessTokens.list({ limit: 5 });
  await accessTokens.list({}, { headers: { Prefer: "example=list_more" } });
  await accessTokens.revoke({ id: "a" });
  const headers = { authorization: `Bearer ${mock.rootToken}` };
  await fetch(`${mock.url}/v1/access-tokens?limit=-1`, { headers });
  await fetch(`${mock.url}/v1/access-tokens?limit=-1`, { headers });
}

function seen({ items }: Verdict, kind: string): readonly string[] {
  return items
    .filter((item) => item.kind === kind && item.times > 0)
    .map(({ operation, name, times }) => `${operation} ${name} ${times}`);
}

describe("a verdict", () => {
  test("lists what was exercised, what was not, and what was invalid", async () => {
    await using mock = await startMock();
    await consume(mock);
    const verdict = mock.verdict();
    expect(share(verdict, "operations")).toEqual({ seen: 3, all: 3, percent: 100 });
    expect(seen(verdict, "statuses")).toEqual([
      "list_access_tokens 200 2",
      "list_access_tokens 400 2",
      "issue_access_token 201 1",
      "issue_access_token 409 1",
      "revoke_access_token 204 1",
    ]);
    expect(seen(verdict, "codes")).toEqual([
      "list_access_tokens bad_query 2",
      "issue_access_token resource_already_exists 1",
    ]);
    expect(seen(verdict, "examples")).toEqual([
      "list_access_tokens list_more 1",
      "issue_access_token resource_already_exists 1",
    ]);
    expect(seen(verdict, "parameters")).toEqual([
      "list_access_tokens limit 1",
      "revoke_access_token id 1",
    ]);
    expect(seen(verdict, "branches")).toContain("issue_access_token scope.basins: exact 1");
    expect(seen(verdict, "branches")).toContain("issue_access_token scope.streams: null 1");
    expect(seen(verdict, "branches")).toContain("issue_access_token scope.ops[]: read 2");
    expect(verdict.invalid).toEqual([
      {
        request: "GET /access-tokens",
        operation: "list_access_tokens",
        code: "bad_query",
        explanation: "limit: expected at least 0, found -1",
        times: 2,
      },
    ]);
    // What cannot be exercised is nothing that it lists.
    const all = verdict.items.map(({ kind, operation, name }) => `${kind} ${operation} ${name}`);
    expect(new Set(all).size).toBe(all.length);
  });

  test("covers all sessions, and survives a reset", async () => {
    await using mock = await startMock();
    for (const name of ["one", "other"]) {
      const headers = { "mock-session": name };
      await new S2({
        accessToken: mock.rootToken,
        endpoint: mock.url,
        headers,
      }).accessTokens.list();
      mock.session(name).reset();
    }
    expect(seen(mock.verdict(), "operations")).toEqual(["list_access_tokens list_access_tokens 2"]);
  });

  test("passes or fails by its thresholds", async () => {
    await using mock = await startMock();
    await consume(mock);
    const verdict = mock.verdict();
    expect(misses(verdict, {})).toEqual([]);
    expect(misses(verdict, { operations: 100, invalid: 1 })).toEqual([]);
    const missed = misses(verdict, { statuses: 50, invalid: 0 });
    expect(missed).toEqual([
      expect.stringMatching(/^statuses: \d+ %, not 50 %$/),
      "invalid requests: 1, not at most 0",
    ]);
    const text = printVerdict(verdict, "text", { invalid: 0 });
    expect(text).toMatch(/operations +3 of 3 \(100 %\)/);
    expect(text).toContain(
      "2 x GET /access-tokens  bad_query: limit: expected at least 0, found -1",
    );
    expect(text).toContain("Verdict: failed (invalid requests: 1, not at most 0)");
    const json: unknown = JSON.parse(printVerdict(verdict, "json", { invalid: 0 }));
    expect(json).toMatchObject({
      passed: false,
      shares: { operations: { seen: 3 } },
      invalid: [{ times: 2 }],
    });
  });

  test("as JUnit counts its own tests", async () => {
    await using mock = await startMock();
    await consume(mock);
    for (const [thresholds, failures] of [
      [{}, 0],
      [{ invalid: 0 }, 2],
    ] as const) {
      const xml = printVerdict(mock.verdict(), "junit", thresholds);
      const counts = /tests="(\d+)" failures="(\d+)" skipped="(\d+)"/
        .exec(xml)
        ?.slice(1)
        .map(Number);
      const found = ["<testcase ", "<failure ", "<skipped/>"].map(
        (tag) => xml.split(tag).length - 1,
      );
      expect(counts).toEqual(found);
      expect(found[1]).toBe(failures);
      expect(xml).not.toMatch(/="[^"]*[<&](?!(amp|lt|gt|quot);)/);
    }
  });

  test("is served by the control", async () => {
    await using mock = await startMock();
    await consume(mock);
    const headers = { authorization: `Bearer ${mock.controlToken}` };
    const ask = (query: string, method = "GET"): Promise<Response> =>
      fetch(`${mock.url}/__mock/verdict${query}`, { method, headers });
    expect(await (await ask("")).json()).toMatchObject({ passed: true, missed: [] });
    expect(await (await ask("?invalid=0")).json()).toMatchObject({ passed: false });
    for (const format of ["json", "text", "junit"]) {
      const outcome = async (query: string): Promise<unknown> => {
        const { status, headers: got } = await ask(`?format=${format}${query}`);
        return [status, got.get("mock-verdict")];
      };
      expect(await outcome("&invalid=1")).toEqual([200, "passed"]);
      expect(await outcome("&invalid=0")).toEqual([200, "failed"]);
    }
    expect(await (await ask("?format=text&operations=100")).text()).toContain("Verdict: passed");
    expect((await ask("?format=junit")).headers.get("content-type")).toBe("application/xml");
    expect((await ask("?format=pdf")).status).toBe(400);
    expect((await ask("?colours=5")).status).toBe(400);
    expect((await ask("", "DELETE")).status).toBe(204);
    expect(seen(mock.verdict(), "operations")).toEqual([]);
    expect((await ask("", "PUT")).headers.get("allow")).toBe("GET, DELETE, HEAD, OPTIONS");
  });

  test.each([
    [["colours", "5"], "no such threshold: colours"],
    [["operations", "101"], "operations: expected a percentage, found 101"],
    [["invalid", "few"], "invalid: expected a number, found few"],
  ] as const)("%j is rejected", (pair, words) => {
    expect(() => readThresholds([pair])).toThrow(words);
  });
});

test.each([
  ["operations=100", 0],
  ["operations=100 --require invalid=0", 1],
])("at the end of the command, with --require %s, the exit code is %i", async (flags, want) => {
  const folder = mkdtempSync(join(tmpdir(), "mock-verdict-"));
  const file = join(folder, "verdict.xml");
  const cli = await bundleCommand(folder);
  const args = ["mock", "--port", "0", "--json", "--verdict", "junit", "--verdict-file", file];
  const child = spawn(process.execPath, [cli, ...args, "--require", ...flags.split(" ")]);
  const ended = once(child, "close");
  const [line] = await once(child.stdout.setEncoding("utf8"), "data");
  const started: Mock = JSON.parse(String(line));
  await consume(started);
  child.kill("SIGTERM");
  expect((await ended)[0]).toBe(want);
  expect(readFileSync(file, "utf8")).toContain("<testsuite ");
  rmSync(folder, { recursive: true });
});

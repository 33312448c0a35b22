import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { S2 } from "../../src/index.js";
import { readArguments } from "../../src/mock/arguments.js";
import { requestLine } from "../../src/mock/report.js";

const cli = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "mock-command-"));
const running = new Set<ChildProcess>();
// A mock that does not end when told to must not outlive its test.
afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
  running.clear();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Running {
  readonly child: ChildProcess;
  readonly text: () => string;
  readonly ended: Promise<unknown>;
}

function start(args: readonly string[], environment: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, ["--import", "tsx", cli, ...args], {
    env: { ...process.env, ...environment },
  });
  running.add(child);
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
  }
  return { child, text: () => text, ended: once(child, "close").then(([code]: unknown[]) => code) };
}

async function printed({ text }: Running, what: RegExp): Promise<string> {
  await expect.poll(text, { timeout: 30_000 }).toMatch(what);
  return what.exec(text())?.[1] ?? "";
}

const listening = /listens at {2}(\S+)/;

describe("as a person meets it", () => {
  test.each(["SIGINT", "SIGTERM"] as const)(
    "it says what to call and with what; %s ends it",
    async (signal) => {
      const mock = start(["mock", "--port", "0"]);
      const url = await printed(mock, listening);
      const curl = /curl -H "Authorization: Bearer (\S+)" (http\S+)/.exec(mock.text()) ?? [];
      const [, token = "", sample = ""] = curl;
      expect(sample.startsWith(url)).toBe(true);
      const headers = { authorization: `Bearer ${token}` };
      expect((await fetch(sample, { headers })).status).toBe(200);
      expect(
        (await fetch(`${url}/v1/access-tokens/none`, { method: "DELETE", headers })).status,
      ).toBe(404);
      await printed(mock, /GET {4}\/v1\/access-tokens 200 [\d.]+ ms\n/);
      await printed(
        mock,
        /DELETE \/v1\/access-tokens\/none 404 [\d.]+ ms {2}access_token_not_found: no token has this id\n/,
      );
      mock.child.kill(signal);
      expect(await mock.ended).toBe(0);
      expect(mock.text()).toContain("The mock has ended.");
      await expect(fetch(sample)).rejects.toThrow("fetch failed");
    },
  );

  test("with --json each line is JSON", async () => {
    const mock = start(["mock", "--port", "0", "--json"], { S2_MOCK_ROOT_TOKEN: "fake-root" });
    await printed(mock, /^(\{.*\})\n/);
    const first: { url: string; rootToken: string } = JSON.parse(mock.text());
    expect(first).toMatchObject({ rootToken: "fake-root", stateless: false });
    await new S2({ accessToken: first.rootToken, endpoint: first.url }).accessTokens.list();
    await printed(mock, /\n(\{.*\})\n/);
    const lines = mock
      .text()
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    expect(lines[1]).toMatchObject({ method: "GET", status: 200, operation: "list_access_tokens" });
  });

  test("a busy port is named, and another is offered", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const mock = start(["mock", "--port", String(port)]);
    expect(await mock.ended).toBe(1);
    expect(mock.text()).toMatch(
      new RegExp(`port ${port} of 127.0.0.1 is in use: .* such as --port \\d+`),
    );
    expect(mock.text()).not.toMatch(/^\s+at /m);
    other.close();
  });

  test("a changed document is served with the state as it is, and a broken one is not", async () => {
    const file = join(folder, "openapi.json");
    const text = readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8");
    writeFileSync(file, text);
    const mock = start(["mock", "--port", "0", "--document", file]);
    const url = await printed(mock, listening);
    const { accessTokens } = new S2({ accessToken: "not-a-real-root-token", endpoint: url });
    await accessTokens.issue({ id: "a", scope: { ops: ["read"] } });
    writeFileSync(file, text.slice(0, 1000));
    await printed(mock, /(cannot be served, the one before is: .*)/);
    expect((await accessTokens.list()).accessTokens).toHaveLength(1);
    // Ids of this one begin with x.
    writeFileSync(file, text.replaceAll('"pattern": "^[^\\\\u0000]*$"', '"pattern": "^x"'));
    await printed(mock, /(is served from now on)/);
    await expect(accessTokens.issue({ id: "b", scope: { ops: ["read"] } })).rejects.toThrow("^x");
    await accessTokens.revoke({ id: "a" }).catch((error: unknown) => {
      expect(String(error)).toContain("^x");
    });
  });

  test.each([
    [["mock", "--help"], 0, /--port N.*--rule NAME=VALUE.*Prefer: code=/s],
    [["--help"], 0, /mock .* a mock of S2/],
    [[], 2, /Usage: s2-token-contract COMMAND/],
    [["serve"], 2, /no command serve/],
    [["mock", "--port", "many"], 2, /--port: expected a number from 0 to 65535, found many/],
    [["mock", "--port"], 2, /--port/],
    [["mock", "--colour"], 2, /--colour/],
    [["mock", "--rule", "fly=true"], 2, /rules\.fly: no such rule/],
    [["mock", "--document", "none.json"], 1, /none\.json/],
    [["mock", "--host", "1.2.3.4"], 2, /--host: 1\.2\.3\.4 is no address of this machine/],
  ])("%j ends with %i", async (args, code, words) => {
    const mock = start(args);
    expect(await mock.ended).toBe(code);
    expect(mock.text()).toMatch(words);
    expect(mock.text()).not.toMatch(/^\s+at /m);
  });
});

describe("flags", () => {
  const read = (...args: string[]): ReturnType<typeof readArguments>["options"] =>
    readArguments(args, {}).options;

  test("the clock", () => {
    expect(read("--clock", "2100-01-01T00:00:00Z").clock).toEqual({
      mode: "fixed",
      at: "2100-01-01T00:00:00Z",
    });
    expect(read("--clock=-90m").clock).toEqual({ mode: "offset", milliseconds: -5_400_000 });
    expect(() => read("--clock", "noon")).toThrow("--clock: expected a time such as");
  });

  test("rules and limits", () => {
    const { rules, limits } = read(
      "--rule=cascadeRevoke=true",
      "--rule=badExpiry=bad_json",
      "--rule=operations.create-stream=stream.write",
      "--limit=maxTokens=5",
    );
    expect(rules).toMatchObject({ cascadeRevoke: true, badExpiry: "bad_json" });
    expect(rules?.operations?.["create-stream"]).toMatchObject({
      group: "stream",
      access: "write",
      certain: false,
      needs: ["basins", "streams"],
    });
    expect(rules?.operations?.read?.group).toBe("stream");
    expect(limits).toEqual({ maxTokens: 5 });
    expect(() => read("--rule=cascadeRevoke")).toThrow("--rule: expected NAME=VALUE");
  });
});

test("a request cannot write a line of the log", () => {
  const line = requestLine({
    at: "2100-01-01T00:00:00.000Z",
    method: "GET",
    path: "/a\n12:00:00 GET /b 200\u001b[2K\u2028",
    status: 404,
    milliseconds: 1,
    protocol: "HTTP/2",
    session: "default",
    operation: undefined,
    code: undefined,
    reason: undefined,
  });
  expect(line).toBe("00:00:00 GET    /a\\u000a12:00:00 GET /b 200\\u001b[2K\\u2028 404 1.0 ms");
});

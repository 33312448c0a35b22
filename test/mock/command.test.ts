import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { S2 } from "../../src/index.js";
import { runMock } from "../../src/mock/cli/command.js";
import { freePort } from "../../src/mock/cli/free-port.js";
import { requestLine } from "../../src/mock/cli/output.js";
import { runProgram } from "../../src/mock/cli/program.js";
import { bundleCommand } from "./bundled-command.js";

const contract = readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8");
const folder = mkdtempSync(join(tmpdir(), "mock-command-"));
let cli: string;
beforeAll(async () => {
  cli = await bundleCommand(folder);
});
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
  const child = spawn(process.execPath, [cli, ...args], {
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

describe("the command", () => {
  test.each(["SIGINT", "SIGTERM"] as const)(
    "prints the URL and the token, and stops on %s",
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
      expect(mock.text()).toMatch(/Ctrl-C stops the mock\.\n\n(?!\n)/);
      await printed(mock, /GET {4}\/v1\/access-tokens 200 [\d.]+ ms\n/);
      await printed(
        mock,
        /DELETE \/v1\/access-tokens\/none 404 [\d.]+ ms {2}access_token_not_found: no token has this id\n/,
      );
      mock.child.kill(signal);
      expect(await mock.ended).toBe(0);
      expect(mock.text()).toContain("The mock has stopped.");
      await expect(fetch(sample)).rejects.toThrow("fetch failed");
    },
  );

  test("prints an object on each line with --json", async () => {
    const file = join(folder, "lines.json");
    writeFileSync(file, contract);
    const mock = start(["mock", "--port", "0", "--json", "--verdict", "json", "--document", file], {
      S2_MOCK_ROOT_TOKEN: "fake-root",
    });
    await printed(mock, /^(\{.*\})\n/);
    const first: { url: string; rootToken: string } = JSON.parse(mock.text());
    await new S2({ accessToken: first.rootToken, endpoint: first.url }).accessTokens.list();
    writeFileSync(file, contract.slice(0, 1000));
    await printed(mock, /("event":"reload".*"problem":"[^"]*lines\.json:\d+:\d+: )/);
    writeFileSync(file, contract);
    await printed(mock, /("event":"reload".*"problem":null)/);
    mock.child.kill("SIGTERM");
    expect(await mock.ended).toBe(0);
    const lines = mock
      .text()
      .trim()
      .split("\n")
      .map((line): { event: string } => JSON.parse(line));
    expect(lines.map(({ event }) => event)).toEqual([
      "start",
      "request",
      "reload",
      "reload",
      "verdict",
    ]);
    expect(lines[0]).toMatchObject({ rootToken: "fake-root", stateless: false, document: file });
    expect(lines[1]).toMatchObject({ method: "GET", status: 200, operation: "list_access_tokens" });
    expect(lines[4]).toMatchObject({ passed: true, shares: { operations: { seen: 1, all: 3 } } });
  });

  test("names a busy port, and suggests another", async () => {
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

  test("serves a changed document with the same state, and ignores an invalid one", async () => {
    const file = join(folder, "openapi.json");
    writeFileSync(file, contract);
    const mock = start(["mock", "--port", "0", "--document", file]);
    const url = await printed(mock, listening);
    const { accessTokens } = new S2({ accessToken: "not-a-real-root-token", endpoint: url });
    await accessTokens.issue({ id: "a", scope: { ops: ["read"] } });
    writeFileSync(file, contract.slice(0, 1000));
    await printed(mock, /(cannot be served; the mock keeps the previous version: .*)/);
    expect((await accessTokens.list()).accessTokens).toHaveLength(1);
    // Ids of this one begin with x.
    writeFileSync(file, contract.replaceAll('"pattern": "^[^\\\\u0000]*$"', '"pattern": "^x"'));
    await printed(mock, /(the mock now serves it)/);
    await expect(accessTokens.issue({ id: "b", scope: { ops: ["read"] } })).rejects.toThrow("^x");
    await accessTokens.revoke({ id: "a" }).catch((error: unknown) => {
      expect(String(error)).toContain("^x");
    });
  });

  test("ends at once on a second signal", async () => {
    const mock = start(["mock", "--port", "0"]);
    const url = await printed(mock, listening);
    // A body of which nothing comes.
    const held = connect(Number(new URL(url).port), "127.0.0.1").on("error", () => {});
    held.write(
      "POST /v1/access-tokens HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n",
    );
    const [word] = await once(held, "data");
    expect(String(word)).toContain("100 Continue");
    mock.child.kill("SIGINT");
    // It was told as soon as it takes nobody any more.
    await expect
      .poll(
        () =>
          fetch(`${url}/v1/none`).then(
            () => "taken",
            () => "refused",
          ),
        { timeout: 30_000 },
      )
      .toBe("refused");
    mock.child.kill("SIGTERM");
    await mock.ended;
    expect(mock.child.signalCode).toBe("SIGTERM");
    held.destroy();
  });

  test.each([
    [["mock", "--help", "--port", "abc"], 0, /--port N.*--rule NAME=VALUE.*Prefer: code=/s],
    [["mock", "--help"], 0, /S2_MOCK_ROOT_TOKEN.*verdict, reset.*Exit codes:.* 0 .* 1 .* 2 /s],
    [["--help"], 0, /mock .* a mock of S2/],
    [["--version"], 0, new RegExp(`^${manifest.version}\n$`)],
    [[], 2, /Usage: s2-token-contract COMMAND/],
    [["serve"], 2, /no such command: serve/],
    [["mock", "--port", "many"], 2, /--port: expected a number from 0 to 65535, found many/],
    [["mock", "--host", "1.2.3.4"], 2, /--host: 1\.2\.3\.4 is not an address of this machine/],
    [
      ["mock", "--document", "none.json"],
      2,
      /--document: none\.json: no such file; expected a document of Swagger 2\.0/,
    ],
    [
      ["mock", "--document", "package.json"],
      2,
      /--document: package\.json: package\.json:1:1 .*a document without a version/,
    ],
    [
      ["mock", "--document", "README.md"],
      2,
      /--document: README\.md: README\.md:\d+:\d+: .*; expected (?!JSON without comments)/,
    ],
    [["mock", "--faults", "package.json"], 2, /--faults: package\.json: fault plan: expected/],
    [
      ["mock", "--verdict-file", join(folder, "none", "x.xml")],
      2,
      /--verdict-file: .*x\.xml: no such file or folder$/m,
    ],
  ])("%j exits with %i", async (args, code, words) => {
    let text = "";
    const write = (line: string): void => {
      text += `${line}\n`;
    };
    expect(await runProgram(args, { out: write, error: write })).toBe(code);
    expect(text).toMatch(words);
    expect(text).not.toMatch(/^\s+at /m);
  });

  test("exits with the exit code and prints the message of wrong usage", async () => {
    const mock = start(["mock", "--port", "many"]);
    expect(await mock.ended).toBe(2);
    expect(mock.text()).toBe(
      "s2-token-contract: --port: expected a number from 0 to 65535, found many\n",
    );
  });
});

describe("a file for the verdict", () => {
  const own = join(folder, "verdicts");
  const old = join(own, "old.txt");
  const fresh = join(own, "fresh.txt");

  test("is checked at the start, and written at the end", async () => {
    mkdirSync(own);
    writeFileSync(old, "as it was");
    for (const file of [old, fresh]) {
      const broken = start(["mock", "--verdict-file", file, "--document", "none.json"]);
      expect(await broken.ended).toBe(2);
    }
    expect(readFileSync(old, "utf8")).toBe("as it was");
    expect(readdirSync(own)).toEqual(["old.txt"]);
    const mock = start(["mock", "--port", "0", "--verdict-file", old]);
    await printed(mock, listening);
    mock.child.kill("SIGTERM");
    expect(await mock.ended).toBe(0);
    expect(readFileSync(old, "utf8")).toMatch(/^Exercised by this consumer/);
  });

  test("with a failed verdict: the terminal shows the reason and the path", async () => {
    const args = ["mock", "--port", "0", "--verdict-file", old, "--require", "operations=100"];
    for (const more of [[], ["--json"]]) {
      const mock = start([...args, ...more]);
      await printed(mock, /http:\/\/127/);
      mock.child.kill("SIGTERM");
      expect(await mock.ended).toBe(1);
      expect(mock.text()).toMatch(
        more.length === 0
          ? /^Verdict: failed \(operations: 0 %, not 100 %\); details are in .*old\.txt$/m
          : /"event":"verdict","passed":false,"missed":\["operations: 0 %, not 100 %"\],"file":/,
      );
    }
  });

  test("that is not writable at the end: the mock prints the verdict and exits with 1", async () => {
    const mock = start(["mock", "--port", "0", "--verdict-file", fresh]);
    await printed(mock, listening);
    rmSync(own, { recursive: true });
    mock.child.kill("SIGTERM");
    expect(await mock.ended).toBe(1);
    expect(mock.text()).toMatch(/--verdict-file: .*fresh\.txt: no such file or folder/);
    expect(mock.text()).toContain("Exercised by this consumer");
    expect(existsSync(own)).toBe(false);
  });
});

test("a mock that cannot print its start stops, and removes its signal handlers", async () => {
  const port = await freePort("127.0.0.1");
  const listeners = process.listenerCount("SIGTERM");
  const out = (): void => {
    throw new Error("nobody reads");
  };
  const ran = runMock(["--port", String(port)], { out, error: out });
  await expect(ran).rejects.toThrow("nobody reads");
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow("fetch failed");
  expect(process.listenerCount("SIGTERM")).toBe(listeners);
});

test("a request cannot inject a line into the log", () => {
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

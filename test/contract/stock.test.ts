import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { ConflictError, S2 } from "../../src/index.js";
import { serveUnderBasePath } from "../../src/mock/stock/document.js";
import { startPrism } from "../../src/mock/stock/prism.js";

const main = fileURLToPath(new URL("../../src/mock/stock/main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "mock-test-"));
const running = new Set<ChildProcess>();
// A mock that does not end when told to must not outlive its test.
vi.setConfig({ testTimeout: 20_000 });
afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
  running.clear();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("each path is served as it is and under the base path of its server", () => {
  const item = { get: {} };
  const server = { url: "{host}/a/{version}/", variables: { version: { default: "v2" } } };
  const own = { get: {}, servers: [{ url: "https://other.test/own" }] };
  const paths = { "/things/{id}": item, "/things": item, "/own": own };
  const { document, samplePath } = serveUnderBasePath({
    servers: [{ ...server, variables: { ...server.variables, host: { default: "http://h" } } }],
    paths,
  });
  expect(document["paths"]).toEqual({
    ...paths,
    "/a/v2/things/{id}": item,
    "/a/v2/things": item,
    "/own/own": own,
  });
  expect(samplePath).toBe("/a/v2/things");
});

test("without a base path each path is served once", () => {
  const paths = { "/things": { get: {} } };
  expect(serveUnderBasePath({ paths }).document).toEqual({ paths });
  expect(() => serveUnderBasePath([])).toThrow("not an OpenAPI document");
});

test("the client takes what the stock Prism answers", async () => {
  const prism = await startPrism();
  try {
    const { accessTokens } = new S2({ accessToken: "any", endpoint: prism.url });
    const { accessTokens: listed } = await accessTokens.list();
    expect(listed.length).toBeGreaterThan(0);
    const issued = await accessTokens.issue({ id: "a/b", scope: { ops: ["read"] } });
    expect(issued.accessToken).toMatch(/not-a-real/);
    await expect(accessTokens.revoke({ id: "a/b" })).resolves.toBeUndefined();
    const Prefer = "code=409, example=resource_already_exists";
    const refused = accessTokens.issue(
      { id: "a", scope: { ops: ["read"] } },
      { headers: { Prefer } },
    );
    await expect(refused).rejects.toThrow(ConflictError);
  } finally {
    await prism.stop();
  }
});

test.each([["SIGINT"], ["SIGTERM"]] as const)("%s ends the mock and Prism", async (signal) => {
  const mock = start("--port", "0");
  const url = /new S2\(\{ accessToken: "any", endpoint: "(.*)" \}\)/;
  await printed(mock, url);
  const origin = url.exec(mock.text())?.[1] ?? "";
  const curl = /curl -H "(\S+): (.*)" (http\S+)/.exec(mock.text()) ?? [];
  const [, header = "", credential = "", sample = ""] = curl;
  expect(sample).toContain(origin);
  const answer = await fetch(sample, { headers: { [header]: credential, connection: "close" } });
  expect(answer.status).toBe(200);

  mock.child.kill(signal);
  expect(await mock.ended).toBe(0);
  await expect(fetch(sample)).rejects.toThrow("fetch failed");
});

test("Prism ends when the mock is killed", async () => {
  const mock = start("--port", "0");
  const url = /endpoint: "(.*)"/;
  await printed(mock, url);
  const origin = url.exec(mock.text())?.[1] ?? "";
  mock.child.kill("SIGKILL");
  await mock.ended;
  // No request: it would be logged into a closed pipe, which ends Prism too.
  await expect.poll(() => listens(origin), { timeout: 5000 }).toBe(false);
});

test("a busy port is named, without a stack", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const address = other.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const mock = start("--port", String(port));
  expect(await mock.ended).toBe(1);
  expect(mock.text()).toContain(`port ${port} of 127.0.0.1 is in use`);
  expect(mock.text()).not.toMatch(/^\s+at /m);
  other.close();
});

test.each([[["--port", "many"]], [["--port=65536"]], [["--port"]], [["--port", "-1"]]])(
  "%j is refused",
  async (args) => {
    const mock = start(...args);
    expect(await mock.ended).toBe(2);
    expect(mock.text()).toContain("--port: expected a number from 0 to 65535");
  },
);

test("help names the flags", async () => {
  const mock = start("--help");
  expect(await mock.ended).toBe(0);
  expect(mock.text()).toMatch(/--port N.*--errors.*Prefer: code=/s);
});

test("a start that fails says why in Prism's words", async () => {
  await expect(startPrism({ flags: ["--no-such-flag"] })).rejects.toThrow("Unknown argument");
  await expect(startPrism({ flags: ["-v", "silent"] })).rejects.toThrow("--verboseLevel silent");
  const empty = join(folder, "empty.json");
  writeFileSync(empty, JSON.stringify({ openapi: "3.1.0", info: {}, paths: {} }));
  await expect(startPrism({ document: empty })).rejects.toThrow("No operations found");
  await expect(startPrism({ document: join(folder, "none.json") })).rejects.toThrow("none.json");
});

interface Running {
  readonly child: ChildProcess;
  readonly text: () => string;
  readonly ended: Promise<unknown>;
}

function start(...args: string[]): Running {
  const child = spawn(process.execPath, ["--import", "tsx", main, ...args]);
  running.add(child);
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
  }
  const ended = once(child, "close").then(([code]: unknown[]) => code);
  return { child, text: () => text, ended };
}

function listens(origin: string): Promise<boolean> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  return new Promise<boolean>((resolve) => {
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
  }).finally(() => socket.destroy());
}

async function printed({ text }: Running, what: RegExp): Promise<void> {
  await expect.poll(text, { timeout: 30_000 }).toMatch(what);
}

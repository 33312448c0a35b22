import { once } from "node:events";
import { connect } from "node:http2";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import document from "../../generated/openapi.json" with { type: "json" };
import { type Mock, type RequestRecord, startMock } from "../../src/mock/index.js";
import { readLimits } from "../../src/mock/limits.js";
import { createListener, type ListenerOptions } from "../../src/mock/transport/listener.js";
import { openPort } from "../../src/mock/transport/port.js";
import { exchange } from "./raw.js";

const records: RequestRecord[] = [];
let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ onRequest: (record) => records.push(record) });
});
afterAll(() => mock?.stop());
beforeEach(() => {
  records.length = 0;
  mock.reset();
});

const path = "/v1/access-tokens";
const authorization = "Bearer not-a-real-root-token";

/** The status and the body of an answer over HTTP/2. */
async function ask(headers: Record<string, string>): Promise<{ status: unknown; text: string }> {
  const session = connect(mock.url);
  const stream = session.request(headers, { endStream: headers[":method"] !== "CONNECT" });
  let [status, text]: [unknown, string] = [undefined, ""];
  stream.setEncoding("utf8").on("data", (part: string) => {
    text += part;
  });
  stream.on("response", (answer) => {
    status = answer[":status"];
  });
  await once(stream, "end");
  session.close();
  return { status, text };
}

describe("a malformed request is logged, too", () => {
  test.each([
    ["garbage", "?\r\n\r\n", { method: "", path: "", status: 400, code: "mock_bad_http" }],
    [
      "headers that are too large",
      `GET / HTTP/1.1\r\nx: ${"a".repeat(20_000)}\r\n\r\n`,
      { method: "", path: "", status: 431, code: "mock_headers_too_large" },
    ],
    [
      "CONNECT",
      "CONNECT a:1 HTTP/1.1\r\n\r\n",
      { method: "CONNECT", path: "a:1", status: 405, code: "mock_method_not_allowed" },
    ],
    [
      "an expectation",
      `GET ${path} HTTP/1.1\r\nhost: localhost\r\nexpect: tea\r\n\r\n`,
      { method: "GET", path, status: 417, code: "mock_expectation_failed" },
    ],
  ])("HTTP/1.1: %s", async (_, payload, told) => {
    const { status, body } = await exchange(mock.port, payload);
    expect(status).toBe(told.status);
    expect(JSON.parse(body)).toEqual({ code: told.code, message: expect.any(String) });
    const { message } = JSON.parse(body);
    const all = { protocol: "HTTP/1.1", session: "default", reason: message };
    expect(records).toEqual([expect.objectContaining({ ...told, ...all })]);
    expect(mock.journal()).toEqual(records);
  });

  test.each([
    ["CONNECT", { ":method": "CONNECT", ":authority": "a:1" }, 405, "mock_method_not_allowed"],
    ["an expectation", { ":path": path, expect: "tea" }, 417, "mock_expectation_failed"],
  ])("HTTP/2: %s", async (_, headers, status, code) => {
    const answer = await ask(headers);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toEqual({ code, message: expect.any(String) });
    expect(records).toEqual([expect.objectContaining({ status, code, protocol: "HTTP/2" })]);
    expect(mock.journal()).toEqual(records);
  });
});

describe("a delayed response", () => {
  test("is logged when it is sent, with the whole time", async () => {
    const headers = { authorization, prefer: "fault=latency:400" };
    const answer = fetch(mock.url + path, { headers });
    // Another one, begun later and told earlier.
    await fetch(`${mock.url}${path}?limit=1`, { headers: { authorization } });
    expect(records.map((record) => record.path)).toEqual([`${path}?limit=1`]);
    await answer;
    expect(records.map((record) => record.path)).toEqual([`${path}?limit=1`, path]);
    expect(records[1]?.milliseconds).toBeGreaterThan(395);
    expect(records[1]?.reason).toBeUndefined();
    expect(mock.journal()).toEqual(records);
  });

  test("is logged when the client disconnects, with that reason", async () => {
    const headers = { authorization, prefer: "fault=latency:600000" };
    const answer = fetch(mock.url + path, { headers, signal: AbortSignal.timeout(200) });
    await expect(answer).rejects.toThrow();
    const session = connect(mock.url);
    const stream = session.request({ ":path": path, ...headers });
    stream.on("error", () => {});
    setTimeout(() => stream.close(8), 200);
    await expect.poll(() => records.length).toBe(2);
    session.close();
    for (const { status, reason, milliseconds } of records) {
      expect([status, reason]).toEqual([200, "the client went away"]);
      expect(milliseconds).toBeLessThan(600_000);
    }
    expect(mock.journal()).toEqual(records);
  });
});

describe("texts", () => {
  test("are truncated after redaction", async () => {
    const secret = "not-a-real-secret-0000000001-abcdef0123456789";
    // The end falls into the middle of the secret.
    const long = `/${"a".repeat(1985)}/${secret}/${"b".repeat(9000)}`;
    await fetch(mock.url + long, { headers: { authorization } });
    const host = `${"h".repeat(9000)}.test`;
    await exchange(mock.port, `GET / HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
    const [first, second] = records;
    expect(first?.path).toBe(`/${"a".repeat(1985)}/[secret]/${"b".repeat(4)}…`);
    expect(second?.reason).toMatch(/^The request is for the host h+…$/);
    expect(second?.reason).toHaveLength(2001);
  });

  test("contain no secret, not even in the method", async () => {
    await ask({ ":method": "not-a-real-root-token", ":path": path });
    expect(records[0]?.method).toBe("[secret]");
  });
});

describe("a response that cannot be sent", () => {
  const headers = structuredClone(document.components.headers);
  const odd = { "retry-after-ms": { schema: { type: "string" }, example: "soon → later" } };
  const broken = {
    ...document,
    components: { ...document.components, headers: { ...headers, ...odd } },
  };

  test("is logged as a failure of the mock, which keeps running", async () => {
    const told: RequestRecord[] = [];
    await using other = await startMock({
      document: broken,
      onRequest: (record) => told.push(record),
    });
    const call = (prefer: string): Promise<Response> =>
      fetch(other.url + path, { headers: { authorization, prefer } });
    const response = await call("code=429");
    const message = expect.stringContaining('header content ["retry-after-ms"]');
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ code: "mock_failed", message });
    expect(told).toMatchObject([{ status: 500, code: "mock_failed", reason: message }]);
    expect((await call("")).status).toBe(200);
  });

  test("closes its connection if the failure cannot be sent", async () => {
    // All that a refusal needs of them; and nothing can be told.
    const options = {
      limits: readLimits(),
      sessions: { get: () => undefined },
      coverage: { noteRefused: () => {} },
      redactor: {
        learn: () => {},
        redact: () => {
          throw new Error("planted");
        },
      },
    } as unknown as ListenerOptions;
    const limits = readLimits();
    const port = await openPort(createListener(options), { port: 0, host: "127.0.0.1", limits });
    const request = "GET / HTTP/1.1\r\nhost: localhost\r\nexpect: tea\r\n\r\n";
    expect((await exchange(port.port, request)).status).toBeUndefined();
    expect((await exchange(port.port, "?\r\n\r\n")).status).toBe(400);
    await port.close();
  });
});

test("is an error of the stream on HTTP/2", async () => {
  const session = connect(mock.url);
  const failed = once(session, "close");
  const stream = session.request({ ":path": path, authorization, prefer: "fault=reset" });
  stream.on("error", () => {});
  await expect(failed).rejects.toThrow("ECONNRESET");
});

import { once } from "node:events";
import http from "node:http";
import { connect } from "node:http2";
import net from "node:net";
import { describe, expect, test } from "vitest";
import { type Mock, startMock } from "../../src/mock/index.js";
import { manyTokens } from "./many-tokens.js";

/** Longer than any test may take: what ends in time was not ended by this. */
const patient = { stopTimeout: 600_000, headersTimeout: 600_000 };
const body = '{"id":"a","scope":{"ops":["read"]}}';

function headers({ rootToken }: Mock): Record<string, string> {
  return {
    authorization: `Bearer ${rootToken}`,
    "content-type": "application/json",
    // The answer to this says that the request is under way.
    expect: "100-continue",
  };
}

describe("on a stop, open requests are finished and new ones rejected", () => {
  test("HTTP/1.1", async () => {
    const mock = await startMock({ limits: patient });
    const agent = new http.Agent({ keepAlive: true });
    const request = http.request(`${mock.url}/v1/access-tokens`, {
      method: "POST",
      agent,
      headers: { ...headers(mock), "content-length": body.length },
    });
    request.flushHeaders();
    await once(request, "continue");
    const stopped = mock.stop();
    request.end(body);
    const [response]: http.IncomingMessage[] = await once(request, "response");
    response?.resume();
    expect(response?.statusCode).toBe(201);
    // It tells its client to keep the connection for nothing else.
    expect(response?.headers.connection).toBe("close");
    await stopped;
    await expect(fetch(`${mock.url}/v1/access-tokens`)).rejects.toThrow("fetch failed");
    agent.destroy();
  });

  test("HTTP/2", async () => {
    const mock = await startMock({ limits: patient });
    const session = connect(mock.url);
    const stream = session.request({
      ":method": "POST",
      ":path": "/v1/access-tokens",
      ...headers(mock),
    });
    await once(stream, "continue");
    const stopped = mock.stop();
    stream.end(body);
    const [answer]: { ":status"?: number }[] = await once(stream, "response");
    stream.resume();
    expect(answer?.[":status"]).toBe(201);
    await stopped;
    await expect(fetch(`${mock.url}/v1/access-tokens`)).rejects.toThrow("fetch failed");
  });

  test.concurrent.each(["HTTP/1.1", "HTTP/2"])(
    "a delayed response: %s",
    async (protocol) => {
      const mock = await startMock();
      const { "content-type": _, ...rest } = headers(mock);
      const all = { ...rest, prefer: "fault=latency:4000" };
      let answered: Promise<unknown>;
      if (protocol === "HTTP/2") {
        const stream = connect(mock.url).request({ ":path": "/v1/access-tokens", ...all });
        answered = once(stream.resume(), "response").then(([answer]) => answer[":status"]);
        await once(stream, "continue");
      } else {
        const request = http.get(`${mock.url}/v1/access-tokens`, { headers: all });
        answered = once(request, "response").then(([response]) => response.resume().statusCode);
        await once(request, "continue");
      }
      await mock.stop();
      expect(await answered).toBe(200);
    },
    20_000,
  );

  test("responses that the client reads later", async () => {
    const mock = await startMock({ limits: patient, tokens: manyTokens });
    const socket = net.connect(mock.port, "127.0.0.1");
    const one = `GET /v1/access-tokens HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${mock.rootToken}\r\n\r\n`;
    socket.write(one.repeat(20));
    // The last of them is answered, but not read.
    await expect.poll(() => mock.journal().length, { timeout: 20_000 }).toBe(20);
    const stopped = mock.stop();
    let text = "";
    socket.setEncoding("latin1").on("data", (part: string) => {
      text += part;
    });
    await once(socket, "end");
    expect(text.match(/HTTP\/1\.1 200/g)).toHaveLength(20);
    expect(text.endsWith('"has_more":false}')).toBe(true);
    await stopped;
  }, 30_000);
});

describe.concurrent("the stop ends in spite of", () => {
  const preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  const settings = "\0\0\0\x04\0\0\0\0\0";

  test.each([
    ["a client that says nothing", "", false],
    ["one that has said half a request", "GET /v1/acc", false],
    ["one that was refused, and holds its connection", "CONNECT a:1 HTTP/1.1\r\n\r\n", true],
    ["one that is no HTTP, and holds its connection", "?\r\n\r\n", true],
    ["one that had an answer, and holds its connection", "GET / HTTP/1.1\r\n\r\n", true],
    ["one that opens HTTP/2 and does not greet", preface, true],
    ["one that has greeted, and stands still", preface + settings, true],
  ])("%s", async (_, payload, isAnswered) => {
    const mock = await startMock({ limits: patient });
    // It reads, and never ends its own half.
    const socket = net.connect({ port: mock.port, host: "127.0.0.1", allowHalfOpen: true });
    socket.on("error", () => {});
    socket.write(payload);
    if (isAnswered) await once(socket, "data");
    else await once(socket, "connect");
    await mock.stop();
    socket.destroy();
  });

  test("clients that never finish their requests", async () => {
    const mock = await startMock({ limits: { stopTimeout: 200 } });
    const socket = net.connect(mock.port, "127.0.0.1");
    socket.on("error", () => {});
    const post = "POST /v1/access-tokens HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n";
    socket.write(`${post}expect: 100-continue\r\n\r\n`);
    await once(socket, "data");
    const stream = connect(mock.url).request({ ":method": "POST", expect: "100-continue" });
    stream.on("error", () => {});
    await once(stream, "continue");
    const closed = [once(socket, "close"), once(stream, "close")];
    await mock.stop();
    await Promise.all(closed);
  });

  test("stop can be called twice", async () => {
    const mock = await startMock();
    await Promise.all([mock.stop(), mock.stop()]);
    await mock.stop();
  });
});

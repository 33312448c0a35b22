import net from "node:net";
import { describe, expect, test } from "vitest";
import { startMock } from "../../src/mock/index.js";

const auth = "Host: localhost\r\nAuthorization: Bearer not-a-real-root-token\r\n";
const list = `GET /v1/access-tokens HTTP/1.1\r\n${auth}\r\n`;
const slowList = `GET /v1/access-tokens HTTP/1.1\r\n${auth}Prefer: fault=latency:300\r\n\r\n`;

function issue(id: string, headers: string = ""): string {
  const body = JSON.stringify({ id, scope: { ops: ["read"] } });
  const type = "Content-Type: application/json\r\n";
  if (headers !== "") {
    const size = body.length.toString(16);
    return `POST /v1/access-tokens HTTP/1.1\r\n${auth}${type}${headers}\r\n${size}\r\n${body}\r\n0\r\n\r\n`;
  }
  return `POST /v1/access-tokens HTTP/1.1\r\n${auth}${type}Content-Length: ${body.length}\r\n\r\n${body}`;
}

/** Sends bytes on one connection, and gives all that comes until its end. */
function conversation(port: number, bytes: string | Buffer): Promise<Buffer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = net.connect({ port, host: "127.0.0.1", allowHalfOpen: true }, () => {
      socket.write(bytes);
    });
    socket.on("data", (chunk) => chunks.push(chunk));
    for (const event of ["end", "error"]) {
      socket.once(event, () => {
        socket.destroy();
        resolve(Buffer.concat(chunks));
      });
    }
  });
}

function statuses(bytes: Buffer): readonly number[] {
  return [...bytes.toString("latin1").matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, code]) =>
    Number(code),
  );
}

describe.concurrent("complete requests get responses before what follows is rejected", () => {
  const chunked = "Transfer-Encoding: chunked\r\n";
  test.each<[string, string, readonly number[]]>([
    ["no HTTP", `${issue("a")}GARBAGE\0\r\n\r\n`, [201, 400]],
    ["no HTTP, after two", `${issue("a")}${issue("b")}\0\r\n\r\n`, [201, 201, 400]],
    ["no HTTP, while the response waits", `${slowList}\0\r\n\r\n`, [200, 400]],
    ["a proxy's request", `${slowList}CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n`, [200, 405]],
    ["headers that are too large", `${list}GET / HTTP/1.1\r\nX: ${"x".repeat(20_000)}`, [200, 431]],
    [
      "a body in bad chunks",
      `${slowList}POST /v1/access-tokens HTTP/1.1\r\n${auth}${chunked}\r\nzz\r\n`,
      [200, 400],
    ],
    ["half a request that never ends", `${list}GET /v1/acc`, [200, 408]],
  ])("%s", async (_, bytes, want) => {
    await using mock = await startMock({ limits: { headersTimeout: 500, requestTimeout: 500 } });
    expect(statuses(await conversation(mock.port, bytes))).toEqual(want);
  });

  test("half a request, then a half-closed connection", async () => {
    await using mock = await startMock();
    const answer = await new Promise<string>((resolve) => {
      let text = "";
      const socket = net.connect({ port: mock.port, host: "127.0.0.1", allowHalfOpen: true });
      socket.setEncoding("latin1").on("data", (part: string) => {
        text += part;
      });
      socket.once("close", () => resolve(text));
      socket.on("error", () => {});
      socket.end(`${slowList}GET /v1/acc`);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe("an ambiguous request is rejected, and not applied", () => {
  test.each<[string, string, number, string]>([
    ["Host", "Host: evil.example\r\n", 400, "mock_repeated_header"],
    ["the same Host", "Host: localhost\r\n", 400, "mock_repeated_header"],
    ["Authorization", "Authorization: Bearer other\r\n", 400, "mock_repeated_header"],
    ["Content-Type", "Content-Type: text/plain\r\n", 400, "mock_repeated_header"],
    ["mock-session", "mock-session: a\r\nmock-session: b\r\n", 400, "mock_repeated_header"],
    ["two codings", "Transfer-Encoding: gzip, chunked\r\n", 501, "mock_transfer_coding"],
    ["two codings, in two", "Transfer-Encoding: gzip\r\n", 501, "mock_transfer_coding"],
    [
      "the coding identity",
      "Transfer-Encoding: identity, chunked\r\n",
      501,
      "mock_transfer_coding",
    ],
  ])("%s", async (_, header, status, code) => {
    await using mock = await startMock();
    const last = header.includes("chunked") ? "" : "Transfer-Encoding: chunked\r\n";
    const answer = await conversation(mock.port, issue("a", header + last));
    expect(statuses(answer)).toEqual([status]);
    expect(answer.toString()).toContain(`"code":"${code}"`);
    expect(mock.tokens()).toEqual([]);
  });

  test.each(["chunked", "Chunked", " chunked "])(
    "Transfer-Encoding: %s is accepted",
    async (coding) => {
      await using mock = await startMock();
      const close = `Transfer-Encoding:${coding}\r\nConnection: close\r\n`;
      expect(statuses(await conversation(mock.port, issue("a", close)))).toEqual([201]);
    },
  );
});

/** A frame of HTTP/2 (RFC 9113 §4.1). */
function frame(type: number, flags: number, stream: number, payload: readonly number[]): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, Buffer.from(payload)]);
}

const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);
const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

describe.concurrent("the mock closes an HTTP/2 connection after a protocol error", () => {
  test.each<[string, Buffer]>([
    ["DATA on the stream 0", frame(0, 0, 0, [1])],
    ["a stream of an even number", frame(1, 5, 2, [0x82])],
    ["headers that cannot be decoded", frame(1, 5, 1, [255, 255, 255, 255, 255, 255])],
    ["SETTINGS of a wrong length", frame(4, 0, 0, zeros(5))],
    ["a PING of a wrong length", frame(6, 0, 0, zeros(7))],
    ["a window that grows by nothing", frame(8, 0, 0, zeros(4))],
    ["CONTINUATION of nothing", frame(9, 4, 1, [0x82])],
    ["a frame that is too large", frame(0, 0, 1, zeros(20_000))],
    ["a pushed stream", frame(5, 4, 1, zeros(4))],
  ])("%s", async (_, bytes) => {
    await using mock = await startMock();
    const answer = await conversation(
      mock.port,
      Buffer.concat([preface, frame(4, 0, 0, []), bytes]),
    );
    // GOAWAY.
    expect([...answer].some((byte, at) => byte === 7 && answer.readUIntBE(at - 3, 3) < 100)).toBe(
      true,
    );
  });

  test("and keeps one without an error open", async () => {
    await using mock = await startMock();
    const socket = net.connect(mock.port, "127.0.0.1");
    let isEnded = false;
    socket.once("end", () => {
      isEnded = true;
    });
    socket.resume().write(Buffer.concat([preface, frame(4, 0, 0, [])]));
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(isEnded).toBe(false);
    socket.destroy();
  });
});

test.each([
  "GET http://other.example/v1/access-tokens HTTP/1.1\r\nHost: localhost",
  "GET http://localhost@other.example/v1/access-tokens HTTP/1.1\r\nHost: localhost",
  "GET /v1/access-tokens HTTP/1.1\r\nHost: user@localhost",
  "GET /v1/access-tokens HTTP/1.1\r\nHost: localhost/path",
  "GET /v1/access-tokens HTTP/1.1\r\nHost: localhost?query",
  "GET /v1/access-tokens HTTP/1.1\r\nHost: localhost#fragment",
  "GET /v1/access-tokens HTTP/1.1\r\nHost: localhost, other.example",
])("another host, or more than a host, is rejected: %j", async (head) => {
  await using mock = await startMock();
  const token = `Authorization: Bearer ${mock.rootToken}`;
  const bytes = `${head}\r\n${token}\r\nConnection: close\r\n\r\n`;
  expect(statuses(await conversation(mock.port, bytes))).toEqual([403]);
});

test("a request line with the mock's full URL is accepted", async () => {
  await using mock = await startMock();
  const head = `GET ${mock.url}/v1/access-tokens HTTP/1.1\r\nHost: 127.0.0.1`;
  const bytes = `${head}\r\nAuthorization: Bearer ${mock.rootToken}\r\nConnection: close\r\n\r\n`;
  expect(statuses(await conversation(mock.port, bytes))).toEqual([200]);
});

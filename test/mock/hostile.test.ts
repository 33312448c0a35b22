import { once } from "node:events";
import { connect } from "node:http2";
import net from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Mock, type RequestRecord, startMock } from "../../src/mock/index.js";
import { hostileRequests } from "./hostile-requests.js";
import { answerOn, exchange } from "./raw.js";

const limits = { headersTimeout: 500, requestTimeout: 500, maxTokens: 50 };
const faults: unknown[] = [];
const note = (fault: unknown): void => {
  faults.push(fault);
};
const records: RequestRecord[] = [];
let mock: Mock;
beforeAll(async () => {
  process.on("unhandledRejection", note).on("uncaughtExceptionMonitor", note).on("warning", note);
  mock = await startMock({ limits, onRequest: (record) => records.push(record) });
});
afterAll(async () => {
  await mock.stop();
  process
    .off("unhandledRejection", note)
    .off("uncaughtExceptionMonitor", note)
    .off("warning", note);
});

const authorization = "Bearer not-a-real-root-token";

async function expectAlive(): Promise<void> {
  const response = await fetch(`${mock.url}/v1/access-tokens?limit=1`, {
    headers: { authorization },
  });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ access_tokens: expect.any(Array) });
}

/** An answer in the shape of every error; of successes the body is checked by the mock itself. */
function expectShape(status: number, body: string): void {
  if (status < 400) return;
  expect(JSON.parse(body)).toEqual({
    code: expect.stringMatching(/^\w+$/),
    message: expect.stringMatching(/./),
  });
}

describe("a hostile request gets a response in the contract's shape, and the next request works", () => {
  test("the table has more than a hundred", () => {
    expect(new Set(hostileRequests.map(({ what }) => what)).size).toBeGreaterThan(130);
  });

  test.each(hostileRequests)("$what", async ({ payload, wanted }) => {
    const { status, body } = await exchange(mock.port, payload);
    expect(wanted, body).toContain(status ?? 0);
    if (status !== undefined) expectShape(status, body);
    await expectAlive();
  });
});

describe("hostile connections", () => {
  test("half a request, then nothing", async () => {
    const { status, body } = await exchange(
      mock.port,
      "GET /v1/access-tokens HTTP/1.1\r\nhost: lo",
    );
    expect(status).toBe(408);
    expectShape(408, body);
    await expectAlive();
  });

  test("no byte at all", async () => {
    expect((await exchange(mock.port, "")).status).toBeUndefined();
    await expectAlive();
  });

  test("the start of HTTP/2, then nothing", async () => {
    expect((await exchange(mock.port, "PR")).status).toBeUndefined();
    await expectAlive();
  });

  test("a body that does not arrive", async () => {
    const head = `POST /v1/access-tokens HTTP/1.1\r\nhost: localhost\r\nauthorization: ${authorization}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{`;
    const { status, body } = await exchange(mock.port, head);
    expect(status).toBe(408);
    expect(body).toContain("mock_request_timeout");
    await expectAlive();
  });

  test.each([
    ["half a request", "GET /v1/acc"],
    [
      "half a body",
      "POST /v1/access-tokens HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n{",
    ],
    ["a whole request", "GET /v1/access-tokens HTTP/1.1\r\nhost: localhost\r\n\r\n"],
    ["the start of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    ["nothing", ""],
  ])("a half-closed connection after %s", async (_, payload) => {
    const { status, body } = await exchange(mock.port, payload, { halfClose: true });
    if (status !== undefined) expectShape(status, body);
    await expectAlive();
  });

  test.each([
    ["nothing", ""],
    ["what may be HTTP/2", "PR"],
  ])("a half-closed connection after %s is closed at once", async (_, payload) => {
    // Longer than any test may take: its end is not what ends the connection.
    const patient = await startMock({ limits: { headersTimeout: 600_000 } });
    const { status } = await exchange(patient.port, payload, { halfClose: true });
    expect(status).toBeUndefined();
    await patient.stop();
  });

  test("many pipelined requests on one connection", async () => {
    const one = `GET /v1/access-tokens HTTP/1.1\r\nhost: localhost\r\nauthorization: ${authorization}\r\n\r\n`;
    const socket = net.connect(mock.port, "127.0.0.1");
    let text = "";
    socket.setEncoding("latin1").on("data", (part: string) => {
      text += part;
    });
    socket.write(one.repeat(200));
    await expect.poll(() => text.match(/HTTP\/1\.1 200/g)?.length, { timeout: 20_000 }).toBe(200);
    socket.destroy();
  });

  test("connections that are reset at once", async () => {
    for (let index = 0; index < 200; index += 1) {
      const socket = net.connect(mock.port, "127.0.0.1");
      socket.on("error", () => {});
      await once(socket, "connect");
      if (index % 2 === 0) socket.write("GET /v1/access-tokens HTTP/1.1\r\nhost: loc");
      socket.resetAndDestroy();
    }
    await expectAlive();
  });

  test("2 000 open connections that send nothing", async () => {
    const sockets = Array.from({ length: 2000 }, () => {
      const socket = net.connect(mock.port, "127.0.0.1");
      socket.on("error", () => {});
      return socket;
    });
    await Promise.all(sockets.map((socket) => once(socket, "connect")));
    await expectAlive();
    for (const socket of sockets) socket.destroy();
    await expectAlive();
  });

  test("a flood of issues ends at maxTokens, and the error names it", async () => {
    const answers = Array.from({ length: 80 }, (_, index) =>
      fetch(`${mock.url}/v1/access-tokens`, {
        method: "POST",
        headers: { authorization, "content-type": "application/json", "mock-session": "flood" },
        body: JSON.stringify({ id: `t${index}`, scope: { ops: ["read"] } }),
      }).then(async (response) => `${response.status} ${(await response.text()).slice(0, 26)}`),
    );
    const all = await Promise.all(answers);
    expect(all.filter((answer) => answer.startsWith("201"))).toHaveLength(50);
    expect(all.filter((answer) => answer === '403 {"code":"quota_exhausted",')).toHaveLength(30);
  });
});

describe("hostile HTTP/2", () => {
  const preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  const frame = (type: number, flags: number, stream: number, payload: Buffer): Buffer => {
    const head = Buffer.alloc(9);
    head.writeUIntBE(payload.length, 0, 3);
    head.writeUInt8(type, 3);
    head.writeUInt8(flags, 4);
    head.writeUInt32BE(stream, 5);
    return Buffer.concat([head, payload]);
  };
  const settings = frame(4, 0, 0, Buffer.alloc(0));
  const opening = Buffer.concat([Buffer.from(preface), settings]);

  test.concurrent.each<[string, Buffer]>([
    ["another preface", Buffer.from("PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n")],
    ["a preface of another version", Buffer.from("PRI * HTTP/3.0\r\n\r\nSM\r\n\r\n")],
    ["random bytes after the preface", Buffer.from(`${preface}${"\xff".repeat(100)}`, "latin1")],
    ["HTTP/1.1 after the preface", Buffer.from(`${preface}GET / HTTP/1.1\r\n\r\n`)],
    ["data on no stream", Buffer.concat([opening, frame(0, 0, 0, Buffer.from("x"))])],
    [
      "data on a stream that is not open",
      Buffer.concat([opening, frame(0, 0, 1, Buffer.from("x"))]),
    ],
    [
      "headers that cannot be unpacked",
      Buffer.concat([opening, frame(1, 5, 1, Buffer.from([255, 255, 255]))]),
    ],
    ["headers on an even stream", Buffer.concat([opening, frame(1, 5, 2, Buffer.from([0x82]))])],
    ["headers without a path", Buffer.concat([opening, frame(1, 5, 1, Buffer.from([0x82]))])],
    ["a continuation of nothing", Buffer.concat([opening, frame(9, 4, 1, Buffer.alloc(1))])],
    ["a window of zero", Buffer.concat([opening, frame(8, 0, 0, Buffer.alloc(4))])],
    [
      "a window that overflows",
      Buffer.concat([opening, frame(8, 0, 0, Buffer.from([127, 255, 255, 255]))]),
    ],
    ["settings of a wrong length", Buffer.concat([opening, frame(4, 0, 0, Buffer.alloc(5))])],
    [
      "a setting that is not allowed",
      Buffer.concat([opening, frame(4, 0, 0, Buffer.from([0, 2, 0, 0, 0, 9]))]),
    ],
    ["a ping of a wrong length", Buffer.concat([opening, frame(6, 0, 0, Buffer.alloc(3))])],
    ["2 000 settings", Buffer.concat([opening, ...Array(2000).fill(settings)])],
    ["2 000 pings", Buffer.concat([opening, ...Array(2000).fill(frame(6, 0, 0, Buffer.alloc(8)))])],
    ["a frame that is too large", Buffer.concat([opening, frame(0, 0, 1, Buffer.alloc(100_000))])],
    ["a goaway at once", Buffer.concat([opening, frame(7, 0, 0, Buffer.alloc(8))])],
  ])("%s", async (_, payload) => {
    await exchange(mock.port, payload, { halfClose: true });
    await expectAlive();
  });

  test("a thousand requests that are cancelled at once", async () => {
    const session = connect(mock.url);
    session.on("error", () => {});
    for (let index = 0; index < 1000 && !session.destroyed; index += 1) {
      const stream = session.request({ ":path": "/v1/access-tokens", authorization });
      stream.on("error", () => {});
      stream.close(8);
    }
    session.destroy();
    await expectAlive();
  });

  test.each<[string, Record<string, string>, string, number]>([
    ["headers that are too large", { x: "a".repeat(30_000) }, "", 431],
    ["a foreign host", { ":authority": "evil.test" }, "", 403],
    ["a broken escape", { ":path": "/v1/access-tokens/%" }, "", 400],
    ["an unknown method", { ":method": "FLY" }, "", 405],
    ["a path with a line break", { ":path": "/v1/a\nb" }, "", 0],
    ["a body that is too large", { ":method": "POST" }, "x".repeat(2_000_000), 413],
    ["malformed JSON", { ":method": "POST", "content-type": "application/json" }, "{", 400],
  ])("%s", async (_, headers, body, want) => {
    const session = connect(mock.url);
    session.on("error", () => {});
    const stream = session.request(
      { ":path": "/v1/access-tokens", authorization, ...headers },
      { endStream: body === "" },
    );
    if (body !== "") stream.end(body);
    const { status = 0, body: text } = await answerOn(stream);
    session.destroy();
    expect(status).toBe(want);
    if (status > 0) expectShape(status, text);
    await expectAlive();
  });

  test("a body that does not arrive", async () => {
    const session = connect(mock.url);
    const stream = session.request({
      ":method": "POST",
      ":path": "/v1/access-tokens",
      authorization,
    });
    stream.write("{");
    const [answer]: { ":status"?: number }[] = await once(stream, "response");
    expect(answer?.[":status"]).toBe(408);
    session.destroy();
    await expectAlive();
  });
});

test("no error was unhandled, and no response violated the contract", () => {
  expect(faults).toEqual([]);
  const own = records.filter(({ code }) => code !== "mock_transfer_coding");
  expect(own.filter(({ status }) => status >= 500)).toEqual([]);
});

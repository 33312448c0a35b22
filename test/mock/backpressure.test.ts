import { once } from "node:events";
import { type ClientHttp2Session, type ClientHttp2Stream, connect } from "node:http2";
import net from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { type Mock, type MockOptions, startMock } from "../../src/mock/index.js";
import { manyTokens } from "./many-tokens.js";

const token = "not-a-real-root-token";
const path = "/v1/access-tokens";
const get = `GET ${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\n\r\n`;
/** Longer than any test may take: what ends in time was not ended by these. */
const patient = { answerTimeout: 600_000, requestTimeout: 600_000, stopTimeout: 600_000 };

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function start(
  limits: MockOptions["limits"],
  onRequest?: MockOptions["onRequest"],
): Promise<Mock> {
  const all = { ...patient, ...limits };
  const mock = await startMock({ limits: all, tokens: manyTokens, onRequest });
  ends.unshift(mock.stop);
  return mock;
}

/** A client that sends and does not read. */
function deaf(mock: Mock, requests: number): net.Socket {
  const socket = net.connect(mock.port, "127.0.0.1");
  ends.unshift(() => socket.destroy());
  socket.on("error", () => {});
  socket.write(get.repeat(requests));
  return socket;
}

/** How many whole answers it finds once it reads, until there is no more. */
async function answersOf(socket: net.Socket, wanted: number): Promise<number> {
  const mark = '"has_more":false}';
  let count = 0;
  let rest = "";
  await new Promise<void>((resolve) => {
    if (socket.closed) resolve();
    socket.once("close", () => resolve());
    socket.setEncoding("latin1").on("data", (part: string) => {
      const pieces = (rest + part).split(mark);
      count += pieces.length - 1;
      rest = pieces.at(-1)?.slice(-mark.length) ?? "";
      if (count === wanted) resolve();
    });
  });
  return count;
}

async function expectAlive(mock: Mock): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(mock.url + path, { headers });
  expect(await response.json()).toMatchObject({ access_tokens: { length: manyTokens.length } });
}

describe("clients that do not read their responses", () => {
  // What the system itself keeps of a connection is some megabytes; these answers have more.
  const requests = 30;
  const size = 4_000_000;

  test("HTTP/1.1: the mock closes connections with too many unread bytes, and serves others", async () => {
    let told = 0;
    const mock = await start({ maxPendingBytes: size }, () => {
      told += 1;
    });
    const sockets = Array.from({ length: 12 }, () => deaf(mock, requests));
    // Until nobody takes any more.
    for (let before = -1; before !== told; ) {
      before = told;
      await new Promise((resolve) => setTimeout(resolve, 700));
    }
    await expectAlive(mock);
    const counts = await Promise.all(sockets.map((socket) => answersOf(socket, requests)));
    // Each may keep a quarter, and those that are left have all that they asked for, now that they read.
    const whole = counts.filter((count) => count === requests).length;
    expect(whole).toBeGreaterThan(0);
    expect(whole).toBeLessThan(8);
  }, 60_000);

  test("HTTP/2: the mock closes connections with too many unread bytes, and serves others", async () => {
    const mock = await start({ maxPendingBytes: size });
    let closed = 0;
    for (let index = 0; index < 6; index += 1) {
      const session = open(mock);
      session.on("close", () => {
        closed += 1;
      });
      for (let each = 0; each < requests; each += 1) ask(session);
    }
    await expect.poll(() => closed, { timeout: 20_000 }).toBeGreaterThan(1);
    await expectAlive(mock);
  }, 60_000);

  test("a client that waits stays connected while another does not read", async () => {
    const mock = await start({ maxPendingBytes: size });
    const slow = get.replace("\r\n\r\n", "\r\nprefer: fault=latency:1500\r\n\r\n");
    const waiting = net.connect(mock.port, "127.0.0.1");
    ends.unshift(() => waiting.destroy());
    waiting.write(slow);
    for (let index = 0; index < 12; index += 1) deaf(mock, requests);
    expect(await answersOf(waiting, 1)).toBe(1);
  }, 60_000);

  test("HTTP/2: a client that reads gets all responses to many simultaneous requests", async () => {
    const mock = await start({ maxPendingBytes: size });
    const session = connect(mock.url);
    ends.unshift(() => session.destroy());
    const lengths = Array.from({ length: 60 }, async () => {
      const stream = ask(session);
      let length = 0;
      stream.on("data", (part: Buffer) => {
        length += part.length;
      });
      await once(stream, "close");
      return length;
    });
    const all = new Set(await Promise.all(lengths));
    expect(all.size).toBe(1);
    expect([...all][0]).toBeGreaterThan(100_000);
  }, 60_000);

  test("HTTP/1.1: the mock closes a connection that reads nothing for answerTimeout", async () => {
    const mock = await start({ answerTimeout: 300 });
    const socket = deaf(mock, requests);
    await expect.poll(() => mock.journal().length).toBeGreaterThan(0);
    // It waits for what is under way, and for nothing else.
    await mock.stop();
    expect(await answersOf(socket, requests)).toBeLessThan(requests);
  }, 60_000);

  test("HTTP/2: the mock cancels a response that is not read for answerTimeout, and keeps the session", async () => {
    const mock = await start({ answerTimeout: 300 });
    const session = open(mock);
    const stream = ask(session);
    await once(stream, "close");
    expect(stream.rstCode).toBe(8);
    const [answer]: { ":status"?: number }[] = await once(ask(session, "HEAD"), "response");
    expect(answer?.[":status"]).toBe(200);
  });

  test("HTTP/2: the mock closes an idle session, and keeps one that waits for a response", async () => {
    const mock = await start({ requestTimeout: 200 });
    const [idle, waiting] = [open(mock), open(mock)];
    const stream = ask(waiting, "HEAD", { prefer: "fault=latency:1500" });
    await once(idle, "close");
    const [answer]: { ":status"?: number }[] = await once(stream, "response");
    expect(answer?.[":status"]).toBe(200);
  });

  test("a delayed response does not count as unread, alone or behind another", async () => {
    const mock = await start({ answerTimeout: 200 });
    const socket = net.connect(mock.port, "127.0.0.1");
    ends.unshift(() => socket.destroy());
    const slow = get.replace("\r\n\r\n", "\r\nprefer: fault=latency:900\r\n\r\n");
    socket.write(get + slow);
    expect(await answersOf(socket, 2)).toBe(2);
  });

  function open(mock: Mock): ClientHttp2Session {
    const session = connect(mock.url, { settings: { initialWindowSize: 0 } });
    ends.unshift(() => session.destroy());
    return session.on("error", () => {});
  }

  function ask(session: ClientHttp2Session, method = "GET", headers = {}): ClientHttp2Stream {
    const authorization = `Bearer ${token}`;
    const stream = session.request({ ":method": method, ":path": path, authorization, ...headers });
    return stream.on("error", () => {});
  }
});

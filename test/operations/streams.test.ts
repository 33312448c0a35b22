import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createClient } from "../golden/streams/want/api.js";
import { ContractError, TransportError } from "../golden/streams/want/index.js";
import { json, type RealServer, startServer } from "./server.js";

let server: RealServer;
let logs: ReturnType<typeof createClient>["logs"];
beforeAll(async () => {
  server = await startServer();
  logs = createClient({ baseUrl: server.baseUrl, retry: false }).logs;
});
afterAll(() => server.close());

const line = (text: string): string => JSON.stringify({ written_at: "2026-01-01T00:00:00Z", text });
const read = (text: string): object => ({ writtenAt: new Date("2026-01-01T00:00:00Z"), text });
const event = (text: string): object => ({
  data: read(text),
  event: undefined,
  id: undefined,
  retry: undefined,
});
const body =
  (...chunks: string[]): RealServer["answer"] =>
  (response) => {
    for (const chunk of chunks) response.write(chunk);
    response.end();
  };
async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

test("lines of JSON arrive one by one, and are sent so", async () => {
  server.answer = body(
    `${line("a")}\n${line("b").slice(0, 10)}`,
    `${line("b").slice(10)}\r\n\n${line("c")}`,
  );
  expect(await all(await logs.tail())).toEqual([read("a"), read("b"), read("c")]);
  expect(server.last().headers.accept).toBe("application/x-ndjson");
  server.answer = (response) => void response.writeHead(204).end();
  await logs.append({ body: new Set([{ writtenAt: "2026-01-01T00:00:00Z", text: "a" }]) });
  expect(server.last().body.toString()).toBe(`${line("a")}\n`);
});

test("server-sent events, until the last one says so", async () => {
  server.answer = body(
    `: hi\n\ndata: ${line("a")}\n\n`,
    `data: ${line("b")}\n\ndata: [DONE]\n\ndata: ${line("c")}\n\n`,
  );
  expect(await all(await logs.watchEvents())).toEqual([event("a"), event("b")]);
});

test("JSON by default, events or bytes by option", async () => {
  server.answer = json(200, JSON.parse(line("a")));
  expect(await logs.createAnswer({ prompt: "p" })).toEqual(read("a"));
  server.answer = body(`data: ${line("b")}\n\n`);
  const events = await logs.createAnswer(
    { prompt: "p", stream: true },
    { accept: "text/event-stream" },
  );
  expect(await all(events)).toEqual([event("b")]);
  expect(server.last().headers.accept).toBe("text/event-stream");
  server.answer = body("sound");
  const sound = await logs.createAnswer({ prompt: "p" }, { accept: "audio/mpeg" });
  expect(await sound.text()).toBe("sound");
});

describe("what goes wrong on the way", () => {
  test("an error status is the call's", async () => {
    server.answer = json(429, {});
    await expect(logs.tail()).rejects.toMatchObject({ status: 429 });
  });
  test("an item that breaks the contract", async () => {
    server.answer = body(`${line("a")}\n{"text":1}\n`);
    const items = (await logs.tail())[Symbol.asyncIterator]();
    expect((await items.next()).value).toEqual(read("a"));
    await expect(items.next()).rejects.toBeInstanceOf(ContractError);
  });
  test("a line that is no JSON, whose text is not shown", async () => {
    server.answer = body("secret\n");
    const failed = all(await logs.tail());
    await expect(failed).rejects.toBeInstanceOf(ContractError);
    await expect(failed).rejects.not.toThrow("secret");
  });
  test("a connection that breaks", async () => {
    server.answer = (response) => {
      response.writeHead(200, { "transfer-encoding": "chunked" });
      response.write(`${line("a")}\n`, () => setTimeout(() => response.socket?.destroy(), 20));
    };
    const items = (await logs.tail())[Symbol.asyncIterator]();
    expect((await items.next()).value).toEqual(read("a"));
    await expect(items.next()).rejects.toBeInstanceOf(TransportError);
  });
  test("leaving the loop, and an abort, close the connection", async () => {
    for (const way of ["leave", "abort"]) {
      const control = new AbortController();
      const closed = new Promise<void>((resolve) => {
        server.answer = (response) => {
          response.on("close", resolve);
          response.write(`${line("a")}\n`);
        };
      });
      const items = await logs.tail({}, { signal: control.signal });
      const walk = async (): Promise<void> => {
        for await (const _ of items) {
          if (way === "leave") break;
          control.abort(new Error("enough"));
        }
      };
      if (way === "leave") await walk();
      else await expect(walk()).rejects.toThrow("enough");
      await closed;
    }
  });
});

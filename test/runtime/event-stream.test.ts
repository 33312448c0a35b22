import { describe, expect, test } from "vitest";
import { bodyLines } from "../../src/runtime/body-lines.js";
import { lineEnds, readEvents } from "../../src/runtime/event-stream.js";

/** A body that arrives in these chunks; `pulled` counts those that were asked for. */
function bodyOf(
  chunks: readonly string[],
  end = true,
): { body: ReadableStream<Uint8Array>; facts: { pulled: number; cancelled: unknown } } {
  const facts: { pulled: number; cancelled: unknown } = { pulled: 0, cancelled: undefined };
  const bytes = chunks.map((chunk) => new TextEncoder().encode(chunk));
  const body = new ReadableStream<Uint8Array>(
    {
      pull(control) {
        const next = bytes[facts.pulled];
        if (next !== undefined) {
          facts.pulled += 1;
          control.enqueue(next);
        } else if (end) control.close();
      },
      cancel(reason) {
        facts.cancelled = reason ?? "left";
      },
    },
    { highWaterMark: 0 },
  );
  return { body, facts };
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** Splits a text at every place, so that no end of a line is in a lucky position. */
function chunkings(text: string): string[][] {
  return Array.from({ length: text.length + 1 }, (_, at) => [text.slice(0, at), text.slice(at)]);
}

describe("lines", () => {
  test("are the same for any chunks", async () => {
    const text = "a\r\n\nbü\rc";
    for (const chunks of [[...text], ...chunkings(text)]) {
      expect(await all(bodyLines(bodyOf(chunks).body, undefined, lineEnds))).toEqual([
        "a",
        "",
        "bü",
        "c",
      ]);
    }
  });

  test("a character is split between chunks", async () => {
    const bytes = new TextEncoder().encode("ü\n");
    const body = new ReadableStream<Uint8Array>({
      start(control) {
        for (const byte of bytes) control.enqueue(Uint8Array.of(byte));
        control.close();
      },
    });
    expect(await all(bodyLines(body, undefined, lineEnds))).toEqual(["ü"]);
  });

  test("a chunk is read when the consumer wants a line", async () => {
    const { body, facts } = bodyOf(["1\n", "2\n", "3\n"]);
    const lines = bodyLines(body, undefined, lineEnds);
    await lines.next();
    expect(facts.pulled).toBe(1);
    await lines.next();
    expect(facts.pulled).toBe(2);
  });

  test("leaving the loop cancels the body", async () => {
    const { body, facts } = bodyOf(["1\n"], false);
    for await (const line of bodyLines(body, undefined, lineEnds)) {
      expect(line).toBe("1");
      break;
    }
    expect(facts.cancelled).toBe("left");
  });

  test("an abort during the wait for a chunk rejects with its reason", async () => {
    const { body, facts } = bodyOf(["1\n"], false);
    const control = new AbortController();
    const lines = bodyLines(body, control.signal, lineEnds);
    await lines.next();
    const waiting = lines.next();
    const reason = new Error("enough");
    control.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect(facts.cancelled).toBe(reason);
  });

  test("an endless line is rejected before it fills the memory", async () => {
    const chunk = "x".repeat(1024 * 1024);
    const { body } = bodyOf(Array.from({ length: 40 }, () => chunk));
    await expect(all(bodyLines(body, undefined, lineEnds))).rejects.toThrow("a line longer than");
  });
});

describe("events", () => {
  const read = (text: string): Promise<unknown> =>
    all(readEvents(bodyLines(bodyOf([text]).body, undefined, lineEnds)));

  test.each([
    ["data: a\n\n", [{ data: "a" }]],
    ["data:a\ndata: b\n\n", [{ data: "a\nb" }]],
    ["data:  a\n\n", [{ data: " a" }]],
    [": comment\n\ndata: a\n\n", [{ data: "a" }]],
    [
      "event: x\nid: 1\nretry: 50\ndata: a\n\ndata: b\n\n",
      [
        { data: "a", event: "x", id: "1", retry: 50 },
        { data: "b", id: "1" },
      ],
    ],
    ["event: x\n\ndata: a\n\n", [{ data: "a" }]],
    ["data\n\n", [{ data: "" }]],
    ["data: a: b\n\n", [{ data: "a: b" }]],
    ["\uFEFFdata: a\n\n", [{ data: "a" }]],
    ["data: a\n\ndata: cut", [{ data: "a" }]],
    ["retry: x\nid: a\0b\ndata: a\n\n", [{ data: "a" }]],
  ])("%j", async (text, wanted) => {
    const blank = { event: undefined, id: undefined, retry: undefined };
    expect(await read(text)).toEqual(wanted.map((one) => ({ ...blank, ...one })));
  });
});

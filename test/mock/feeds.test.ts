import type { Socket } from "node:net";
import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { createFeeds } from "../../src/mock/transport/feeds.js";
import type { Response } from "../../src/mock/transport/messages.js";

/** A response whose client takes nothing. */
class Untaken extends Writable {
  override _write(): void {}
  flushHeaders(): void {}
}

test("a client that reads too slowly is disconnected, and the feed ends", () => {
  const response = new Untaken();
  let isEnded = false;
  let sent = 0;
  createFeeds().open(response as unknown as Response, { destroyed: false } as Socket, (send) => {
    for (; !response.writableEnded && sent < 100; sent += 1) send("x".repeat(1_000_000));
    return () => {
      isEnded = true;
    };
  });
  expect(response.writableEnded).toBe(true);
  expect(isEnded).toBe(true);
  expect(sent).toBeLessThan(10);
});

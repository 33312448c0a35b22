import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { createFairQueue } from "../../src/mock/transport/fair-queue.js";

test("one task runs at a time, and a busy client waits for an idle one", async () => {
  const takeTurn = createFairQueue<string>();
  const order: string[] = [];
  let working = 0;
  const work = async (group: string): Promise<void> => {
    const end = await takeTurn(group);
    working += 1;
    expect(working).toBe(1);
    order.push(group);
    await setImmediate();
    working -= 1;
    end();
    // Once too often, which gives no turn away.
    end();
  };
  await Promise.all(["a", "a", "a", "a", "b", "c", "b"].map(work));
  expect(order.join("")).toBe("aabcaba");
  await work("d");
  expect(order.at(-1)).toBe("d");
});

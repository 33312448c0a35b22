/**
 * Sends requests with paths of 15 000 characters to a mock in this process, and prints how many bytes more than before
 * the heap holds after them, garbage collected. Needs `--expose-gc`.
 *
 * Argument: how many requests.
 */
import { Agent, request } from "node:http";
import { startMock } from "../../src/mock/index.js";

if (gc === undefined) throw new Error("run with --expose-gc");
const collect = gc;
await using mock = await startMock();
const agent = new Agent({ keepAlive: true });

async function send(count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += 1) {
    const path = `/v1/${sent}${"abcdefghij".repeat(1500)}`;
    const headers = { authorization: `Bearer stranger-${sent}` };
    await new Promise((resolve, reject) => {
      request(mock.url, { path, headers, agent }, (response) =>
        response.resume().once("end", resolve),
      )
        .once("error", reject)
        .end();
    });
  }
}

function heap(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

// What the first requests load and compile is not the journal's. Their records are forgotten.
await send(300);
mock.reset();
const before = heap();
await send(Number(process.argv[2]));
console.log(heap() - before);
agent.destroy();

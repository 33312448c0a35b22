/**
 * The mock beside the stock Prism, in one run and turn by turn, because machines are noisy: time until it listens,
 * requests per second and how long the slowest hundredth takes. Both are processes of their own.
 *
 *   npm run build && npm run bench:mock
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { fileURLToPath } from "node:url";
import { startPrism } from "../../src/mock/stock/prism.js";

const cli = fileURLToPath(new URL("../../dist/mock/cli.js", import.meta.url));
const rounds = 5;
const perRound = 1500;
const parallel = 16;

interface Server {
  readonly name: string;
  readonly url: string;
  readonly token: string;
  readonly startup: number;
  readonly stop: () => Promise<unknown>;
}

async function startOurs(): Promise<Server> {
  const start = performance.now();
  const child = spawn(process.execPath, [
    cli,
    "mock",
    "--port",
    "0",
    "--json",
    "--limit",
    "maxTokens=1000000",
  ]);
  const [line] = await once(child.stdout.setEncoding("utf8"), "data");
  const startup = performance.now() - start;
  const { url, rootToken }: { url: string; rootToken: string } = JSON.parse(
    String(line).split("\n")[0] ?? "",
  );
  child.stdout.resume();
  const ended = once(child, "close");
  const stop = (): Promise<unknown> => {
    child.kill("SIGTERM");
    return ended;
  };
  return { name: "mock", url, token: rootToken, startup, stop };
}

async function startStock(): Promise<Server> {
  const start = performance.now();
  const { url, stop } = await startPrism();
  return { name: "stock Prism", url, token: "any", startup: performance.now() - start, stop };
}

const agent = new Agent({ keepAlive: true, maxSockets: parallel });

function send(server: Server, method: string, path: string, body?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const outgoing = request(
      `${server.url}/v1/access-tokens${path}`,
      {
        agent,
        method,
        headers: {
          authorization: `Bearer ${server.token}`,
          ...(body !== undefined && {
            "content-type": "application/json",
            "content-length": Buffer.byteLength(body),
          }),
        },
      },
      (response) => {
        if ((response.statusCode ?? 500) >= 300) {
          reject(new Error(`${server.name}: ${method} ${path} ${response.statusCode}`));
        }
        response.resume().once("end", () => resolve(performance.now() - start));
      },
    );
    outgoing.once("error", reject).end(body);
  });
}

const scope = { streams: { prefix: "users/" }, op_groups: { stream: { read: true, write: true } } };

/** Each issues, then lists, then revokes what it issued, so that the mock holds a like number in each round. */
const calls: readonly { name: string; send: (server: Server, index: number) => Promise<number> }[] =
  [
    {
      name: "issue",
      send: (server, index) => send(server, "POST", "", JSON.stringify({ id: `t${index}`, scope })),
    },
    { name: "list", send: (server) => send(server, "GET", "?limit=10") },
    { name: "revoke", send: (server, index) => send(server, "DELETE", `/t${index}`) },
  ];

interface Measured {
  readonly perSecond: number[];
  readonly times: number[];
}

async function measure(
  server: Server,
  call: (typeof calls)[number],
  into: Measured,
): Promise<void> {
  let next = 0;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      while (next < perRound) {
        const index = next;
        next += 1;
        into.times.push(await call.send(server, index));
      }
    }),
  );
  into.perSecond.push(perRound / ((performance.now() - start) / 1000));
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
}

const startups = new Map<string, number[]>();
for (let round = 0; round < rounds; round += 1) {
  for (const start of [startOurs, startStock]) {
    const server = await start();
    startups.set(server.name, [...(startups.get(server.name) ?? []), server.startup]);
    await server.stop();
  }
}

const servers = [await startOurs(), await startStock()];
const results = new Map<string, Measured>();
for (let round = -1; round < rounds; round += 1) {
  for (const call of calls) {
    for (const server of servers) {
      const key = `${call.name.padEnd(7)} ${server.name}`;
      // The first round warms up.
      const into =
        round < 0
          ? { perSecond: [], times: [] }
          : (results.get(key) ?? { perSecond: [], times: [] });
      await measure(server, call, into);
      if (round >= 0) results.set(key, into);
    }
  }
}
await Promise.all(servers.map(({ stop }) => stop()));
agent.destroy();

console.log(`until it listens, median of ${rounds}`);
for (const [name, times] of startups)
  console.log(`  ${name.padEnd(19)} ${quantile(times, 0.5).toFixed(0)} ms`);
console.log(
  `${parallel} requests at a time, ${rounds} rounds of ${perRound}: median of the rounds, p99 of all`,
);
for (const [name, { perSecond, times }] of results) {
  const p99 = quantile(times, 0.99).toFixed(1);
  console.log(
    `  ${name.padEnd(19)} ${quantile(perSecond, 0.5).toFixed(0)} requests/s, p99 ${p99} ms`,
  );
}

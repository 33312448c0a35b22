import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { startPrism } from "../../src/mock/stock/prism.js";
import { end } from "../runtimes/run.js";
import { startContenders } from "./contenders.js";
import type { Round, Target } from "./load-program.js";
import { node, root } from "./program.js";
import { ratios, summarise } from "./statistics.js";
import { markdownTable } from "./table.js";

/** How the mock does beside the stock Prism. */
export interface MockFigures {
  readonly markdown: string;
  /** How many times as many requests a second as the stock Prism it answers, for the call where that is least. */
  readonly ratio: number;
}

const starts = 7;
const stock = "stock Prism";
const ours = "this mock";

/** Measures start and answers of the mock, as it is published, and of the stock Prism, on the same document. */
export async function benchMock(): Promise<MockFigures> {
  await promisify(execFile)("npm", ["run", "--silent", "build"], { cwd: root });
  const started = await measureStarts();
  const rounds = await measureRounds();
  const names = [...new Set(rounds.map(({ call }) => call))];
  const factors = names.map((call) => summarise(factorsOf(rounds, call)).median);
  const servers = [...new Set(rounds.map(({ name }) => name))];
  const table = (cell: (call: string, server: string) => string): string =>
    markdownTable(
      ["call", ...servers],
      names.map((call) => [call, ...servers.map((server) => cell(call, server))]),
    );
  const markdown = `## Mock

The mock of the package beside the stock Prism (\`npm run mock:prism\`), \`@mockoon/cli\` and \`@scalar/mock-server\` on the same document,
each in a process of its own and, if it has a request log, with the log on. Another process loads them in turns, over
ten connections of HTTP/1.1 on the loopback interface, a thousand requests a round; medians of the rounds, with the middle half in
brackets. The others answer with examples or made-up values; the mock checks requests and answers against the contract, and keeps
state: the tokens of one round of \`issue\` are those that the next round of \`revoke\` takes away, and \`list\` finds as many as Prism's
example has.

Requests a second:

${table((call, server) => shown(figuresOf(rounds, server, call).perSecond, 0))}

How many times as many as the stock Prism:

${table((call, server) => shown(factorsOf(rounds, call, server), 2))}

Milliseconds that 99 of 100 answers took at most:

${table((call, server) => shown(figuresOf(rounds, server, call).p99, 1))}

Milliseconds of a start, from a new process to where it listens, or, in the last two rows, within a process; medians of ${starts}:

${markdownTable(
  ["start", "time, ms"],
  [...started].map(([name, times]) => [name, shown(times, 0)]),
)}
`;
  return { markdown, ratio: Math.min(...factors) };
}

async function measureStarts(): Promise<ReadonlyMap<string, readonly number[]>> {
  const times = new Map<string, number[]>();
  const note = (name: string, value: number): void => {
    times.set(name, [...(times.get(name) ?? []), value]);
  };
  const index = pathToFileURL(path.join(root, "dist", "mock", "index.js")).href;
  const program = `
    const start = performance.now();
    const { startMock } = await import(${JSON.stringify(index)});
    const imported = performance.now();
    const mock = await startMock();
    const started = performance.now();
    await mock.stop();
    console.log(JSON.stringify([imported - start, started - imported]));`;
  for (let round = 0; round < starts; round += 1) {
    const start = performance.now();
    const prism = await startPrism();
    note("`npm run mock:prism`, without npm", performance.now() - start);
    await prism.stop();
    for (const [name, command, args] of [
      ["`npx s2-token-contract mock`", "npx", ["s2-token-contract"]],
      ["the same, without npx", process.execPath, [cli]],
    ] as const) {
      const mock = await startCommand(command, args);
      note(name, mock.milliseconds);
      await mock.stop();
    }
    // The program is ours, and prints this.
    const [imported, started] = JSON.parse(node(["--input-type=module", "--eval", program])) as [
      number,
      number,
    ];
    note("import of `s2-token-contract/mock`", imported);
    note("`startMock()` after it", started);
  }
  return times;
}

const cli = path.join(root, "dist", "mock", "cli.js");

interface Started {
  readonly url: string;
  readonly token: string;
  readonly milliseconds: number;
  readonly stop: () => Promise<void>;
}

/** Starts the mock by its command; what it logs is read and thrown away. */
async function startCommand(command: string, args: readonly string[]): Promise<Started> {
  const start = performance.now();
  const child = spawn(command, [...args, "mock", "--port", "0", "--json"], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line]: string[] = await once(child.stdout.setEncoding("utf8"), "data");
  const milliseconds = performance.now() - start;
  child.stdout.resume();
  // The first line of the command.
  const { url, rootToken } = JSON.parse(line?.split("\n")[0] ?? "") as {
    url: string;
    rootToken: string;
  };
  return { url, token: rootToken, milliseconds, stop: () => end(child) };
}

async function measureRounds(): Promise<readonly Round[]> {
  const prism = await startPrism();
  const mock = await startCommand(process.execPath, [cli]);
  const contenders = await startContenders();
  try {
    const targets: readonly Target[] = [
      { name: ours, origin: `${mock.url}/v1`, token: mock.token },
      { name: stock, origin: `${prism.url}/v1`, token: "any" },
      ...contenders.map(({ name, origin }) => ({ name, origin, token: "any" })),
    ];
    await fill(mock, await tokensOf(prism.url));
    const program = ["--import", "tsx", path.join(import.meta.dirname, "load-program.ts")];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [...program, JSON.stringify(targets)],
      { cwd: root, maxBuffer: 2 ** 26 },
    );
    // The program is ours, and prints this.
    return JSON.parse(stdout) as readonly Round[];
  } finally {
    await Promise.all([mock, prism, ...contenders].map(({ stop }) => stop()));
  }
}

/** The tokens of Prism's example. */
async function tokensOf(origin: string): Promise<readonly { readonly id: string }[]> {
  const headers = { authorization: "Bearer any" };
  const answer = await fetch(`${origin}/v1/access-tokens`, { headers });
  const body: { readonly access_tokens: readonly { readonly id: string }[] } = await answer.json();
  return body.access_tokens;
}

/** Issues the same tokens, so that what is listed is as long. */
async function fill({ url, token }: Started, tokens: readonly object[]): Promise<void> {
  for (const one of tokens) {
    const answer = await fetch(`${url}/v1/access-tokens`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(one),
    });
    if (answer.status !== 201) throw new Error(`the mock does not take ${JSON.stringify(one)}`);
  }
}

function figuresOf(
  rounds: readonly Round[],
  name: string,
  call: string,
): { readonly perSecond: readonly number[]; readonly p99: readonly number[] } {
  const own = rounds.filter((round) => round.name === name && round.call === call);
  return { perSecond: own.map(({ perSecond }) => perSecond), p99: own.map(({ p99 }) => p99) };
}

function factorsOf(rounds: readonly Round[], call: string, server: string = ours): number[] {
  const [own, other] = [server, stock].map((name) => [...figuresOf(rounds, name, call).perSecond]);
  return ratios(own ?? [], other ?? []);
}

function shown(values: readonly number[] = [], digits: number): string {
  const [low, median, high] = Object.values(summarise(values)).map((value) =>
    value.toFixed(digits),
  );
  return `${median} (${low}–${high})`;
}

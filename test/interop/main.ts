/** `npm run test:interop`: the seed's calls by the official clients of other languages, against the mock. */
import path from "node:path";
import { type RequestRecord, startMock } from "../../src/mock/index.js";
import { readChosen, UsageError } from "../chosen.js";
import { type Ended, run } from "../runtimes/run.js";
import { type Command, clients, type OfficialClient } from "./clients.js";

const help = `Usage: npm run test:interop -- [--only NAME[,NAME]] [--require-all]

Runs one program for each official client, in its own language, against a mock of its own, and looks at
what the mock saw: list, issue and revoke, each a success. What a program needs must be on the machine;
nothing is installed. The TypeScript client is part of npm test.

  --only NAME    these alone: ${clients.map(({ name }) => name).join(", ")}
  --require-all  fail where something is missing, instead of skipping it
  --help         show this`;

/** What came of one client: why it was skipped or what went wrong, in words. */
interface Outcome {
  readonly result: "passed" | "failed" | "skipped";
  readonly words: string;
}

/** Runs a command in the folder of a client; undefined where there is no such command. */
async function tryIn(
  client: OfficialClient,
  [command, ...args]: Command,
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended | undefined> {
  const folder = path.join(import.meta.dirname, client.name);
  return run(command, args, folder, environment).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
}

async function check(client: OfficialClient): Promise<Outcome> {
  const toolchain = await tryIn(client, client.toolchain);
  if (toolchain?.code !== 0) {
    return { result: "skipped", words: `no ${client.toolchain[0]} on this machine` };
  }
  const probe = await tryIn(client, client.probe);
  if (probe?.code !== 0) {
    const place = `test/interop/${client.name}`;
    const words = `the package ${client.package} is not on this machine; in ${place}: ${client.get}`;
    return { result: "skipped", words: `${words} (${complaint(probe?.stderr ?? "")})` };
  }
  const seen: RequestRecord[] = [];
  const mock = await startMock({
    // The seed's expiry is written in it, and a day will come after it.
    clock: { mode: "fixed", at: "2026-01-01T00:00:00Z" },
    onRequest: (record) => seen.push(record),
  });
  try {
    const environment = {
      S2_ACCESS_TOKEN: mock.rootToken,
      S2_ACCOUNT_ENDPOINT: mock.url,
      S2_BASIN_ENDPOINT: mock.url,
    };
    const ended = await tryIn(client, client.run, environment);
    return judge(client, ended, seen);
  } finally {
    await mock.stop();
  }
}

/** The program's own word is not enough: what counts is what the mock saw. */
function judge(
  { protocol }: OfficialClient,
  ended: Ended | undefined,
  seen: readonly RequestRecord[],
): Outcome {
  const calls = seen.map(({ method, path: target, status }) => `${method} ${target} ${status}`);
  const wanted = [
    "GET /v1/access-tokens 200",
    "POST /v1/access-tokens 201",
    "DELETE /v1/access-tokens/user-1234-rw-token 204",
  ];
  const others = seen.filter((record) => record.protocol !== protocol);
  const isAsWanted =
    calls.length === wanted.length &&
    calls.every((call, index) => call.replace(/\?\S*/, "") === wanted[index]);
  if (ended?.code === 0 && isAsWanted && others.length === 0) {
    return { result: "passed", words: `list, issue and revoke over ${protocol}` };
  }
  const said = `${ended?.stdout ?? ""}${ended?.stderr ?? ""}`.trim();
  const lines = [
    `exit code ${ended?.code}`,
    ...seen.map(({ protocol: it }, index) => `${calls[index]} (${it})`),
    said,
  ];
  return { result: "failed", words: lines.join("\n  ") };
}

/** What a tool said first, which is its complaint; advice follows. */
function complaint(text: string): string {
  const lines = text.trim().split("\n");
  const telling = lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? "";
  return telling.replace(/^error: /, "");
}

async function main(): Promise<number> {
  const { wantsHelp, mustHaveAll, chosen } = readChosen(clients);
  if (wantsHelp) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  const results: Outcome["result"][] = [];
  for (const client of chosen) {
    const { result, words } = await check(client);
    results.push(result);
    const said = result === "skipped" ? `skipped: ${words}` : `${result}: ${words}`;
    process.stdout.write(`${client.name.padEnd(8)} ${said}\n`);
  }
  const count = (result: Outcome["result"]): number => results.filter((it) => it === result).length;
  const [failed, skipped] = [count("failed"), count("skipped")];
  process.stdout.write(`\n${count("passed")} passed, ${failed} failed, ${skipped} skipped\n`);
  return failed > 0 || (mustHaveAll && skipped > 0) ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  const words = error instanceof Error ? error.message : String(error);
  process.stderr.write(`npm run test:interop: ${words}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

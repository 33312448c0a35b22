/** `npm run test:interop`: the official clients of four languages, and ours, against the mock. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { type RequestRecord, startMock } from "../../src/mock/index.js";
import { readChosen, UsageError } from "../chosen.js";
import { type Ended, run } from "../runtimes/run.js";
import { type Client, type Command, clients } from "./clients.js";
import { exampleFaults } from "./examples.js";
import { judge } from "./judge.js";
import { type Scenario, type Seen, scenarios } from "./scenarios.js";
import { pageSnippets, snippetsOf } from "./snippets.js";
import { comparison } from "./table.js";

const help = `Usage: npm run test:interop -- [--only NAME[,NAME]] [--require-all]

Runs the programs of each client against a mock, and looks at what they print and at what the mock saw:
the three calls of S2's page on access tokens, ${scenarios.length} scenarios, and an example project whose tests
run under "s2-token-contract mock -- COMMAND". Prints a table of what each client does.
What a program needs must be on the machine: .ci/interop installs it.

  --only NAME    these alone: ${clients.map(({ name }) => name).join(", ")}
  --require-all  fail where something is missing, instead of skipping it
  --help         show this`;

/** What came of one client: why it was skipped, or what went wrong, a line for each. */
interface Outcome {
  readonly result: "passed" | "failed" | "skipped";
  readonly words: readonly string[];
}

/** The page's expiry is written in it, and a day will come after it. */
const clock = { mode: "fixed", at: "2026-01-01T00:00:00Z" } as const;

const pageCalls: Seen = {
  said: ["listed 0", "issued true", "revoked"],
  wire: [
    "GET /v1/access-tokens 200",
    "POST /v1/access-tokens 201",
    "DELETE /v1/access-tokens/user-1234-rw-token 204",
  ],
};

/** Runs a command in the folder of a client; undefined where there is no such command. */
async function tryIn(
  client: Client,
  [command, ...args]: Command,
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended | undefined> {
  const folder = path.join(import.meta.dirname, client.name);
  return run(command, args, folder, environment).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
}

async function check(client: Client): Promise<Outcome> {
  const toolchain = await tryIn(client, client.toolchain);
  if (toolchain?.code !== 0) {
    return { result: "skipped", words: [`no ${client.toolchain[0]} on this machine`] };
  }
  const built = client.build === undefined ? toolchain : await tryIn(client, client.build);
  if (built?.code !== 0) {
    const place = `test/interop/${client.name}`;
    const words = `the package ${client.package} is not on this machine; in ${place}: ${client.get}`;
    return { result: "skipped", words: [`${words} (${complaint(built?.stderr ?? "")})`] };
  }
  const words = [...snippetFaults(client), ...(await seedFaults(client))];
  for (const scenario of scenarios) {
    const played = await play(client, "scenarios", scenario);
    const faults = [...judge(client.name, scenario, played.seen), ...played.faults];
    if (faults.length > 0) words.push(`${scenario.name}:`, ...faults.map((line) => `  ${line}`));
  }
  words.push(...(await exampleFaults(client.name)));
  if (words.length > 0) return { result: "failed", words };
  return { result: "passed", words: [`the page, ${scenarios.length} scenarios and its example`] };
}

/** The snippets of the page are in the program, letter by letter. */
function snippetFaults({ name, seed, language }: Client): string[] {
  const program = readFileSync(path.join(import.meta.dirname, name, seed), "utf8");
  const wanted = pageSnippets().get(language);
  const found = [...snippetsOf(program).values()].join("\n\n");
  return found === wanted ? [] : ["its snippets are not those of test/interop/page.md", found];
}

async function seedFaults(client: Client): Promise<string[]> {
  const page: Scenario = { name: "page", title: "the page", ...pageCalls };
  const { seen, faults } = await play(client, "seed", page);
  return [...judge(client.name, page, seen), ...faults];
}

/** Runs a program against a mock of its own. */
async function play(
  client: Client,
  program: "seed" | "scenarios",
  { name, options, prepare }: Scenario,
): Promise<{ readonly seen: Seen; readonly faults: readonly string[] }> {
  const records: RequestRecord[] = [];
  await using mock = await startMock({
    ...options,
    clock,
    onRequest: (record) => records.push(record),
  });
  const environment = {
    S2_ACCESS_TOKEN: prepare?.(mock) ?? mock.rootToken,
    S2_ACCOUNT_ENDPOINT: mock.url,
    S2_BASIN_ENDPOINT: mock.url,
  };
  const ended = await tryIn(client, [...client.run(program), name], environment);
  const seen = {
    said: (ended?.stdout ?? "").split("\n").filter((line) => line !== ""),
    wire: records.map(({ method, path: target, status }) => `${method} ${plain(target)} ${status}`),
  };
  const faults = records
    .filter(({ protocol }) => protocol !== client.protocol)
    .map(({ protocol, path: target }) => `${target} came over ${protocol}`);
  if (ended?.code !== 0) faults.push(`exit code ${ended?.code}`, ended?.stderr.trim() ?? "");
  return { seen, faults };
}

/** A target without the parameters that are empty or at their default, which some clients send. */
function plain(target: string): string {
  const [place = "", query] = target.split("?");
  const parameters = [...new URLSearchParams(query)].filter(
    ([name, value]) => value !== "" && !(name === "limit" && value === "1000"),
  );
  if (parameters.length === 0) return place;
  const sorted = parameters.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `${place}?${new URLSearchParams(sorted)}`;
}

/** What a tool said first, which is its complaint; advice follows. */
function complaint(text: string): string {
  const all = text.trim().split("\n");
  const telling = all.find((line) => /error/i.test(line)) ?? all.at(-1) ?? "";
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
    const said = words.join("\n  ");
    process.stdout.write(`${client.name.padEnd(10)} ${result}: ${said}\n`);
  }
  process.stdout.write(`\n${comparison()}\n`);
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

/**
 * The main job from start to end, for a person to watch: the contract is read, linted and generated from, the mock
 * that serves it is started, the generated client lists, issues and revokes, and a table says what came of it.
 */
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { ConflictError, type Fetch, type IssueAccessTokenRequest, S2 } from "../../src/index.js";
import { type Mock, startMock } from "../../src/mock/index.js";
import { runGenerator, sayContract } from "./contract.js";
import { formatTable, summarise } from "./table.js";

const stages = 5;
const tomorrow = new Date(Date.now() + 24 * 60 * 60 * 1000);
let current = { number: 0, name: "start" };

async function stage<T>(name: string, work: () => Promise<T>): Promise<T> {
  current = { number: current.number + 1, name };
  say(`[${current.number}/${stages}] ${name}`);
  const start = performance.now();
  const result = await work();
  say(`  done in ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
  return result;
}

async function main(): Promise<void> {
  await stage("Read the contract", sayContract);
  await stage("Lint it and generate the client into a temporary folder", async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), "s2-token-contract-demo-"));
    try {
      const code = await runGenerator(["--spec", "openapi/openapi.yaml", "--out", folder], say);
      if (code !== 0) throw new Error(`the generator ended with exit code ${code}`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
  await stage("Compare with the committed generated/", async () => {
    const code = await runGenerator(["--check"], (line) => {
      if (/^ {2}(added|changed|removed|left) /.test(line)) say(line);
    });
    if (code > 1) throw new Error(`the generator ended with exit code ${code}`);
    say(
      code === 0
        ? "  the same, byte for byte"
        : "  not the same: npm run generate -- --check shows the diff; the calls below use what is committed",
    );
  });
  const mock = await stage("Start the mock of the contract on a free port", async () => {
    const started = await startMock({ tokens: seed });
    say(`  ${started.url}`);
    return started;
  });
  const stopAndLeave = (): void => {
    void mock.stop().finally(() => process.exit(130));
  };
  process.once("SIGINT", stopAndLeave);
  process.once("SIGTERM", stopAndLeave);
  try {
    const rows = await stage("Call it with the generated client", () => callAll(mock));
    say(formatTable(["", "token", "may", "until", "answer"], rows));
    say(
      "\nThe mock keeps state: what was issued is listed, is taken once, and is gone when revoked.",
    );
    say("The secret is cut here; a client gets it whole.");
  } finally {
    await mock.stop();
  }
}

/** What the account has before the first call. */
const seed: readonly IssueAccessTokenRequest[] = [
  {
    id: "ci/build/42",
    scope: {
      basins: { exact: "builds" },
      streams: { exact: "logs/42" },
      ops: ["check-tail", "append"],
    },
  },
  {
    id: "dashboard",
    scope: {
      basins: { prefix: "" },
      streams: { prefix: "" },
      opGroups: { basin: { read: true }, stream: { read: true } },
    },
    expiresAt: tomorrow,
  },
];

/** The calls of S2's own page on access tokens, then one that the service refuses. */
async function callAll({ url, rootToken }: Mock): Promise<string[][]> {
  const client = new S2({ accessToken: rootToken, endpoint: url, fetch: sayingFetch });
  const token: IssueAccessTokenRequest = {
    id: "user-1234-rw-token",
    scope: {
      basins: { prefix: "" },
      streams: { prefix: "users/1234/" },
      opGroups: { stream: { read: true, write: true } },
    },
    expiresAt: tomorrow,
  };

  const { accessToken: secret } = await client.accessTokens.issue(token);
  const { accessTokens } = await client.accessTokens.list();
  const refusal = await client.accessTokens.issue(token).then(
    () => new Error("the mock issued the same id twice"),
    (error: unknown) => error,
  );
  if (!(refusal instanceof ConflictError)) throw refusal;
  await client.accessTokens.revoke({ id: token.id });
  const after = await client.accessTokens.list();
  if (after.accessTokens.some(({ id }) => id === token.id)) throw new Error("it is still listed");

  const may = summarise(token.scope);
  return [
    ["issued", token.id, may, day(tomorrow), `201, secret ${secret.slice(0, 6)}…`],
    ...accessTokens.map(({ id, scope, expiresAt }) => [
      "listed",
      id,
      summarise(scope),
      day(expiresAt),
      "200",
    ]),
    ["refused", token.id, may, day(tomorrow), `${refusal.status}, ${refusal.name} ${refusal.code}`],
    ["revoked", token.id, "", "", "204"],
  ];
}

const sayingFetch: Fetch = async (input, init) => {
  const { method, url } = new Request(input, init);
  const response = await fetch(input, init);
  const { pathname } = new URL(url);
  say(`  ${method.padEnd(6)} ${pathname}  ${response.status} ${response.statusText}`);
  return response;
};

function day(date: Date | null): string {
  return date === null ? "never expires" : date.toISOString().slice(0, 10);
}

/** The message of an error and of what caused it, down to the first cause. */
function reasonsOf(error: unknown): string[] {
  if (!(error instanceof Error)) return error === undefined ? [] : [String(error)];
  return [error.message, ...reasonsOf(error.cause)];
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

try {
  await main();
} catch (error) {
  const place = `[${current.number}/${stages}] ${current.name}`;
  process.stderr.write(`\nThe demo failed at ${place}:\n${reasonsOf(error).join("\n")}\n`);
  process.exitCode = 1;
}

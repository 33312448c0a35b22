import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Mock, startMock } from "../../src/mock/index.js";
import { type Front, type Passing, startFront } from "./front.js";
import { type LiveReport, runLive } from "./run.js";
import { readSettings } from "./settings.js";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
let mock: Mock;
const fronts: Front[] = [];
beforeEach(async () => {
  mock = await startMock();
  // Of somebody else, and not to be touched.
  mock.issue({ id: "contract-test-of-others", scope: { ops: ["read"] } });
});
afterEach(async () => {
  for (const front of fronts.splice(0)) await front.stop();
  await mock.stop();
});

async function front(change: (answer: Passing) => void | Promise<void>): Promise<string> {
  const started = await startFront(mock.url, change);
  fronts.push(started);
  return started.url;
}

interface Program {
  readonly kill: (signal: NodeJS.Signals) => void;
  /** What it has written so far. */
  readonly text: () => string;
  /** Its exit code. */
  readonly ended: Promise<unknown>;
}

/** Runs the program as a person does. */
function program(environment: Readonly<Record<string, string>>): Program {
  const { TARGET: _, S2_ACCESS_TOKEN: __, ...others } = process.env;
  const child = spawn(process.execPath, ["--import", "tsx", main], {
    env: { ...others, ...environment },
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
  }
  return {
    kill: (signal) => {
      child.kill(signal);
    },
    text: () => text,
    ended: once(child, "close").then(([code]: unknown[]) => code),
  };
}

function run(target: string): Promise<LiveReport> {
  const settings = readSettings({ TARGET: target, S2_ACCESS_TOKEN: mock.rootToken });
  return runLive(settings, new AbortController().signal);
}

function leftIds(): readonly string[] {
  return mock.tokens().map(({ id }) => id);
}

const isListing = ({ method, status }: Passing): boolean => method === "GET" && status === 200;

/** The tokens of a listing that passes; the mock sends no others. */
function tokensOf({ body }: Passing): Record<string, unknown>[] {
  return Object(body).access_tokens;
}

test("a provider that does as the contract says", async () => {
  const report = await run(mock.url);
  expect(report).toMatchObject({ differences: [], stopped: undefined, left: [] });
  const met = mock.verdict().items.filter(({ kind, times }) => kind === "statuses" && times > 0);
  expect(met.map(({ operation, name }) => `${operation} ${name}`).sort()).toEqual([
    ...["201", "400", "403", "409", "422"].map((status) => `issue_access_token ${status}`),
    ...["200", "400", "401"].map((status) => `list_access_tokens ${status}`),
    ...["204", "403", "404"].map((status) => `revoke_access_token ${status}`),
  ]);
  expect(leftIds()).toEqual(["contract-test-of-others"]);
});

describe("each difference is found and named", () => {
  test.each<[string, (answer: Passing) => void, string]>([
    [
      "an unknown property",
      (answer) => {
        if (isListing(answer)) for (const one of tokensOf(answer)) one["owner"] = { id: "secret" };
      },
      "list_access_tokens 200 /access_tokens/*/owner: unknown property (object)",
    ],
    [
      "a required property that is missing",
      (answer) => {
        if (isListing(answer)) for (const one of tokensOf(answer)) delete one["scope"];
      },
      "list_access_tokens 200 /access_tokens/*/scope: is required, and is missing",
    ],
    [
      "another type",
      (answer) => {
        if (isListing(answer)) for (const one of tokensOf(answer)) one["auto_prefix_streams"] = 0;
      },
      "list_access_tokens 200 /access_tokens/*/auto_prefix_streams: expected boolean, found number",
    ],
    [
      "another format",
      (answer) => {
        if (isListing(answer)) for (const one of tokensOf(answer)) one["expires_at"] = "tomorrow";
      },
      "list_access_tokens 200 /access_tokens/*/expires_at: breaks format",
    ],
    [
      "an unknown value of an enum",
      (answer) => {
        if (isListing(answer)) {
          for (const one of tokensOf(answer)) Object(one["scope"]).ops.push("rename-stream");
        }
      },
      "list_access_tokens 200 /access_tokens/*/scope/ops/*: unknown value of the enum: rename-stream",
    ],
    [
      "an undeclared status",
      (answer) => {
        if (answer.status === 409) answer.status = 418;
      },
      "issue_access_token 418 this status is not declared",
    ],
    [
      "an undeclared code",
      (answer) => {
        if (answer.status === 409) answer.body = { code: "id_taken", message: "no" };
      },
      "issue_access_token 409 the code id_taken is not declared",
    ],
    [
      "an undeclared header",
      (answer) => answer.headers.set("x-quota-left", "12"),
      "revoke_access_token 204 the header x-quota-left is not declared",
    ],
    [
      "another order",
      (answer) => {
        if (isListing(answer)) tokensOf(answer).reverse();
      },
      "list_access_tokens 200 the listing is not in the order of bytes",
    ],
    [
      "a page that is repeated",
      (answer) => {
        if (answer.path.includes("limit=2")) Object(answer.body).has_more = true;
        if (answer.path.includes("start_after")) tokensOf(answer).splice(0);
      },
      "list_access_tokens 200 pages do not give what one listing gives: 2 of 6",
    ],
    [
      "another meaning",
      (answer) => {
        if (answer.status === 404) Object.assign(answer, { status: 204, body: undefined });
      },
      "revoking again 204 answered 204, and 404 access_token_not_found is expected",
    ],
  ])("%s", async (_, change, want) => {
    const { differences, left } = await run(await front(change));
    const found = differences.map(
      ({ operation, status, what }) => `${operation} ${status} ${what}`,
    );
    expect(found).toContain(want);
    expect(JSON.stringify(differences)).not.toContain("tomorrow");
    expect(left).toEqual([]);
    expect(leftIds()).toEqual(["contract-test-of-others"]);
  });
});

describe("the program", () => {
  test("names three differences at once, and shows no value", async () => {
    const target = await front((answer) => {
      if (isListing(answer)) for (const one of tokensOf(answer)) one["owner"] = "a-private-name";
      if (answer.status === 409) answer.status = 418;
      answer.headers.set("x-quota-left", "a-private-number");
    });
    const secrets: string[] = [mock.rootToken, "a-private-name", "a-private-number", "not-a-real-"];
    const { text: written, ended } = program({
      TARGET: target,
      S2_ACCESS_TOKEN: mock.rootToken,
    });
    expect(await ended).toBe(1);
    const text = written();
    expect(text).toContain("/access_tokens/*/owner: unknown property (string)");
    expect(text).toMatch(/issue_access_token, 418\n {4}this status is not declared/);
    expect(text).toContain("the header x-quota-left is not declared");
    expect(text).toContain("Everything that was issued is revoked.");
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(leftIds()).toEqual(["contract-test-of-others"]);
  });

  test.each([
    ["SIGHUP", 129],
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s in the midst of an issue: what it stored is revoked", async (signal, want) => {
    let issued = 0;
    let tell: () => Promise<void> = async () => {};
    const target = await front(async ({ method }) => {
      if (method !== "POST") return;
      issued += 1;
      // The third token is stored, and its answer is still to come.
      if (issued === 3) await tell();
    });
    const { kill, text, ended } = program({ TARGET: target, S2_ACCESS_TOKEN: mock.rootToken });
    tell = async () => {
      kill(signal);
      await expect.poll(text).toContain(`${signal}: revokes what was issued`);
      // From somebody without patience.
      kill(signal);
    };
    expect(await ended, text()).toBe(want);
    expect(text()).toContain(`The run did not come to its end: the run was ended by ${signal}`);
    expect(issued).toBe(3);
    expect(leftIds()).toEqual(["contract-test-of-others"]);
  });

  test.each([
    ["no TARGET", { S2_ACCESS_TOKEN: "x" }, "TARGET is not set"],
    ["no token", { TARGET: "https://a.s2.dev" }, "S2_ACCESS_TOKEN is not set"],
    [
      "plain http to another machine",
      { TARGET: "http://a.s2.dev", S2_ACCESS_TOKEN: "x-secret" },
      "plain http shows the credential to the network. Use https",
    ],
  ])("%s is refused", async (_, environment, want) => {
    const { text, ended } = program(environment);
    expect(await ended).toBe(2);
    expect(text()).toContain(want);
    expect(text()).not.toContain("x-secret");
  });
});

test("a provider that breaks off: what it stored is revoked all the same", async () => {
  let issued = 0;
  const target = await front(({ method }) => {
    if (method === "POST") issued += 1;
    if (method === "POST" && issued === 3) throw new Error("breaks off");
  });
  const { stopped, left } = await run(target);
  expect(stopped).toMatch(/^fetch failed/);
  expect(left).toEqual([]);
  expect(leftIds()).toEqual(["contract-test-of-others"]);
});

test("what cannot be revoked is told by its id", async () => {
  const target = await front((answer) => {
    if (answer.method === "DELETE") Object.assign(answer, { status: 403, body: { code: "other" } });
  });
  const { left, prefix } = await run(target);
  expect(left).toContain(`${prefix}a/b`);
});

test("a token that may do nothing ends the run at once", async () => {
  const token = mock.issue({ id: "reader", scope: { ops: ["read"] } });
  const settings = readSettings({ TARGET: mock.url, S2_ACCESS_TOKEN: token });
  const { stopped, left } = await runLive(settings, new AbortController().signal);
  expect(stopped).toContain("the first listing is answered with 403: check TARGET");
  expect(left).toEqual([]);
});

import { readdirSync, readFileSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly "cancel-in-progress"?: unknown };
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly "timeout-minutes"?: number;
        readonly permissions?: Readonly<Record<string, string>>;
        readonly steps: readonly Step[];
      }
    >
  >;
}

const root = new URL("../../", import.meta.url);
const folder = new URL(".github/workflows/", root);
const names = readdirSync(folder).filter((name) => name.endsWith(".yml"));
const textOf = (name: string): string => readFileSync(new URL(name, folder), "utf8");
// Parsed text of our own files; what is not of this form fails below.
const workflowOf = (name: string): Workflow => parse(textOf(name));

describe.each(names)("%s", (name) => {
  test("pins every action by its commit, with the version beside it", () => {
    const uses = [...textOf(name).matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, it = ""]) => it);
    expect(uses.length).toBeGreaterThan(0);
    for (const one of uses) expect(one).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test("never cancels what runs on main", () => {
    const cancels = workflowOf(name).concurrency?.["cancel-in-progress"];
    expect([false, `\${{ github.ref != 'refs/heads/main' }}`]).toContain(cancels);
  });

  test("may read only, or says for each job what it may", () => {
    const { permissions = {}, jobs } = workflowOf(name);
    expect(Object.values(permissions).filter((access) => access !== "read")).toEqual([]);
    for (const job of Object.values(jobs)) expect(job["timeout-minutes"]).toBeGreaterThan(0);
  });

  test("keeps no credentials where it checks out, and runs files that are there", () => {
    const { jobs } = workflowOf(name);
    const checkouts = textOf(name).match(/actions\/checkout@/g)?.length ?? 0;
    expect(textOf(name).match(/persist-credentials: false/g)?.length ?? 0).toBe(checkouts);
    const scripts = Object.values(jobs)
      .flatMap(({ steps }) => steps)
      .flatMap(({ run = "" }) => [...run.matchAll(/bash (\.ci\/\w+)/g)])
      .map(([, script = ""]) => script);
    for (const script of scripts) {
      const { mode } = statSync(new URL(script, root));
      expect([script, mode & 0o100]).toEqual([script, 0o100]);
    }
  });
});

test("only the job that publishes gets an identity of npm, and it runs both gates first", () => {
  const { jobs } = workflowOf("release.yml");
  const trusted = Object.entries(jobs).filter(
    ([, job]) => job.permissions?.["id-token"] === "write",
  );
  expect(trusted.map(([id]) => id)).toEqual(["publish", "site"]);
  const runs = jobs["publish"]?.steps.flatMap(({ run }) => run ?? []);
  expect(runs).toEqual(["bash .ci/run", "bash .ci/release --publish"]);
  expect(readFileSync(new URL(".ci/release", root), "utf8")).toMatch(
    /npm run --silent change -- --require[\s\S]*npm publish/,
  );
});

test("the actions that are pinned are raised by a bot", () => {
  const { updates } = parse(readFileSync(new URL(".github/dependabot.yml", root), "utf8"));
  expect(JSON.stringify(updates)).toContain("github-actions");
});

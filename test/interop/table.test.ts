import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { clients } from "./clients.js";
import { differences } from "./differences.js";
import { idleDifferences, judge } from "./judge.js";
import { scenarios } from "./scenarios.js";
import { pageSnippets, snippetsOf } from "./snippets.js";
import { comparison } from "./table.js";

const guide = new URL("README.md", import.meta.url);

test("the table of the guide is the one that a run proves", async () => {
  const text = readFileSync(guide, "utf8");
  const wanted = text.replace(
    /(<!-- table -->\n).*?(<!-- \/table -->)/s,
    (_, start: string, end: string) => `${start}\n${comparison()}\n\n${end}`,
  );
  await expect(wanted).toMatchFileSnapshot(fileURLToPath(guide));
});

test("each row of a difference has a scenario and a client, and differs", () => {
  expect(idleDifferences()).toEqual([]);
  const known = new Set(clients.map(({ name }) => name));
  expect(differences.filter(({ client }) => !known.has(client))).toEqual([]);
});

test.each(clients.map(({ name, seed, language }) => [name, seed, language] as const))(
  "the program of %s shows the page's calls, each under its operation",
  (name, seed, language) => {
    const program = readFileSync(new URL(`${name}/${seed}`, import.meta.url), "utf8");
    const snippets = snippetsOf(program);
    expect([...snippets.keys()]).toEqual([
      "list_access_tokens",
      "issue_access_token",
      "revoke_access_token",
    ]);
    expect([...snippets.values()].join("\n\n")).toBe(pageSnippets().get(language));
  },
);

test("a client that does otherwise is told apart from one that does as its row says", () => {
  const scenario = scenarios.find(({ name }) => name === "dot-ids");
  const row = differences.find((it) => it.client === "go" && it.scenario === "dot-ids");
  if (scenario === undefined || row === undefined) throw new Error("no such scenario");
  const said = row.said.map((line) => (line.endsWith(" client") ? `${line} with words` : line));
  expect(judge("go", scenario, { ...row, said })).toEqual([]);
  expect(judge("go", scenario, scenario)).toEqual([
    "does what the contract says now: delete its row in test/interop/differences.ts",
  ]);
  expect(judge("rust", scenario, row)).toContain("the mock saw:");
});

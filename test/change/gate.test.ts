import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { releaseOf } from "../../scripts/change/bump.js";
import type { Finding } from "../../scripts/change/finding.js";
import {
  approvedIds,
  plannedBump,
  raisedBy,
  readApprovals,
  refusals,
  staleApprovals,
} from "../../scripts/change/gate.js";
import { reportOf } from "../../scripts/change/report.js";
import { loadSide } from "../../scripts/change/side.js";
import { Workspace } from "../../scripts/change/workspace.js";

const finding: Finding = {
  id: "create_pet/body.name/request-limit-tightened/00000000",
  operation: "create_pet",
  who: ["sender"],
  bump: "major",
  rule: "request-limit-tightened",
  was: 40,
  now: 20,
  witness: { name: "a".repeat(21) },
  confirmed: true,
  place: { file: "openapi/openapi.yaml", line: 3, pointer: "#/components" },
  where: "body name",
  about: "maxLength",
};
const change = { bump: "major", findings: [finding] } as const;
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "gate-"));
  mkdirSync(path.join(folder, ".changeset"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function plan(bump: string): void {
  writeFileSync(path.join(folder, ".changeset", "one.md"), `---\n"pets": ${bump}\n---\n\nText.\n`);
}

describe("the planned release", () => {
  test("is the largest of the changesets of the package, or what the version was raised by", () => {
    expect(plannedBump(folder, "pets", "1.0.0", "1.0.0")).toBe("none");
    plan("patch");
    expect(plannedBump(folder, "pets", "1.0.0", "1.0.0")).toBe("patch");
    expect(plannedBump(folder, "other", "1.0.0", "1.0.0")).toBe("none");
    expect(plannedBump(folder, "pets", "1.0.0", "2.0.0")).toBe("major");
    expect(raisedBy("0.1.0", "0.2.0-next.1")).toBe("minor");
  });

  test("is refused in one sentence with the witness where it is too small", () => {
    const [sentence, ...more] = refusals(reportOf(change, "1.2.0", "a", "b", []), "patch", []);
    expect(sentence).toBe(
      'the change needs a major release, and a patch release is planned: create_pet body name (request-limit-tightened), shown by {"name":"aaaaaaaaaaaaaaaaaaaaa"}',
    );
    expect(more).toEqual([]);
    expect(refusals(reportOf(change, "1.2.0", "a", "b", []), "major", [])).toEqual([]);
    expect(refusals(reportOf(change, "0.1.0", "a", "b", []), "minor", [])).toEqual([]);
    expect(refusals(reportOf(change, "0.1.0", "a", "b", []), "patch", [])).toHaveLength(1);
  });

  test("before 1.0.0 is one part smaller than after it", () => {
    const bumps = ["major", "minor", "patch", "none"] as const;
    expect(bumps.map((bump) => releaseOf(bump, "0.9.0"))).toEqual([
      "minor",
      "patch",
      "patch",
      "none",
    ]);
    expect(bumps.map((bump) => releaseOf(bump, "1.0.0"))).toEqual(bumps);
  });
});

describe("a side that cannot be read is told in one sentence", () => {
  const spec = fileURLToPath(new URL("../../openapi/openapi.yaml", import.meta.url));

  test.each([
    ["openapi", "openapi is not a file: name the document, such as openapi/openapi.yaml"],
    ["origin/no-such-branch", "origin/no-such-branch: neither a file nor a Git revision"],
    ["--output=x", "--output=x: neither a file nor a Git revision"],
    ["npm:", "npm:: expected npm:VERSION of this package, or npm:NAME@VERSION"],
  ])("%s", async (source, sentence) => {
    const work = new Workspace();
    await expect(loadSide(source, spec, work)).rejects.toThrow(sentence);
    work.close();
  });
});

describe("approvals", () => {
  const approval = { id: finding.id, why: "nobody sends such names", until: "2100-01-01" };

  test("accept a break, and leave the release as large", () => {
    const approved = approvedIds(change, [approval], "2099-01-01");
    expect(approved).toEqual([finding.id]);
    const report = reportOf(change, "1.0.0", "a", "b", approved);
    expect(report.change.bump).toBe("major");
    expect(refusals(report, "minor", [])).toHaveLength(1);
  });

  test("fail where they are expired or accept nothing", () => {
    expect(staleApprovals(change, [approval], "2099-01-01")).toEqual([]);
    expect(staleApprovals(change, [approval], "2100-01-02")).toEqual([
      `the approval of ${finding.id} expired on 2100-01-01`,
    ]);
    expect(approvedIds(change, [approval], "2100-01-02")).toEqual([]);
    const other = { ...approval, id: "create_pet/body.name/other" };
    expect(staleApprovals(change, [other], "2099-01-01")).toEqual([
      "the approval of create_pet/body.name/other accepts nothing: there is no such breaking change",
    ]);
  });

  test.each([
    ["no list", {}],
    ["no reason", [{ id: "a", until: "2100-01-01" }]],
    ["no date", [{ id: "a", why: "a good reason", until: "some day" }]],
  ])("are refused with %s", (_, content) => {
    const document = path.join(folder, "openapi.yaml");
    writeFileSync(path.join(folder, "approved.json"), JSON.stringify(content));
    expect(() => readApprovals(document)).toThrow(/approved\.json/);
    rmSync(path.join(folder, "approved.json"));
    expect(readApprovals(document)).toEqual([]);
  });
});

// Each run loads the tools anew, which takes far longer on a busy machine.
describe("the command", { timeout: 300_000 }, () => {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const run = (...args: string[]): ReturnType<typeof spawnSync> =>
    spawnSync(process.execPath, ["scripts/run.mjs", "change", ...args], {
      cwd: root,
      encoding: "utf8",
    });
  const document = (maximum: number): string => {
    const schema = { type: "integer", maximum };
    const parameters = [{ name: "limit", in: "query", schema }];
    const responses = { "204": { description: "Done." } };
    const file = path.join(folder, `limit-${maximum}.json`);
    const paths = {
      "/pets": { get: { operationId: "list_pets", tags: ["pets"], parameters, responses } },
    };
    writeFileSync(
      file,
      JSON.stringify({ openapi: "3.1.0", info: { title: "Pets", version: "1" }, paths }),
    );
    return file;
  };

  test("says what breaks, and refuses it only where that is asked", () => {
    writeFileSync(path.join(folder, "package.json"), '{"name":"pets","version":"1.0.0"}');
    plan("patch");
    const args = ["--base", document(10), "--to", document(5)];
    const told = run(...args, "--format", "json");
    expect(told.status).toBe(0);
    expect(JSON.parse(String(told.stdout))).toMatchObject({
      bump: "major",
      release: "major",
      findings: [{ operation: "list_pets", who: ["sender"], was: 10, now: 5, confirmed: true }],
    });
    const refused = run(...args, "--require");
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain("needs a major release, and a patch release is planned");
    plan("major");
    expect(run(...args, "--require").status).toBe(0);
  });

  test.each([
    ["a base that is nothing", ["--base", "no-such-thing"]],
    ["no base", []],
    ["an unknown format", ["--base", "HEAD", "--format", "html"]],
    ["a document that is broken", ["--base", "package.json"]],
    ["an unknown rule", ["--base", "openapi/openapi.yaml", "--fast", "--explain", "no-such-rule"]],
  ])("fails with 2 for %s, and never says that nothing changed", (_, args) => {
    const { status, stdout, stderr } = run(...args);
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("nothing was compared: ");
  });
});

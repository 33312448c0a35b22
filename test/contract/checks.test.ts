import { isDeepStrictEqual } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { allChecks } from "./checks/all.js";
import { type Check, suites } from "./checks/check.js";
import { committedClient } from "./checks/client.js";
import { referenceOf, subjectOf } from "./checks/subject.js";
import { coverageOf, coverageTable, writeCoverage } from "./coverage-report.js";
import { approved, current, explanationsOf, released } from "./released.js";

// One subject for all checks: the document as it is generated, and the client as it is committed.
const subject = subjectOf(current, committedClient);
const own = allChecks(referenceOf(current));
const passed: Check[] = [];

describe.each(suites)("the contract keeps what it says itself: %s", (suite) => {
  test.each(own.filter((check) => check.suite === suite))("$name", async (check) => {
    await check.run(subject);
    passed.push(check);
  });
});

// Right after a release the two documents are the same, and so are their checks.
const isChanged = !isDeepStrictEqual(current, released);
const former = isChanged ? allChecks(referenceOf(released)) : [];

describe.skipIf(!isChanged)("the contract keeps what the last release said", () => {
  test.each(former)("$suite: $name", async (check) => {
    const failure = await Promise.resolve(subject)
      .then(check.run)
      .catch((error: unknown) => error);
    if (failure === undefined) return;
    // What has changed explains it, or the comparison has missed something.
    const explanations = explanationsOf(check);
    if (explanations.length === 0) throw failure;
    const breaks = explanations.filter(({ bump, id }) => bump === "major" && !approved.has(id));
    expect(
      breaks.map(({ id }) => id),
      "accept the break in openapi/approved.json",
    ).toEqual([]);
  });
});

test("no two checks of a suite have the same name", () => {
  const names = own.map(({ suite, name }) => `${suite}: ${name}`);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

describe("coverage", () => {
  const coverage = (): ReturnType<typeof coverageOf> =>
    coverageOf(subject.contract, subject.judge, passed);
  afterAll(() => {
    const counted = coverage();
    process.stdout.write(`\n${coverageTable(counted)}\n${writeCoverage(counted)}\n\n`);
  });

  test("everything in the contract is exercised by some check that passed", () => {
    const all = coverage().rows.find(({ suite }) => suite === "all");
    expect(Object.entries(all?.missing ?? {}).filter(([, names]) => names.length > 0)).toEqual([]);
  });

  // What a suite is for, it exercises all of.
  test.each([
    ["surface", ["operations", "statuses", "examples", "parameters"]],
    ["requests", ["operations", "parameters"]],
    ["answers", ["enum values", "union branches"]],
    ["engine", ["operations", "parameters"]],
    ["client requests", ["operations", "parameters"]],
    ["client answers", ["operations"]],
    ["client errors", ["operations"]],
  ])("%s exercises all %s", (suite, kinds) => {
    const row = coverage().rows.find((one) => one.suite === suite);
    const missing = Object.entries(row?.missing ?? {}).filter(([kind]) => kinds.includes(kind));
    expect(missing.filter(([, names]) => names.length > 0)).toEqual([]);
  });
});

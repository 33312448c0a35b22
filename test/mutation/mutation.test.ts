import { describe, expect, test } from "vitest";
import { allChecks } from "../contract/checks/all.js";
import { generateClient } from "../contract/checks/build-client.js";
import { committedClient } from "../contract/checks/client.js";
import { referenceOf, subjectOf } from "../contract/checks/subject.js";
import type { JsonObject } from "../contract/read-document.js";
import { current } from "../contract/released.js";
import * as client from "./client/mutators.js";
import { contractMutants } from "./contract/all.js";
import { applied } from "./contract/mutant.js";
import { equivalents, type Outcome, scoreOf, staleEntries, tallyOf } from "./outcome.js";
import { markdown } from "./report.js";
import { type Kill, killOf } from "./verdict.js";

const mutants = contractMutants(current);
const checks = allChecks(referenceOf(current));
const kill: Kill = { by: "requests", check: "a check", says: "no" };

function judged(document: JsonObject): Promise<Kill | undefined> {
  return killOf(checks, () => subjectOf(document, () => generateClient(document)));
}

describe("mutants of the contract", () => {
  test("each is another document, and the original stays as it is", () => {
    const before = JSON.stringify(current);
    const texts = mutants.map((mutant) => JSON.stringify(applied(current, mutant)));
    expect(new Set([before, ...texts]).size).toBe(mutants.length + 1);
    expect(JSON.stringify(current)).toBe(before);
    expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
  });

  test("each kind of mistake is made", () => {
    const kinds =
      "drop required|add required|rename property|drop property|change type|drop null|add null|" +
      "drop enum value|add enum value|close object|bound + 1|bound - 1|drop bound|drop format|" +
      "byte bound + 1|byte bound - 1|drop union branch|exclusive to inclusive|drop operation|" +
      "drop parameter|drop response|drop header|change status|change media type|change security|" +
      "drop security|drop error code|add error code|drop example|drop extension|flip retryable|" +
      "flip noSideEffects|change page name|drop from some-of|shorten requirement";
    expect(mutants.map(({ mutator }) => mutator)).toEqual(expect.arrayContaining(kinds.split("|")));
  });

  test("an object that is closed can be opened", () => {
    const closed: JsonObject = {
      components: {
        schemas: { Thing: { type: "object", properties: {}, additionalProperties: false } },
      },
    };
    expect(contractMutants(closed).map(({ id }) => id)).toContain(
      "open object /components/schemas/Thing",
    );
  });
});

describe("the judges", () => {
  test("let the contract itself live", async () => {
    expect(await judged(current)).toBeUndefined();
  });

  // One for each way to be noticed; all of them together are what `npm run test:mutation` runs.
  test.each([
    ["requests", /^bound \+ 1 .*AccessTokenIdStr: maxLength$/],
    ["answers", /^drop required .*ListAccessTokensResponse/],
    ["surface", /^drop example .*bad_query$/],
    ["generator", /^drop page name .*: more$/],
    ["client errors", /^swap code and message/],
    ["client extensions", /^drop extension .*: x-contract-secret$/],
    ["client types", /^drop from some-of .*: ops$/],
  ])("%s notices %s", async (by, id) => {
    const mutant = mutants.find((one) => id.test(one.id));
    expect(mutant).toBeDefined();
    if (mutant !== undefined) {
      expect(await judged(applied(current, mutant))).toMatchObject({ by });
    }
  });

  test("notice a document that cannot be read", async () => {
    expect(await judged({ paths: { "/a": { get: {} } } })).toMatchObject({ by: "reader" });
  });
});

describe("mutants of the client", () => {
  test("each is another text of one file", async () => {
    const { sources } = await committedClient();
    const all = client.clientMutants(sources);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const mutant of all) {
      const changed = client.applied(sources, mutant);
      const others = [...sources].filter(([file, text]) => changed.get(file) !== text);
      expect(
        others.map(([file]) => file),
        mutant.id,
      ).toEqual([mutant.file]);
    }
    const kinds = "drop check|drop field|drop member|swap members|change number|change text";
    expect(all.map(({ mutator }) => mutator)).toEqual(expect.arrayContaining(kinds.split("|")));
  });
});

describe("the score", () => {
  const [excused] = equivalents;
  const outcomes: readonly Outcome[] = [
    { mutator: "a", id: "killed", kill },
    { mutator: "a", id: "alive", kill: undefined },
    { mutator: "b", id: excused?.mutant ?? "", kill: undefined },
  ];

  test("leaves equivalent mutants out", () => {
    const tally = tallyOf("all", outcomes);
    expect(tally).toEqual({ name: "all", mutants: 3, killed: 1, equivalent: 1, survived: 1 });
    expect(scoreOf(tally)).toBe(50);
    expect(scoreOf(tallyOf("none", []))).toBe(100);
  });

  test("is reported with what survived, and why what is equivalent may", () => {
    const text = markdown([{ title: "Half", about: "About.", outcomes }], 97);
    expect(text).toContain("| Half | 3 | 1 | 1 | 1 | 50.0 % |");
    expect(text).toContain("| a | 2 | 1 | 0 | 1 | 50.0 % |");
    expect(text).toContain("| requests | 1 |");
    expect(text).toContain("- `alive`");
    expect(text).toContain(`: ${excused?.why}`);
  });

  test("an entry that excuses nothing is stale", () => {
    expect(staleEntries(outcomes)).toEqual(equivalents.slice(1).map(({ mutant }) => mutant));
    const noticed = outcomes.map((outcome) => ({ ...outcome, kill }));
    expect(staleEntries(noticed)).toHaveLength(equivalents.length);
  });

  test("every entry says why", () => {
    for (const { why } of equivalents) expect(why.length).toBeGreaterThan(40);
  });
});

/**
 * The order of refusals, where several apply: authentication, shape, permission, rules of a scope, escalation, and
 * what is there already. S2 tells of one part of it only, that who calls comes before what they may do, because there is no
 * other way; each row says whether it is that, or what the mock chose.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Mock, startMock } from "../../src/mock/index.js";
import { type Ladder, ladders, type Rung } from "./order/ladders.js";
import { meet, type Outcome, type Situation } from "./order/situation.js";
import { readContract } from "./read-document.js";
import { current } from "./released.js";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock?.stop());

let sessions = 0;
function send(situation: Situation): Promise<Outcome> {
  sessions += 1;
  return meet(mock, `order-${sessions}`, situation);
}

test("every operation has a ladder", () => {
  const operations = readContract(current).operations.map(({ operationId }) => operationId);
  expect(ladders.map(({ operation }) => operation).sort()).toEqual([...operations].sort());
});

describe.each(ladders.map((ladder) => [ladder.operation, ladder] as const))(
  "%s",
  (_, { start, success, rungs }) => {
    test("succeeds where nothing is wrong", async () => {
      expect(await send(start)).toMatchObject({ status: success, code: undefined });
    });

    // Each alone, so that what loses below would have been refused.
    test.each(rungs.map((rung) => [rung.cause, rung] as const))("alone: %s", async (_, rung) => {
      expectRefusal(await send(changed(start, [rung])), rung);
    });

    test.each(pairsOf(rungs))("%s", async (_, first, second) => {
      expectRefusal(await send(changed(start, [first, second])), first);
    });

    test("all that can be wrong at once is told one by one, in this order", async () => {
      const together = rungs.filter((rung, index) =>
        rungs.slice(0, index).every((earlier) => canMeet(earlier, rung)),
      );
      expect(new Set(together.map(({ kind }) => kind)).size).toBeGreaterThan(2);
      for (const [index, rung] of together.entries()) {
        expectRefusal(await send(changed(start, together.slice(index))), rung);
      }
    });
  },
);

function expectRefusal({ status, code, words }: Outcome, rung: Rung): void {
  expect(`${status} ${code}`).toBe(rung.want);
  expect(words).toMatch(rung.words);
}

function pairsOf(rungs: Ladder["rungs"]): readonly (readonly [string, Rung, Rung])[] {
  return rungs.flatMap((first, index) =>
    rungs
      .slice(index + 1)
      .filter((second) => canMeet(first, second))
      .map((second) => {
        const name = `${first.cause}, before: ${second.cause} (${basisOf(first, second)})`;
        return [name, first, second] as const;
      }),
  );
}

/** What does not change the same, and does not hide the other. */
function canMeet(first: Rung, second: Rung): boolean {
  const isHidden = (cut: Rung, other: Rung): boolean =>
    cut.change.cut === true && other.isInBody === true;
  return first.slot !== second.slot && !isHidden(first, second) && !isHidden(second, first);
}

function basisOf(first: Rung, second: Rung): string {
  const isNecessary =
    first.kind === "authentication" && ["permission", "escalation"].includes(second.kind);
  return isNecessary ? "it cannot be otherwise" : "the mock's choice";
}

function changed(start: Situation, rungs: readonly Rung[]): Situation {
  let situation = start;
  for (const { change } of rungs) {
    const { body, ...rest } = change;
    const merge = body !== undefined && { body: merged(situation, body) };
    situation = { ...situation, ...rest, ...merge };
  }
  return situation;
}

/** Members of the scope are put beside those that are there. */
function merged({ body }: Situation, change: Readonly<Record<string, unknown>>): Situation["body"] {
  return { ...body, ...change, scope: { ...Object(body?.["scope"]), ...Object(change["scope"]) } };
}

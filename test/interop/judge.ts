import { differences } from "./differences.js";
import { type Scenario, type Seen, scenarios } from "./scenarios.js";

/** What a client is to do in a scenario: what the contract says, or what its row of `differences.ts` says. */
export function expectedOf(client: string, scenario: Scenario): Seen {
  const difference = differences.find(
    (row) => row.client === client && row.scenario === scenario.name,
  );
  return difference ?? scenario;
}

/** Lines that say how a client did otherwise than expected; none if it did as expected. */
export function judge(client: string, scenario: Scenario, seen: Seen): readonly string[] {
  const expected = expectedOf(client, scenario);
  if (isSame(expected, seen)) return [];
  if (expected !== scenario && isSame(scenario, seen)) {
    return ["does what the contract says now: delete its row in test/interop/differences.ts"];
  }
  return [
    ...lines("expected of its calls", expected.said),
    ...lines("it said", seen.said),
    ...lines("expected at the mock", expected.wire),
    ...lines("the mock saw", seen.wire),
  ];
}

/** Rows of `differences.ts` that no scenario has, or that say what the contract says. */
export function idleDifferences(): readonly string[] {
  return differences
    .filter((row) => {
      const scenario = scenarios.find(({ name }) => name === row.scenario);
      return scenario === undefined || isSame(scenario, row);
    })
    .map(({ client, scenario }) => `${client}: ${scenario}`);
}

function isSame(expected: Seen, seen: Seen): boolean {
  return (
    expected.said.length === seen.said.length &&
    expected.wire.length === seen.wire.length &&
    expected.said.every((line, index) => isLine(line, seen.said[index])) &&
    expected.wire.every((line, index) => line === seen.wire[index])
  );
}

/** Of an error that a client makes itself, the words are its own. */
function isLine(expected: string, said: string | undefined): boolean {
  return said === expected || (/ client\b/.test(expected) && said?.startsWith(expected) === true);
}

function lines(title: string, of: readonly string[]): string[] {
  return [`${title}:`, ...(of.length > 0 ? of : ["nothing"]).map((line) => `  ${line}`)];
}

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ApiError,
  ContractError,
  isUnrecognized,
  type UnrecognizedVariant,
} from "../../../src/index.js";
import { claim, same } from "../checks/claim.js";
import { committedClient, connect } from "../checks/client.js";
import { leftToReader } from "../checks/client-answers.js";
import { judgeOf } from "../checks/judge.js";
import { partsOf } from "../checks/parts.js";
import { clientCalls } from "../client-calls.js";
import { elementsOf } from "../coverage.js";
import { type Json, readContract } from "../read-document.js";
import { current } from "../released.js";
import { asAnswered } from "../wire-values.js";
import { oneChange } from "./one-change.js";
import { answerRegressions } from "./regressions.js";
import { wireArbitrary } from "./wire-arbitrary.js";

const contract = readContract(current);
const judge = judgeOf(current);
const client = await committedClient();
const calls = clientCalls(contract);
const answers = partsOf(contract).flatMap((part) => {
  const call = calls.find(({ operation }) => operation === part.operation);
  if (part.kind !== "answer" || call === undefined) return [];
  return [{ part, call, key: part.key, status: part.response.status }];
});
const successes = answers.filter(({ status }) => status < 300);
// All errors have one body: one status of each operation stands for all.
const failures = answers.filter(({ status }) => [409, 500].includes(status));
/** The names of all properties: the likeliest to turn up where they do not belong. */
const names = [...elementsOf(contract).properties].map(
  (pointer) => pointer.split("/").at(-1) ?? "",
);
type Answer = (typeof answers)[number];

test("there are answers of both kinds", () => {
  expect(successes.length).toBeGreaterThan(1);
  expect(failures.length).toBeGreaterThan(1);
});

describe("whatever the document accepts the client reads", () => {
  test.each(successes)("$key", async (answer) => {
    const { schemaPointer } = answer.part;
    await fc.assert(
      fc.asyncProperty(wireArbitrary(current, judge, schemaPointer), async (wire) => {
        const read = await receive(answer, wire);
        same(read, { value: asAnswered(current, schemaPointer, wire) }, "what is read");
      }),
      { numRuns: 300 },
    );
  });
});

describe("an answer one change away is read alike, or is a ContractError", () => {
  test.each(successes)("$key", async (answer) => {
    const { schemaPointer } = answer.part;
    const changed = wireArbitrary(current, judge, schemaPointer).chain((wire) =>
      oneChange(wire, names),
    );
    await fc.assert(
      fc.asyncProperty(changed, async (wire) => {
        const { value, error } = await receive(answer, wire);
        const verdict = judge.verdict(schemaPointer, wire);
        const isFine = verdict.every(({ keyword }) => leftToReader.includes(keyword));
        if (isFine && !isStricter(error)) {
          same(error, undefined, "failure");
          same(value, asAnswered(current, schemaPointer, wire), "what is read");
          return;
        }
        // A key that tells no branch of a union is the key of a newer one, which is kept as it came.
        if (error === undefined && variantsOf(value).length > 0) {
          for (const { raw } of variantsOf(value)) {
            claim(JSON.stringify(wire).includes(JSON.stringify(raw)), () => JSON.stringify(raw));
          }
          return;
        }
        claim(error instanceof ContractError, () => `read as ${JSON.stringify(value)}: ${error}`);
      }),
      { numRuns: 1_000, examples: answerRegressions(answer.key).map((wire) => [wire]) },
    );
  });
});

describe("an error one change away is still an error of its status", () => {
  test.each(failures)("$key", async (answer) => {
    const { schemaPointer } = answer.part;
    const changed = wireArbitrary(current, judge, schemaPointer).chain((wire) =>
      oneChange(wire, names),
    );
    await fc.assert(
      fc.asyncProperty(changed, async (wire) => {
        const { error } = await receive(answer, wire);
        claim(error instanceof ApiError, () => `no ApiError: ${error}`);
        same(error.status, answer.status, "status");
        const isFine = judge.verdict(schemaPointer, wire).length === 0;
        // A body of another shape is worth keeping, as the text that it was.
        if (isFine) same(error.body, asAnswered(current, schemaPointer, wire), "body");
        else claim(typeof error.body !== "object", () => `a body of ${JSON.stringify(error.body)}`);
      }),
      { numRuns: 200 },
    );
  });
});

/**
 * Where the client is stricter than the schema, on purpose: of the keys that tell the branches of a union apart, an
 * object has one, whatever the others hold; and between date and time RFC 3339 has a T.
 */
function isStricter(error: unknown): boolean {
  if (!(error instanceof ContractError)) return false;
  return /exactly one of|date-time/.test(error.expected);
}

/** The variants of unions in a value that the contract does not list. */
function variantsOf(value: unknown): readonly UnrecognizedVariant[] {
  if (isUnrecognized(value)) return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(variantsOf);
}

async function receive(
  { call, status }: Answer,
  wire: Json,
): Promise<{ readonly value?: unknown; readonly error?: unknown }> {
  const connected = connect(client, async () => Response.json(wire, { status }));
  return call.send(connected, call.request).then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
}

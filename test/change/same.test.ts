import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareDocuments } from "../../scripts/change/compare.js";
import type { Finding } from "../../scripts/change/finding.js";
import { changeOf } from "../../scripts/change/run.js";
import type { Json } from "../../scripts/model/api.js";
import { canonical, isObject } from "../../scripts/spec/canonical.js";
import { Node } from "../../scripts/spec/node.js";
import { parseDocument } from "../contract/read-document.js";
import { contractMutants } from "../mutation/contract/all.js";
import { applied, type Mutant } from "../mutation/contract/mutant.js";
import { small } from "./small.js";

const contract = parseDocument(
  readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8"),
);
const documents: readonly (readonly [string, Json])[] = [
  ["a small contract", small],
  ["our contract", contract],
];

function findings(before: Json, after: Json): readonly Finding[] {
  return changeOf(before, after, () => ({ file: "", line: 1, pointer: "" })).findings;
}

/** The same document with the keys of each object in another order. */
function shuffled(value: Json, order: (keys: string[]) => string[]): Json {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, order));
  if (!isObject(value)) return value;
  const members = order(Object.keys(value)).map((key): [string, Json] => [
    key,
    shuffled(value[key] ?? null, order),
  ]);
  return Object.fromEntries(members);
}

/** The same document with some of its references written out; those of a schema to itself stay. */
function inlined(document: Json, isChosen: (at: string) => boolean): Json {
  const walk = (node: Node, within: readonly string[]): Json => {
    if (Array.isArray(node.value)) return node.items().map((item) => walk(item, within));
    if (!isObject(node.value)) return node.value;
    const ref = node.text("$ref");
    const target = ref === undefined ? undefined : node.resolve();
    const isAlone = node.entries().length === 1;
    if (
      ref !== undefined &&
      target !== undefined &&
      isAlone &&
      !within.includes(ref) &&
      isChosen(node.at.join("/"))
    ) {
      return walk(target, [...within, ref]);
    }
    const own = `#/${node.at.join("/")}`;
    return Object.fromEntries(
      node.entries().map(([key, member]) => [key, walk(member, [...within, own])]),
    );
  };
  return walk(new Node(document), []);
}

describe.each(documents)("nothing is told of %s", (_, document) => {
  test("against itself", () => {
    expect(findings(document, document)).toEqual([]);
    expect(findings(document, canonical(document))).toEqual([]);
  });

  test("with its keys in another order", () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
        const order = (keys: string[]): string[] =>
          keys
            .map((key) => [numbers.next().value ?? 0, key] as const)
            .toSorted(([left], [right]) => left - right)
            .map(([, key]) => key);
        expect(findings(document, shuffled(document, order))).toEqual([]);
      }),
      { numRuns: 5 },
    );
  });

  test("with references written out", () => {
    fc.assert(
      fc.property(fc.func(fc.boolean()), (isChosen) => {
        const other = inlined(document, (at) => isChosen(at));
        expect(findings(document, other)).toEqual([]);
        expect(findings(other, document)).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });
});

/** Mutants of the contract that change nothing that a caller or a validator could see. */
const unseen: readonly (readonly [id: RegExp, why: string])[] = [
  [/^reorder enum /, "The order of the values of an enum says nothing about what fits."],
  [
    /^change server .*enum: https:\/\/a\.s2\.dev$/,
    "The default of a variable can be chosen whether it is listed or not.",
  ],
  [
    /^add null .*\/(PermittedOperationGroups|ReadWritePermissions)$/,
    "Wherever these schemas are used, null stands beside them already.",
  ],
];

// A thousand comparisons take seconds, and far longer on a busy machine.
describe("mutants of our contract", { timeout: 300_000 }, () => {
  // Proof decides who breaks, not whether there is a change: without it, all mutants take seconds.
  const isFound = (mutant: Mutant): boolean =>
    compareDocuments(contract, applied(contract, mutant)).length > 0;
  const isUnseen = ({ id }: Mutant): boolean => unseen.some(([pattern]) => pattern.test(id));
  const mutants = contractMutants(contract);

  test("are found, or change nothing", () => {
    const missed = mutants.filter((mutant) => !isUnseen(mutant) && !isFound(mutant));
    expect(missed.map(({ id }) => id)).toEqual([]);
  });

  test("that change nothing are silent", () => {
    expect(
      mutants
        .filter(isUnseen)
        .filter(isFound)
        .map(({ id }) => id),
    ).toEqual([]);
    for (const [pattern, why] of unseen) {
      expect(
        mutants.some(({ id }) => pattern.test(id)),
        why,
      ).toBe(true);
    }
  });
});

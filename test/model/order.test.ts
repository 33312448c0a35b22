import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../../scripts/model/api.js";
import { buildApi } from "../../scripts/model/build.js";
import { emitFiles } from "../../scripts/pipeline.js";
import { canonical, isObject } from "../../scripts/spec/canonical.js";
import { loadSpec } from "../../scripts/spec/load.js";
import { wireTypes } from "../../scripts/wire-types.js";

const root = path.resolve(import.meta.dirname, "..", "..");

/** The same data with the keys of every object in an order that follows the numbers. */
function shuffled(value: Json, next: () => number): Json {
  if (Array.isArray(value)) return value.map((item: Json) => shuffled(item, next));
  if (!isObject(value)) return value;
  const keyed = Object.entries(value).map(([key, member]) => ({ key, member, rank: next() }));
  keyed.sort((left, right) => left.rank - right.rank);
  return Object.fromEntries(keyed.map(({ key, member }) => [key, shuffled(member, next)]));
}

test.each([
  "openapi/openapi.yaml",
  "test/golden/shapes/openapi.yaml",
  "test/golden/unions/openapi.yaml",
])("the order of keys in %s does not show in the output", async (file) => {
  const spec = path.join(root, file);
  const { document } = await loadSpec(spec);
  const emit = async (given: Json): Promise<Record<string, string>> => {
    const sorted = canonical(given);
    const out = path.join(root, "generated");
    const files = await emitFiles(buildApi(sorted).api, sorted, spec, out, wireTypes);
    return Object.fromEntries(files.map((one) => [one.path, one.text]));
  };
  const wanted = await emit(document);
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.nat()), async (ranks) => {
      const next = (): number => Number(ranks.next().value);
      expect(await emit(shuffled(document, next))).toEqual(wanted);
    }),
    { numRuns: 8 },
  );
});

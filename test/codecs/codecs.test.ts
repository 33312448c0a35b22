/**
 * The proof of the codecs: for every schema of the contract and of the golden documents, what Ajv accepts comes back as
 * it was, and what it refuses at a place that codecs check is refused there. `main.ts` does the same for any document.
 */
import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { loadSpec } from "../../scripts/spec/load.js";
import { prove } from "./prove.js";

const root = path.resolve(import.meta.dirname, "../..");
const golden = readdirSync(path.join(root, "test/golden"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `test/golden/${name}/openapi.yaml`);

test.each(["openapi/openapi.yaml", ...golden])("the codecs of %s lose nothing", async (file) => {
  const { document } = await loadSpec(path.join(root, file), { strict: false });
  const proof = await prove(document, 30, 1);
  expect(proof.losses).toEqual([]);
  expect(proof.left).toEqual([]);
  expect(proof.untried).toEqual([]);
  expect(proof.accepted).toBeGreaterThanOrEqual(proof.schemas);
});

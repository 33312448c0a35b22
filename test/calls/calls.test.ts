/**
 * No operation is generated that can never succeed: each of the golden documents is called in every media type, against
 * a server that answers as the document says. `main.ts` does the same for any document.
 */
import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { buildApi } from "../../scripts/model/build.js";
import { loadSpec } from "../../scripts/spec/load.js";
import { root } from "../readme/project.js";
import { tryCalls } from "./try.js";

const golden = readdirSync(path.join(root, "test/golden"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `test/golden/${name}/openapi.yaml`);

test.each(["openapi/openapi.yaml", ...golden])("every call of %s can succeed", async (file) => {
  const { document } = await loadSpec(path.join(root, file), { strict: false });
  const { api } = buildApi(document, { strict: false });
  const { calls, failures, untried } = await tryCalls(api, document);
  expect(failures).toEqual([]);
  expect(untried).toEqual([]);
  const methods = api.resources.flatMap((resource) => resource.methods);
  expect(calls).toBeGreaterThanOrEqual(methods.length);
});

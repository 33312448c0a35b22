import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { formatFiles } from "../../scripts/format.js";
import { buildApi } from "../../scripts/model/build.js";
import { emitFiles } from "../../scripts/pipeline.js";
import { loadSpec } from "../../scripts/spec/load.js";
import { wireTypes } from "../../scripts/wire-types.js";

/**
 * Given a document, wanted files: `test/golden/<case>/openapi.yaml` and `want/`. A change of an emitter starts in
 * `want/`; `npx vitest run test/golden -u` rewrites it, and the diff is read before it is committed. The wanted files
 * are linted and compiled with the project, so they also prove that what is wanted is right.
 */
const folder = import.meta.dirname;
const cases = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());

describe.each(cases.map((entry) => entry.name))("golden %s", (name) => {
  test("emits the wanted files", async () => {
    const spec = path.join(folder, name, "openapi.yaml");
    const want = path.join(folder, name, "want");
    const { document, locate, findings } = await loadSpec(spec, { strict: false });
    const { api, omitted } = buildApi(document, { strict: false, locate, findings });
    expect(omitted).toEqual([]);
    const files = await formatFiles(await emitFiles(api, document, spec, want, wireTypes));
    const kept = files.filter((file) => !file.path.startsWith("openapi."));
    for (const file of kept) {
      await expect(file.text, file.path).toMatchFileSnapshot(path.join(want, file.path));
    }
    const there = readdirSync(want, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(want, path.join(entry.parentPath, entry.name)));
    expect(there.sort()).toEqual(kept.map((file) => file.path).sort());
  });
});

import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { formatFiles } from "../../scripts/format.js";
import { buildApi } from "../../scripts/model/build.js";
import { emitFiles } from "../../scripts/pipeline.js";
import type { OutputFile } from "../../scripts/print/source.js";
import { loadSpec } from "../../scripts/spec/load.js";
import { wireTypes } from "../../scripts/wire-types.js";

/**
 * Given a document, wanted files: `test/golden/<case>/openapi.yaml` and `want/`. A change of an emitter starts in
 * `want/`; `npx vitest run test/golden -u` rewrites it, and the diff is read before it is committed. The wanted files
 * are linted and compiled with the project, so they also prove that what is wanted is right.
 */
const folder = import.meta.dirname;
const cases = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** All cases are formatted together: to start the formatter takes longer than its work. */
async function emitAll(): Promise<ReadonlyMap<string, readonly OutputFile[]>> {
  const emitted: OutputFile[] = [];
  for (const name of cases) {
    const spec = path.join(folder, name, "openapi.yaml");
    const { document, locate, findings } = await loadSpec(spec, { strict: false });
    const { api, omitted } = buildApi(document, { strict: false, locate, findings });
    expect(omitted).toEqual([]);
    const want = path.join(folder, name, "want");
    const files = await emitFiles(api, document, spec, want, wireTypes);
    const kept = files.filter((file) => !file.path.startsWith("openapi."));
    emitted.push(...kept.map((file) => ({ ...file, path: `${name}/${file.path}` })));
  }
  const files = await formatFiles(emitted);
  return new Map(
    cases.map((name) => {
      const own = files.filter((file) => file.path.startsWith(`${name}/`));
      return [name, own.map((file) => ({ ...file, path: file.path.slice(name.length + 1) }))];
    }),
  );
}

const emitted = emitAll();

test.each(cases)("golden %s emits the wanted files", async (name) => {
  const want = path.join(folder, name, "want");
  const files = (await emitted).get(name) ?? [];
  for (const file of files) {
    await expect(file.text, file.path).toMatchFileSnapshot(path.join(want, file.path));
  }
  const there = readdirSync(want, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(want, path.join(entry.parentPath, entry.name)));
  expect(there.sort()).toEqual(files.map((file) => file.path).sort());
});

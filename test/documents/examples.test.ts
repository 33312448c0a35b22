/**
 * Documents that others have published to test tools with, one feature each: `@readme/oas-examples` and
 * `@scalar/galaxy`. Every operation of each is generated. The output of those with a feature of their own is compiled
 * as one program; `npm run test:documents` compiles and lints that of any document.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { buildApi } from "../../scripts/model/build.js";
import { emitFiles } from "../../scripts/pipeline.js";
import { loadSpec } from "../../scripts/spec/load.js";
import { wireTypes } from "../../scripts/wire-types.js";
import { compare, writeChanges } from "../../scripts/write.js";
import { root } from "../readme/project.js";
import { compileFolders } from "./compile.js";
import { readFacts } from "./facts.js";
import { findDocuments } from "./find.js";

const require = createRequire(import.meta.url);
const examples = path.dirname(require.resolve("@readme/oas-examples/package.json"));
const galaxy = require.resolve("@scalar/galaxy/3.1.yaml");

/** Most documents are there in JSON and in YAML. */
const documents = [...findDocuments([examples]), { name: "galaxy", spec: galaxy }].filter(
  ({ name }, _, all) =>
    !/-yaml-/.test(name) || !all.some((one) => one.name === name.replace("-yaml-", "-json-")),
);

/** Together they have every feature that the others have, in a few operations. */
const compiled = [
  "2.0-json-petstore",
  "3.0-json-callbacks",
  "3.0-json-circular-paths",
  "3.0-json-discriminators",
  "3.0-json-file-uploads",
  "3.0-json-polymorphism",
  "3.0-json-server-path-level",
  "3.1-json-parameters-style",
  "3.1-json-schema-types",
  "3.1-json-security",
  "3.1-json-train-travel",
  "3.1-json-webhooks",
  "galaxy",
];

// Below the project, whose runtime the output imports.
mkdirSync(path.join(root, ".tmp"), { recursive: true });
const folder = mkdtempSync(path.join(root, ".tmp", "examples-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("there are as many documents as were known to be there", () => {
  expect(documents).toHaveLength(71);
});

test.each(documents)("$name is generated, all of it", async ({ name, spec }) => {
  const { document, locate, findings } = await loadSpec(spec, { strict: false });
  const { api, omitted } = buildApi(document, { strict: false, locate, findings });
  expect(omitted).toEqual([]);
  const methods = api.resources.flatMap((resource) => resource.methods);
  expect(methods).toHaveLength(readFacts(spec).operations);
  if (!compiled.includes(name)) return;
  const out = path.join(folder, name);
  mkdirSync(out);
  const files = await emitFiles(api, document, spec, out, wireTypes);
  await writeChanges(out, compare(out, files));
});

test("the output compiles under the strictest options", () => {
  expect(compileFolders(compiled.map((name) => path.join(folder, name))).flat()).toEqual([]);
});

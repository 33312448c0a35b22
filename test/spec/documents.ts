import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Built, buildApi } from "../../scripts/model/build.js";
import { readSpec } from "../../scripts/spec/load.js";
import { SpecError } from "../../scripts/spec/problem.js";

/** Writes the files of a document; the first is its root, whose path comes back. */
export function writeDocument(folder: string, files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return path.join(folder, Object.keys(files)[0] ?? "");
}

/** Builds the model of a document as the command does without `--strict`. */
export async function build(spec: string): Promise<Built> {
  const { document, locate, findings, errors } = await readSpec(spec, { strict: false });
  if (errors.length > 0) throw new SpecError(errors);
  return buildApi(document, { strict: false, locate, findings });
}

/** A document of OpenAPI 3.1 with one operation, which answers with this schema. */
export function answering(schema: string, more = ""): string {
  return `openapi: 3.1.0
info: { title: One, version: "1" }
paths:
  /things:
    get:
      operationId: list_things
      tags: [things]
      responses:
        "200":
          description: All.
          content: { application/json: { schema: ${schema} } }
${more}`;
}

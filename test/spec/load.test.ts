import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { buildApi } from "../../scripts/model/build.js";
import { loadSpec } from "../../scripts/spec/load.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "load-"));
  mkdirSync(path.join(folder, "api"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a document whose only schema is behind this reference. */
function write(ref: string, openapi = "3.1.0"): string {
  const file = path.join(folder, "api", "openapi.yaml");
  writeFileSync(
    file,
    `openapi: ${openapi}
info: { title: One, version: "1", license: { name: MIT } }
tags: [{ name: things }]
paths:
  /things:
    get:
      operationId: list_things
      tags: [things]
      responses:
        "200":
          description: All.
          content: { application/json: { schema: { $ref: ${JSON.stringify(ref)} } } }
`,
  );
  return file;
}

async function messageOf(file: string): Promise<string> {
  try {
    const { document, locate } = await loadSpec(file);
    buildApi(document, { locate });
    return "nothing was refused";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe("a reference stays in the folder of the document", () => {
  const schema = "type: object\nproperties: { a: { type: string } }\n";

  test("a file beside it is taken", async () => {
    writeFileSync(path.join(folder, "api", "Thing.yaml"), schema);
    expect(await messageOf(write("Thing.yaml"))).toBe("nothing was refused");
  });

  test("a file outside is refused, with file and line", async () => {
    writeFileSync(path.join(folder, "Secret.yaml"), schema);
    const message = await messageOf(write("../Secret.yaml"));
    expect(message).toContain("leaves the folder of the document");
    expect(message).toMatch(/openapi\.yaml:12:/);
  });

  test("so is a link that leads outside", async () => {
    writeFileSync(path.join(folder, "Secret.yaml"), schema);
    symlinkSync(path.join(folder, "Secret.yaml"), path.join(folder, "api", "Link.yaml"));
    expect(await messageOf(write("Link.yaml"))).toContain("leaves the folder of the document");
  });

  test("an address is refused before it is asked", async () => {
    let asked = 0;
    const server = createServer((_request, response) => {
      asked += 1;
      response.end(schema);
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const message = await messageOf(write(`http://127.0.0.1:${port}/Thing.yaml`));
    server.close();
    expect(message).toContain("leaves the folder of the document");
    expect(asked).toBe(0);
  });
});

describe("a refusal names the place in the sources", () => {
  test("in a file that bundling moved into components", async () => {
    writeFileSync(
      path.join(folder, "api", "Thing.yaml"),
      "type: object\nproperties:\n  a:\n    type: string\n  b:\n    type: string\n    unevaluatedItems: false\n",
    );
    const message = await messageOf(write("Thing.yaml"));
    expect(message).toMatch(/api\/Thing\.yaml:7:5 {2}#\/properties\/b\/unevaluatedItems\n/);
  });

  test("in the root", async () => {
    const file = write("Thing.yaml");
    writeFileSync(path.join(folder, "api", "Thing.yaml"), "type: string\nx-contract-nope: 1\n");
    expect(await messageOf(file)).toMatch(/api\/Thing\.yaml:2:1 {2}#\/x-contract-nope\n/);
  });
});

test.each(["1.2", "3.9.0", "4.0.0"])("version %s is refused", async (version) => {
  writeFileSync(path.join(folder, "api", "Thing.yaml"), "type: string\n");
  const message = await messageOf(write("Thing.yaml", version));
  expect(message).toMatch(/openapi\.yaml:1:1 {2}#\/openapi/);
  expect(message).toContain(`version ${version}`);
  expect(message).toContain("Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2");
});

test("the linter's rules beside the document are used", async () => {
  writeFileSync(path.join(folder, "api", "Thing.yaml"), "type: string\n");
  const file = write("Thing.yaml");
  writeFileSync(path.join(folder, "api", "redocly.yaml"), "rules: { operation-summary: error }\n");
  expect(await messageOf(file)).toContain("[operation-summary]");
});

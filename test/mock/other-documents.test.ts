import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { isForeign, operationsWithoutState } from "../../src/mock/document.js";
import { type RequestRecord, startMock } from "../../src/mock/index.js";

const folder = mkdtempSync(join(tmpdir(), "mock-documents-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An API that has nothing of ours: no operation ids, no shared error, other media types and securities. */
const pets = {
  info: { title: "Pets", version: "1.0.0" },
  servers: [{ url: "https://pets.example/api" }],
  paths: {
    "/pets/{id}": {
      get: {
        parameters: [
          { name: "id", in: "path", required: true, schema: { type: "integer", format: "int64" } },
          { name: "tags", in: "query", schema: { type: "array", items: { type: "string" } } },
        ],
        responses: {
          "200": {
            description: "A pet.",
            content: {
              "application/json": { example: { name: "Rex" }, schema: { type: "object" } },
            },
          },
          default: { description: "Anything else." },
        },
      },
    },
    "/pets": {
      post: {
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: {
                type: "object",
                required: ["name"],
                properties: { name: { type: "string" } },
              },
            },
            "application/x-www-form-urlencoded": { schema: { type: "object" } },
          },
        },
        responses: { "202": { description: "Taken." } },
      },
    },
  },
};

describe.each(["3.0.3", "3.1.0"])("a document of another API, in OpenAPI %s", (openapi) => {
  const document = { openapi, ...pets };
  const call = async (
    url: string,
    path: string,
    init: RequestInit = {},
  ): Promise<readonly [number, unknown]> => {
    const response = await fetch(`${url}${path}`, init);
    const text = await response.text();
    return [response.status, text === "" ? undefined : JSON.parse(text)];
  };
  const json = { "content-type": "application/json" };

  test("is served with its examples, below its base path and without", async () => {
    const records: RequestRecord[] = [];
    await using mock = await startMock({ document, onRequest: (one) => records.push(one) });
    expect(await call(mock.url, "/api/pets/5?tags=a&tags=b")).toEqual([200, { name: "Rex" }]);
    expect(await call(mock.url, "/pets/5")).toEqual([200, { name: "Rex" }]);
    const sent = { method: "POST", headers: json, body: JSON.stringify({ name: "Rex" }) };
    expect(await call(mock.url, "/pets", sent)).toEqual([202, undefined]);
    const form = { method: "POST", body: new URLSearchParams({ name: "Rex" }) };
    expect(await call(mock.url, "/pets", form)).toEqual([202, undefined]);
    expect(records.map(({ operation, reason }) => [operation, reason])).toEqual([
      ["GET /pets/{id}", "an example of the document"],
      ["GET /pets/{id}", "an example of the document"],
      ["POST /pets", "an example of the document"],
      ["POST /pets", "an example of the document"],
    ]);
  });

  test("has its requests checked, and its methods told", async () => {
    await using mock = await startMock({ document });
    const [status, error] = await call(mock.url, "/pets", {
      method: "POST",
      headers: json,
      body: "{}",
    });
    expect([status, error]).toMatchObject([400, { message: expect.stringContaining("name") }]);
    expect((await call(mock.url, "/pets/x"))[0]).toBe(400);
    expect((await call(mock.url, "/cats"))[0]).toBe(404);
    const response = await fetch(`${mock.url}/pets`, { method: "DELETE" });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
  });

  test("takes no faults, which need a state", async () => {
    await expect(startMock({ document, faults: { faults: [] } })).rejects.toThrow("no state");
  });
});

test("what the mock cannot read is refused with what to do", async () => {
  const swagger = { swagger: "2.0", info: pets.info, paths: {} };
  await expect(startMock({ document: swagger })).rejects.toThrow(
    "this is Swagger 2.0, and the mock reads OpenAPI 3.0 and 3.1; clientwright makes 3.1 of it",
  );
  const elsewhere = {
    openapi: "3.1.0",
    ...pets,
    paths: { "/a": { get: { responses: { "200": { $ref: "other.yaml#/a" } } } } },
  };
  await expect(startMock({ document: elsewhere })).rejects.toThrow(
    "$ref refers to another file, other.yaml#/a; bundle the document first",
  );
});

/** The contract, with an operation more. */
function withStreams(): Readonly<Record<string, unknown>> {
  const text = readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8");
  const contract: { paths: object } = JSON.parse(text);
  const content = { "application/json": { schema: { type: "object" }, example: { n: 1 } } };
  const list = {
    operationId: "list_streams",
    security: [],
    responses: { "200": { description: "Streams.", content } },
  };
  return { ...contract, paths: { ...contract.paths, "/streams": { get: list } } };
}

test("an operation of the contract without a state is told, at the start and of each request", async () => {
  const document = withStreams();
  expect(isForeign(document)).toBe(false);
  expect(operationsWithoutState(document)).toEqual(["list_streams"]);
  await using mock = await startMock({ document });
  await (await fetch(`${mock.url}/v1/streams`)).text();
  expect(mock.journal()[0]).toMatchObject({
    operation: "list_streams",
    status: 200,
    reason: "an example of the document: the mock has no state for this operation",
  });
});

test("the command says so, of YAML as of JSON", async () => {
  const { runProgram } = await import("../../src/mock/cli/program.js");
  const started = async (file: string): Promise<unknown> => {
    const lines: string[] = [];
    const write = (line: string): void => void lines.push(line);
    const flags = ["--json", "--document", file, "--", process.execPath, "-e", "0"];
    expect(await runProgram(["mock", ...flags], { out: write, error: write })).toBe(0);
    return JSON.parse(lines[0] ?? "");
  };
  const yaml = join(folder, "pets.yaml");
  writeFileSync(yaml, stringify({ openapi: "3.1.0", ...pets }));
  expect(await started(yaml)).toMatchObject({ event: "start", stateless: true, examples: [] });
  const own = join(folder, "own.json");
  writeFileSync(own, JSON.stringify(withStreams()));
  expect(await started(own)).toMatchObject({ stateless: false, examples: ["list_streams"] });
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

  test("is served with its examples, with and without its base path", async () => {
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

  test("has its requests checked, and its methods listed in Allow", async () => {
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

  test("rejects faults, which need state", async () => {
    await expect(startMock({ document, faults: { faults: [] } })).rejects.toThrow("no state");
  });
});

test("an unreadable document is rejected with advice", async () => {
  for (const [version, words] of [
    [
      { swagger: "1.2" },
      "expected Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2, found the version 1.2",
    ],
    [{ openapi: "4.0.0" }, "found the version 4.0.0"],
    [{}, "found no version of OpenAPI"],
  ] as const) {
    await expect(startMock({ document: { ...version, ...pets } })).rejects.toThrow(words);
  }
  const elsewhere = {
    openapi: "3.1.0",
    ...pets,
    paths: { "/a": { get: { responses: { "200": { $ref: "other.yaml#/a" } } } } },
  };
  await expect(startMock({ document: elsewhere })).rejects.toThrow(
    "$ref refers to another file, other.yaml#/a; bundle the document first",
  );
});

/** One API in each version, with what that version alone writes in its own way. */
const versions: { readonly [version: string]: object } = {
  "Swagger 2.0": {
    swagger: "2.0",
    info: { title: "Birds", version: "2" },
    host: "birds.example",
    basePath: "/api",
    consumes: ["application/json"],
    produces: ["application/json"],
    securityDefinitions: { key: { type: "apiKey", in: "header", name: "x-key" } },
    paths: {
      "/birds": {
        get: {
          parameters: [
            { name: "wings", in: "query", type: "integer", required: true },
            {
              name: "colours",
              in: "query",
              type: "array",
              items: { type: "string" },
              collectionFormat: "csv",
            },
          ],
          responses: {
            200: {
              description: "Birds.",
              schema: { type: "array", items: { $ref: "#/definitions/Bird" } },
              examples: { "application/json": [{ name: "Tit" }] },
            },
          },
        },
        post: {
          security: [{ key: [] }],
          parameters: [
            { name: "body", in: "body", required: true, schema: { $ref: "#/definitions/Bird" } },
          ],
          responses: { 201: { description: "Hatched." } },
        },
      },
    },
    definitions: {
      Bird: { type: "object", required: ["name"], properties: { name: { type: "string" } } },
    },
  },
  "OpenAPI 3.2": {
    openapi: "3.2.0",
    info: { title: "Birds", version: "3" },
    servers: [{ url: "/api", name: "here" }],
    components: {
      securitySchemes: { key: { type: "apiKey", in: "header", name: "x-key" } },
      mediaTypes: {
        Bird: { schema: { $ref: "#/components/schemas/Bird" } },
      },
      schemas: {
        Bird: { type: "object", required: ["name"], properties: { name: { type: "string" } } },
      },
    },
    paths: {
      "/birds": {
        get: {
          parameters: [{ name: "wings", in: "query", required: true, schema: { type: "integer" } }],
          responses: {
            200: {
              description: "Birds.",
              content: {
                "application/json": {
                  schema: { type: "array", items: { $ref: "#/components/schemas/Bird" } },
                  examples: { one: { dataValue: [{ name: "Tit" }] } },
                },
              },
            },
          },
        },
        post: {
          security: [{ key: [] }],
          requestBody: {
            required: true,
            content: { "application/json": { $ref: "#/components/mediaTypes/Bird" } },
          },
          responses: { 201: { description: "Hatched." } },
        },
      },
    },
  },
};

describe.each(Object.entries(versions))("a document of %s", (_, document) => {
  test("is served after conversion to OpenAPI 3.1", async () => {
    await using mock = await startMock({ document });
    const url = `${mock.url}/api/birds`;
    expect(await (await fetch(`${url}?wings=2`)).json()).toEqual([{ name: "Tit" }]);
    expect(await (await fetch(url)).json()).toMatchObject({ code: "bad_query" });
    const post = async (headers: object, body: object): Promise<unknown> => {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify(body),
      });
      const text = await response.text();
      return text === "" ? response.status : JSON.parse(text);
    };
    expect(await post({ "x-key": "any" }, { name: "Tit" })).toBe(201);
    expect(await post({ "x-key": "any" }, {})).toMatchObject({ code: "bad_json" });
    expect(await post({}, { name: "Tit" })).toEqual({
      code: "mock_unauthorized",
      message: "The document asks for an API key; this mock takes any value",
    });
  });

  test("is served by the command from one file or several, and reloaded when one changes", async () => {
    const { readDocument } = await import("../../src/mock/cli/read-document.js");
    const whole = join(folder, "birds.yaml");
    writeFileSync(whole, stringify(document));
    const { paths, ...root } = Object(document);
    const split = join(folder, "split.yaml");
    writeFileSync(split, stringify({ ...root, paths: { "/birds": { $ref: "birds/path.yaml" } } }));
    mkdirSync(join(folder, "birds"), { recursive: true });
    const local = /#\/(definitions|components)/g;
    const path = stringify(paths["/birds"]).replace(local, "../split.yaml#/$1");
    writeFileSync(join(folder, "birds", "path.yaml"), path);
    const one = await readDocument(whole);
    const several = await readDocument(split);
    expect(several.files).toHaveLength(2);
    await using mock = await startMock({ document: one.document });
    await mock.serve(several.document);
    expect(await (await fetch(`${mock.url}/api/birds?wings=2`)).json()).toEqual([{ name: "Tit" }]);
    expect(mock.served()).toMatchObject({ stateless: true, isForeign: true, operations: 2 });
  });
});

describe("a document of another API brings no word of access tokens", () => {
  test("the control has no state, and says so", async () => {
    await using mock = await startMock({ document: { openapi: "3.1.0", ...pets } });
    const call = async (path: string, method = "GET"): Promise<readonly [number, string]> => {
      const response = await fetch(`${mock.url}/__mock/${path}`, {
        method,
        headers: { authorization: `Bearer ${mock.controlToken}` },
      });
      return [response.status, await response.text()];
    };
    for (const path of ["state", "clock", "clock/advance", "faults"]) {
      const [status, text] = await call(path, path === "clock/advance" ? "POST" : "GET");
      expect([status, text]).toEqual([404, expect.stringContaining("keeps no state")]);
      expect(text).not.toMatch(/token/i);
      const options = await fetch(`${mock.url}/__mock/${path}`, { method: "OPTIONS" });
      expect(options.status).toBe(404);
    }
    const described = (await call("openapi.json"))[1];
    const bare = described.replaceAll(/control ?_?token/gi, "").replaceAll("bearer token", "");
    expect(bare.match(/token|\bfaults?\b|clock/gi)).toBeNull();
    const { paths } = JSON.parse(described);
    for (const [path, item] of Object.entries<object>(paths)) {
      if (path === "/journal/events" || path === "/openapi.json") continue;
      for (const method of Object.keys(item)) {
        const [status, text] = await call(path.slice(1), method.toUpperCase());
        expect([path, method, status]).toEqual([path, method, text === "" ? 204 : 200]);
      }
    }
    expect((await call("sessions"))[1]).not.toContain("token");
  });

  test("the page gets the document's title, and valid requests", async () => {
    const title = "Pets </title><script>";
    const document = { openapi: "3.1.0", ...pets, info: { title, version: "1" } };
    await using mock = await startMock({ document });
    const html = await (await fetch(mock.url, { headers: { accept: "text/html" } })).text();
    expect(html).toContain("<title>Mock of Pets &#60;/title&#62;&#60;script&#62; 1</title>");
    const get = async (path: string): Promise<Record<string, string>> =>
      await (await fetch(`${mock.url}/__mock/page/${path}`)).json();
    expect(await get("settings.json")).toMatchObject({
      served: `${title} 1`,
      isForeign: true,
      stateless: true,
      faults: [],
      first: { method: "GET", target: "/api/pets/0" },
    });
    const { method, target, headers, body } = await get(
      `requests/${encodeURIComponent("POST /pets")}`,
    );
    const init = { method: method ?? "", headers: Object(headers), body: body ?? "" };
    expect((await fetch(`${mock.url}${target}`, init)).status).toBe(202);
  });
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

test("an operation without state is named at the start and in the log", async () => {
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

test("the command says so, for YAML and for JSON", async () => {
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

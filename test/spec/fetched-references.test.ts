import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildApi } from "../../scripts/model/build.js";
import { readSpec } from "../../scripts/spec/load.js";
import { answering, writeDocument } from "./documents.js";

/** What `--fetch-refs` may fetch, by path. */
const served: Readonly<Record<string, string>> = {
  "/thing.yaml":
    "type: object\nrequired: [name]\nproperties: { name: { $ref: parts.yaml#/Name } }\n",
  "/parts.yaml": "Name: { type: string, maxLength: 5 }\n",
  "/file.yaml": "type: object\nproperties: { secret: { $ref: 'file:///etc/hostname' } }\n",
};

let server: Server;
let origin = "";
let folder = "";
const asked: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "fetched-"));
  server = createServer((request, response) => {
    asked.push(request.url ?? "");
    const text = served[request.url ?? ""];
    response.writeHead(text === undefined ? 404 : 200, { "content-type": "application/yaml" });
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server of TCP has an address of this kind.
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

test("a reference to a URL is fetched where it is asked for, and what that refers to", async () => {
  const text = answering(`{ $ref: "${origin}/thing.yaml" }`);
  const spec = writeDocument(folder, { "openapi.yaml": text });
  const { document, findings, files } = await readSpec(spec, { strict: false, urls: true });
  const { api, omitted } = buildApi(document, { strict: false, findings });
  expect(omitted).toEqual([]);
  expect(api.models.map(({ shape }) => shape)).toMatchObject([
    { kind: "string", limits: { maxLength: 5 } },
    { kind: "object", properties: [{ name: "name", shape: { kind: "ref" } }] },
  ]);
  expect(files).toContain(`${origin}/thing.yaml`);
  expect(asked.sort()).toEqual(["/parts.yaml", "/thing.yaml"]);
});

test.each([
  ["nothing is there", "/ghost.yaml", ""],
  ["what is there leads to a file", "/file.yaml", "leaves the folder"],
])("where %s, the operation is left out with its place", async (_, at, words) => {
  const text = answering(`{ $ref: "${origin}${at}" }`);
  const spec = writeDocument(folder, {
    "openapi.yaml": `${text}  /more: { get: { responses: { "204": { description: None. } } } }\n`,
  });
  const { document, findings, locate } = await readSpec(spec, { strict: false, urls: true });
  const { omitted } = buildApi(document, { strict: false, findings, locate });
  expect(omitted).toMatchObject([{ operation: "GET /things" }]);
  expect(omitted[0]?.reason).toContain(words);
  expect(omitted[0]?.source).toMatch(/:\d+:\d+ /);
});

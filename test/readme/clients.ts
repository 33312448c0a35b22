import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { runGenerator } from "../generate/run-generator.js";
import { root } from "./project.js";

/** A project with the client that the examples of scripts/README.md import from `./api/`. */
export interface ClientProject {
  /** The folder whose programs can import `./api/index.js`. */
  readonly folder: string;
  readonly remove: () => void;
}

/** Generates the client of {@link exampleDocument}, below this repository, where it finds openapi-fetch. */
export async function generateExampleClient(): Promise<ClientProject> {
  mkdirSync(path.join(root, ".tmp"), { recursive: true });
  const folder = mkdtempSync(path.join(root, ".tmp", "readme-"));
  const spec = path.join(folder, "openapi.json");
  writeFileSync(spec, JSON.stringify(exampleDocument));
  const out = path.join(folder, "api");
  const run = await runGenerator(["--spec", spec, "--out", out, "--no-document"]);
  if (run.code !== 0) throw new Error(run.stderr);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

const json = (schema: object): object => ({ "application/json": { schema } });
const object = { type: "object", properties: { id: { type: "integer" } } };
const parameter = (name: string, type: string): object => ({
  ...{ name, in: "path", required: true },
  schema: { type },
});

const exampleDocument = {
  openapi: "3.0.3",
  info: { title: "The API of the examples", version: "1" },
  servers: [{ url: "https://api.example.com" }],
  tags: [{ name: "pets" }, { name: "repos" }],
  paths: {
    "/pets": {
      get: {
        operationId: "listPets",
        tags: ["pets"],
        responses: {
          200: {
            description: "The pets.",
            headers: { "X-RateLimit-Remaining": { schema: { type: "integer" } } },
            content: json({ type: "array", items: object }),
          },
        },
      },
    },
    "/pets/{id}": {
      get: {
        operationId: "getPet",
        tags: ["pets"],
        parameters: [parameter("id", "integer")],
        responses: { 200: { description: "The pet.", content: json(object) } },
      },
    },
    "/repos/{owner}/{repo}": {
      get: {
        operationId: "getRepo",
        tags: ["repos"],
        // So long that the operation gets a file of its own, as in a large document.
        description: "A sentence of a long description. ".repeat(4_000),
        parameters: [parameter("owner", "string"), parameter("repo", "string")],
        responses: { 200: { description: "The repository.", content: json(object) } },
      },
    },
  },
};

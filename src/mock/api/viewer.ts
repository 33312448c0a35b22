import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { isJsonObject, type JsonObject } from "../engine/json.js";
import type { FaultyAnswer } from "../faults/inject.js";

/** What the viewer is made of; the names are those of its package and of its files beside the bundle. */
export const viewerAssets: readonly string[] = ["swagger-ui-bundle.js", "swagger-ui.css"];

/** Where the browser finds them, and the document. */
const folder = "/__mock/viewer/";

/** What a page is asked with. */
export interface ViewerCall {
  readonly method: string;
  readonly path: string;
  readonly document: JsonObject;
  /** The path before those of the document. */
  readonly basePath: string;
  /** The bearer that calls are made with; undefined where the page is asked for from elsewhere. */
  readonly rootToken: string | undefined;
}

const types: { readonly [ending: string]: string } = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  json: "application/json",
};

/** The reference of the API, from which it can be called; a tab of the page. Undefined is that this is no part of it. */
export async function viewer(call: ViewerCall): Promise<FaultyAnswer | undefined> {
  const { method, path } = call;
  if (method !== "GET" && method !== "HEAD") return undefined;
  if (!path.startsWith(folder)) return undefined;
  const name = path.slice(folder.length);
  if (name === "") return served("html", page);
  if (name === "openapi.json") return served("json", JSON.stringify(callable(call)));
  if (name === "start.js") return served("js", start(call));
  if (!viewerAssets.includes(name)) return undefined;
  return served(name.split(".").at(-1) ?? "", await readFile(assetFile(name), "utf8"));
}

function served(ending: string, text: string): FaultyAnswer {
  return {
    status: 200,
    headers: {
      "content-type": types[ending] ?? "text/plain",
      "content-security-policy":
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'",
      "x-content-type-options": "nosniff",
      // A page of another site that takes the scripts for its own could read the root token in them.
      "cross-origin-resource-policy": "same-origin",
    },
    body: undefined,
    text,
    operationId: undefined,
    reason: undefined,
  };
}

/** Beside the bundle or, where the sources run, in the package of the viewer. */
function assetFile(name: string): string {
  const isSource = import.meta.url.endsWith(".ts");
  if (!isSource) return fileURLToPath(new URL(`./viewer/${name}`, import.meta.url));
  return createRequire(import.meta.url).resolve(`swagger-ui-dist/${name}`);
}

/**
 * The document with this server in place of the real one: nothing on the page may call that. The viewer reads schemas
 * as JSON Schema 2020-12 without being told, and warns of a document that tells it.
 */
function callable({ document, basePath }: ViewerCall): JsonObject {
  const { jsonSchemaDialect: _, ...shown } = document;
  const servers = [{ url: basePath || "/", description: "This mock" }];
  return { ...typedExclusions(shown), servers };
}

/**
 * The viewer takes what has no `type` for anything, and so shows a schema that excludes some texts, as
 * `{ "type": "string", "not": { "enum": […] } }` does, as one of nothing at all. Of texts only texts can be excluded:
 * that this says so changes nothing else.
 */
function typedExclusions(object: JsonObject): JsonObject {
  const typed = Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name, typedWithin(value)]),
  );
  const { type, not } = typed;
  const isTyped = typeof type === "string" || Array.isArray(type);
  return isTyped && isJsonObject(not) ? { ...typed, not: { type, ...not } } : typed;
}

function typedWithin(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(typedWithin);
  return isJsonObject(value) ? typedExclusions(value) : value;
}

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Reference of the S2 mock</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="${folder}swagger-ui.css">
  </head>
  <body>
    <div id="viewer"></div>
    <script src="${folder}swagger-ui-bundle.js"></script>
    <script src="${folder}start.js"></script>
  </body>
</html>
`;

function start({ rootToken, document }: ViewerCall): string {
  const [scheme] = Object.keys(Object(Object(document["components"])["securitySchemes"]));
  const authorize =
    rootToken === undefined || scheme === undefined
      ? ""
      : `ui.preauthorizeApiKey(${JSON.stringify(scheme)}, ${JSON.stringify(rootToken)});`;
  return `const ui = SwaggerUIBundle({
  url: "${folder}openapi.json",
  dom_id: "#viewer",
  deepLinking: true,
  validatorUrl: null,
  onComplete: () => { ${authorize} },
});
`;
}

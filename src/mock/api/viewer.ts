import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { titleOf } from "../document.js";
import { isJsonObject, type JsonObject } from "../engine/json.js";
import type { FaultyAnswer } from "../faults/inject.js";
import { textInHtml } from "./page.js";

/** The files of the viewer, named as in its package and next to the bundle. */
export const viewerAssets: readonly string[] = ["swagger-ui-bundle.js", "swagger-ui.css"];

/** The path of the viewer, its files and the document. */
const folder = "/__mock/viewer/";

/** A request for the viewer. */
export interface ViewerCall {
  readonly method: string;
  readonly path: string;
  readonly document: JsonObject;
  /** The path in front of the document's paths. */
  readonly basePath: string;
  /** The bearer token for calls from the viewer; undefined if the request comes from another machine. */
  readonly rootToken: string | undefined;
}

const types: { readonly [ending: string]: string } = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  json: "application/json",
};

/** Serves the API reference in a tab of the page, from which you can call the API. Undefined for paths of others. */
export async function viewer(call: ViewerCall): Promise<FaultyAnswer | undefined> {
  const { method, path } = call;
  if (method !== "GET" && method !== "HEAD") return undefined;
  if (!path.startsWith(folder)) return undefined;
  const name = path.slice(folder.length);
  if (name === "") return served("html", page(titleOf(call.document)));
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
      // A page of another site that loads the script could read the root token in it.
      "cross-origin-resource-policy": "same-origin",
    },
    body: undefined,
    text,
    operationId: undefined,
    reason: undefined,
  };
}

/** The path of a file: next to the bundle or, when running from sources, in the viewer's package. */
function assetFile(name: string): string {
  const isSource = import.meta.url.endsWith(".ts");
  if (!isSource) return fileURLToPath(new URL(`./viewer/${name}`, import.meta.url));
  return createRequire(import.meta.url).resolve(`swagger-ui-dist/${name}`);
}

/**
 * The document with this server instead of the real one, which the page must not call. It leaves `jsonSchemaDialect`
 * out, because the viewer assumes JSON Schema 2020-12 and warns if the document says so.
 */
function callable({ document, basePath }: ViewerCall): JsonObject {
  const { jsonSchemaDialect: _, ...shown } = document;
  const servers = [{ url: basePath || "/", description: "This mock" }];
  return { ...typedExclusions(shown), servers };
}

/**
 * Copies `type` into `not`. For the viewer, a `not` without a `type` excludes everything, so it shows the schema
 * `{ "type": "string", "not": { "enum": […] } }` as one without values. The copy does not change what is valid.
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

const page = (title: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Reference of ${textInHtml(title)}</title>
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

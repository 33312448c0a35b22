import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { refuseItself } from "../engine/refusals.js";
import type { FaultyAnswer } from "../faults/inject.js";
import type { PageRequest, PageSettings } from "../page/settings.js";

/** The files of the page, besides its HTML. */
export const pageAssets: readonly string[] = ["page.js", "page.css"];

/** The path of the page's files. */
const folder = "/__mock/page/";

/** A request for the page. */
export interface PageCall {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly host: string | undefined;
  /** Title of what is served. */
  readonly title: string;
  /** Undefined if the request comes from another machine, which may not control this mock. */
  readonly data: PageData | undefined;
}

/** What only the page gets. */
export interface PageData {
  readonly settings: () => Promise<PageSettings>;
  /** A request that the operation of an id takes; undefined where there is no such operation. */
  readonly request: (operationId: string) => Promise<PageRequest | undefined>;
}

const types: { readonly [ending: string]: string } = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  json: "application/json",
};

/** Content security policy: the page uses only the mock's own files and API, and no other page may embed it. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * Serves the page at `/`, on which you see and control the mock. Undefined if the path is not part of the page.
 *
 * @throws {Refusal} if another page asks for the settings.
 */
export async function page(call: PageCall): Promise<FaultyAnswer | undefined> {
  const { method, path, headers } = call;
  if (method !== "GET" && method !== "HEAD") return undefined;
  // A client that does not accept HTML probably has a wrong URL, and gets an error.
  if (path === "/") {
    return headers["accept"]?.includes("text/html") ? served("html", html(call.title)) : undefined;
  }
  if (!path.startsWith(folder)) return undefined;
  const name = path.slice(folder.length);
  if (name === "settings.json") return json(await dataFor(call).settings());
  if (name.startsWith(requests)) {
    return json(await dataFor(call).request(decodeURIComponent(name.slice(requests.length))));
  }
  if (!pageAssets.includes(name)) return undefined;
  return served(name.split(".").at(-1) ?? "", await asset(name));
}

/** Before the id of an operation. */
const requests = "requests/";

function json(value: unknown): FaultyAnswer | undefined {
  return value === undefined ? undefined : served("json", JSON.stringify(value));
}

/** Only the mock's own page gets this: it has the control token. */
function dataFor({ headers, host, data }: PageCall): PageData {
  const { origin, "sec-fetch-site": site = "same-origin" } = headers;
  const isOwn = (origin === undefined || origin === `http://${host}`) && site === "same-origin";
  if (!isOwn) {
    throw refuseItself(403, "settings_are_own", "Only the mock's own page can read its settings");
  }
  if (data === undefined) {
    throw refuseItself(403, "control_is_local", "Only this machine can use the control");
  }
  return data;
}

function served(ending: string, text: string): FaultyAnswer {
  return {
    status: 200,
    headers: {
      "content-type": types[ending] ?? "text/plain",
      "content-security-policy": policy,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-resource-policy": "same-origin",
    },
    body: undefined,
    text,
    operationId: undefined,
    reason: undefined,
  };
}

let built: Promise<ReadonlyMap<string, string>> | undefined;

/** Reads a file next to the bundle or, when running from sources, builds it on first use. */
async function asset(name: string): Promise<string> {
  if (!import.meta.url.endsWith(".ts")) {
    return await readFile(fileURLToPath(new URL(`./page/${name}`, import.meta.url)), "utf8");
  }
  // A computed name, so that the bundler does not bundle itself into the mock.
  const builder = new URL("../build/page.ts", import.meta.url).href;
  built ??= import(builder).then(
    ({ buildPage }: { buildPage: () => Promise<ReadonlyMap<string, string>> }) => buildPage(),
  );
  return (await built).get(name) ?? "";
}

const html = (title: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Mock of ${textInHtml(title)}</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="${folder}page.css">
  </head>
  <body>
    <div id="page"></div>
    <script type="module" src="${folder}page.js"></script>
  </body>
</html>
`;

/** Text of a document, which may be anybody's. */
export function textInHtml(text: string): string {
  return text.replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`);
}

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { refuseItself } from "../engine/refusals.js";
import type { FaultyAnswer } from "../faults/inject.js";
import type { PageSettings } from "../page/settings.js";

/** The files that the page is made of, beside its HTML. */
export const pageAssets: readonly string[] = ["page.js", "page.css"];

/** Where the browser finds them. */
const folder = "/__mock/page/";

/** What the page is asked with. */
export interface PageCall {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly host: string | undefined;
  /** Undefined where the page is asked for from another machine, which may not control this mock. */
  readonly settings: (() => PageSettings) | undefined;
}

const types: { readonly [ending: string]: string } = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  json: "application/json",
};

/** Nothing but the mock's own files and calls: no inline script or style, and no other page around it. */
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
 * The page at `/`, on which a person sees and controls the mock. Undefined is that this is no part of it.
 *
 * @throws {Refusal} the settings are asked for by a page that is not this one.
 */
export async function page(call: PageCall): Promise<FaultyAnswer | undefined> {
  const { method, path, headers } = call;
  if (method !== "GET" && method !== "HEAD") return undefined;
  // A client that expects JSON at the root has a wrong URL, and gets an error.
  if (path === "/") {
    return headers["accept"]?.includes("text/html") ? served("html", html) : undefined;
  }
  if (!path.startsWith(folder)) return undefined;
  const name = path.slice(folder.length);
  if (name === "settings.json") return served("json", JSON.stringify(settingsFor(call)));
  if (!pageAssets.includes(name)) return undefined;
  return served(name.split(".").at(-1) ?? "", await asset(name));
}

/** The control token is in them, which not even pages of other ports of this machine may have. */
function settingsFor({ headers, host, settings }: PageCall): PageSettings {
  const { origin, "sec-fetch-site": site = "same-origin" } = headers;
  const isOwn = (origin === undefined || origin === `http://${host}`) && site === "same-origin";
  if (!isOwn) {
    throw refuseItself(403, "settings_are_own", "Only the mock's own page gets its settings");
  }
  if (settings === undefined) {
    throw refuseItself(403, "control_is_local", "The control is for this machine only");
  }
  return settings();
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

/** Beside the bundle or, where the sources run, built when it is first asked for. */
async function asset(name: string): Promise<string> {
  if (!import.meta.url.endsWith(".ts")) {
    return await readFile(fileURLToPath(new URL(`./page/${name}`, import.meta.url)), "utf8");
  }
  // By a name that the bundler of the mock does not follow: it would take itself along.
  const builder = new URL("../build/page.ts", import.meta.url).href;
  built ??= import(builder).then(
    ({ buildPage }: { buildPage: () => Promise<ReadonlyMap<string, string>> }) => buildPage(),
  );
  return (await built).get(name) ?? "";
}

const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>S2 mock</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="${folder}page.css">
  </head>
  <body>
    <div id="page"></div>
    <script type="module" src="${folder}page.js"></script>
  </body>
</html>
`;

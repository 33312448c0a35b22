import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import { text } from "node:stream/consumers";
import type { Setting } from "./command.js";
import { type Report, readReport } from "./report.js";
import { end, inTime } from "./run.js";
import { listen } from "./servers.js";

/** Modules are loaded as they are published, one by one: an import map does what a bundler would do. */
const imports = {
  "s2-token-contract": "/node_modules/s2-token-contract/dist/src/index.js",
  "openapi-fetch": "/node_modules/openapi-fetch/dist/index.mjs",
};

const page = `<!doctype html>
<meta charset="utf-8">
<script>
  const fail = (reason) =>
    fetch("/report", { method: "POST", body: JSON.stringify({ passed: [], failed: [String(reason)] }) });
  addEventListener("error", ({ message }) => fail(message));
  addEventListener("unhandledrejection", ({ reason }) => fail(reason));
</script>
<script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module" src="/page.mjs" onerror="fail('a module cannot be loaded')"></script>
`;

/**
 * Runs the smoke program in a page of a headless Chromium. The page tells its server what came of it, so that nothing
 * has to steer the browser.
 *
 * @param project - a project that has installed the package, and the program
 */
export async function runInChromium(
  command: string,
  project: string,
  setting: Setting,
): Promise<Report> {
  let resolve: (json: string) => void = () => {};
  const reported = new Promise<string>((set) => {
    resolve = set;
  });
  const server = await listen((request, response) => {
    serve(request, response, project, setting, resolve).catch((error: unknown) => {
      response.writeHead(404).end(String(error));
    });
  });
  const profile = path.join(project, "profile");
  const child = spawn(
    command,
    [
      "--headless",
      "--disable-gpu",
      "--no-first-run",
      // Docker gives /dev/shm too little room.
      "--disable-dev-shm-usage",
      // Chromium refuses to run as root with its sandbox.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      `--user-data-dir=${profile}`,
      server.origin,
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (words: string) => {
    log = (log + words).slice(-2000);
  });
  const failed = new Promise<never>((_, reject) => {
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`Chromium ended with ${code}: ${log.trim()}`)));
  });
  try {
    return readReport(await inTime("the page", Promise.race([reported, failed])));
  } finally {
    failed.catch(() => {});
    await end(child);
    await server.close();
  }
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  project: string,
  setting: Setting,
  report: (json: string) => void,
): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  if (pathname === "/report") {
    report(await text(request));
    response.end();
  } else if (pathname === "/setting") {
    response.end(JSON.stringify(setting));
  } else if (pathname === "/") {
    response.writeHead(200, { "content-type": "text/html" }).end(page);
  } else {
    // The parser of URLs has resolved every "..": the file is below the project.
    const file = await readFile(path.join(project, pathname));
    response.writeHead(200, { "content-type": "text/javascript" }).end(file);
  }
}

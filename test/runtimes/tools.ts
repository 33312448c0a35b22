import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { runByCommand, type Setting } from "./command.js";
import { type Report, readReport } from "./report.js";
import { run } from "./run.js";

/** A tool that users run or build their programs with. */
export interface Tool {
  /** What `--only` calls it. */
  readonly name: string;
  /** The exact versions to install, as `name@version`; the first is that of the tool. */
  readonly specs: readonly [string, ...string[]];
  /**
   * Runs the smoke program with the tool.
   *
   * @param modules - the `node_modules` with the tool
   * @param project - a project that has installed the package, and the programs
   */
  readonly check: (modules: string, project: string, setting: Setting) => Promise<Report>;
}

/** Every tool, in order. `src/README.md` says in a line each what it takes. */
export const tools: readonly Tool[] = [
  { name: "jest", specs: ["jest@30.5.2", "jest-environment-jsdom@30.5.2"], check: runInJest },
  { name: "vite", specs: ["vite@8.4.0"], check: buildWithVite },
  { name: "edge-runtime", specs: ["edge-runtime@4.0.1"], check: runInEdgeRuntime },
];

/** In jsdom, with the project's own environment, which hands on what Node.js has and jsdom has not. */
async function runInJest(modules: string, project: string, setting: Setting): Promise<Report> {
  const folder = path.join(project, "jest");
  await mkdir(folder, { recursive: true });
  const report = path.join(folder, "report.json");
  const jsdom = path.join(modules, "jest-environment-jsdom");
  await writeFile(
    path.join(folder, "environment.cjs"),
    `const { default: Jsdom } = require(${JSON.stringify(jsdom)});
module.exports = class extends Jsdom {
  constructor(...given) {
    super(...given);
    const { fetch, Headers, Request, Response, AbortController, AbortSignal } = globalThis;
    Object.assign(this.global, { fetch, Headers, Request, Response, AbortController, AbortSignal });
  }
};
`,
  );
  await writeFile(
    path.join(folder, "smoke.test.mjs"),
    `import { writeFileSync } from "node:fs";
import { smoke } from "../smoke.mjs";

test("the smoke program", async () => {
  expect(typeof document).toBe("object");
  const report = await smoke(${JSON.stringify(setting)});
  writeFileSync(${JSON.stringify(report)}, JSON.stringify(report));
}, 60_000);
`,
  );
  await writeFile(
    path.join(folder, "jest.config.json"),
    JSON.stringify({
      rootDir: project,
      testEnvironment: path.join(folder, "environment.cjs"),
      testMatch: ["**/jest/*.test.mjs"],
      transform: {},
    }),
  );
  const { code, stdout, stderr } = await run(
    process.execPath,
    [
      "--experimental-vm-modules",
      path.join(modules, "jest", "bin", "jest.js"),
      "--config",
      path.join(folder, "jest.config.json"),
    ],
    project,
  );
  if (code !== 0) return { passed: [], failed: [`${stdout}${stderr}`.trim()] };
  return readReport(await readFile(report, "utf8"));
}

/** As a page is built, which for a program with nothing to show is a file of JavaScript. */
async function buildWithVite(modules: string, project: string, setting: Setting): Promise<Report> {
  const config = {
    root: project,
    configFile: false,
    logLevel: "warn",
    build: {
      outDir: "vite",
      minify: false,
      rollupOptions: {
        input: path.join(project, "main.mjs"),
        output: { entryFileNames: "main.mjs" },
      },
    },
  };
  const vite = pathToFileURL(path.join(modules, "vite", "dist", "node", "index.js")).href;
  const program = `import { build } from ${JSON.stringify(vite)};\nawait build(${JSON.stringify(config)});\n`;
  const file = path.join(project, "vite-build.mjs");
  await writeFile(file, program);
  const built = await run(process.execPath, [file], project);
  const said = `${built.stdout}${built.stderr}`.trim();
  if (built.code !== 0 || said !== "") return { passed: [], failed: [`vite says: ${said}`] };
  return runByCommand(process.execPath, [], path.join(project, "vite"), setting);
}

/** As an edge handler of Next.js runs on the machine of its author: bundled, without a module of Node.js. */
async function runInEdgeRuntime(
  modules: string,
  project: string,
  setting: Setting,
): Promise<Report> {
  const bundle = path.join(project, "edge.bundle.js");
  await build({
    stdin: {
      contents: `import { smoke } from "./smoke.mjs";
addEventListener("fetch", (event) => {
  event.respondWith(smoke(${JSON.stringify(setting)}).then((report) => Response.json(report)));
});`,
      resolveDir: project,
    },
    outfile: bundle,
    bundle: true,
    format: "iife",
    platform: "browser",
    conditions: ["edge-light", "worker"],
    logLevel: "silent",
  });
  const file = path.join(project, "edge.mjs");
  const runtime = pathToFileURL(path.join(modules, "edge-runtime", "dist", "index.js")).href;
  await writeFile(
    file,
    `import { readFileSync } from "node:fs";
import edge from ${JSON.stringify(runtime)};

const runtime = new edge.EdgeRuntime({ initialCode: readFileSync(${JSON.stringify(bundle)}, "utf8") });
const response = await runtime.dispatchFetch("http://127.0.0.1/");
console.log(await response.text());
process.exit(0);
`,
  );
  const { stdout, stderr } = await run(process.execPath, [file], project);
  const last = stdout.trimEnd().split("\n").at(-1) ?? "";
  if (!last.startsWith("{")) return { passed: [], failed: [`${stdout}${stderr}`.trim()] };
  return readReport(last);
}

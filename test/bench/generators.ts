import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { root } from "./program.js";
import { markdownTable } from "./table.js";

/** Other generators of clients are no dependencies of the project: they go into a folder of their own. */
const folder = path.join(root, ".tmp", "generators");
const installed = path.join(folder, "node_modules");
const packages = ["@hey-api/openapi-ts@0.99.0", "orval@8.38.0", "@octokit/openapi@23.0.2"];

/** A document, and the operation that is called alone. */
interface Subject {
  readonly name: string;
  readonly spec: string;
  readonly operation: string;
}

/** A generator: how it is started, and what a program of one call imports of its output. */
interface Generator {
  readonly name: string;
  readonly args: (spec: string, out: string) => readonly string[];
}

const generators: readonly Generator[] = [
  {
    name: "clientwright",
    args: (spec, out) => [path.join(root, "scripts", "run.mjs"), "--spec", spec, "--out", out],
  },
  {
    name: "openapi-typescript (types alone)",
    args: (spec, out) => [
      path.join(root, "node_modules", "openapi-typescript", "bin", "cli.js"),
      ...[spec, "--output", path.join(out, "wire.ts")],
    ],
  },
  {
    name: "@hey-api/openapi-ts",
    args: (spec, out) => [
      path.join(installed, "@hey-api", "openapi-ts", "bin", "run.js"),
      ...["-i", spec, "-o", out, "--no-log-file"],
    ],
  },
  {
    name: "orval",
    args: (spec, out) => [
      path.join(installed, "orval", "dist", "bin", "orval.mjs"),
      ...["--input", spec, "--output", path.join(out, "api.ts"), "--client", "fetch"],
    ],
  },
  {
    name: "redocly generate-client",
    args: (spec, out) => [
      path.join(root, "node_modules", "@redocly", "cli", "bin", "cli.js"),
      ...["generate-client", spec, "--output", path.join(out, "client.ts")],
    ],
  },
];

/**
 * Other generators of clients beside ours: how long they take, what they need, and what comes of it.
 *
 * @param documents - more documents to measure, as `FILE:OPERATION_ID`
 */
export async function benchGenerators(documents: readonly string[]): Promise<string> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  run("npm", ["install", "--no-audit", "--no-fund", "--no-save", "--ignore-scripts", ...packages]);
  const github = path.join(installed, "@octokit", "openapi", "generated", "api.github.com.json");
  const subjects: Subject[] = [
    { name: "GitHub, 1,223 operations", spec: github, operation: "repos/get" },
    {
      name: "this contract, 3 operations",
      spec: path.join(root, "generated", "openapi.json"),
      operation: "list_access_tokens",
    },
    ...documents.map((given): Subject => {
      const [spec = "", operation = ""] = given.split(/:(?=[^:]*$)/);
      return { name: path.basename(spec), spec: path.resolve(spec), operation };
    }),
  ];
  const tables: string[] = [];
  for (const subject of subjects) tables.push(await measureAll(subject));
  return `## Generators

One run of each, on Node.js ${process.version}: seconds from start to end, the peak memory of the largest process, TypeScript that was
written, the time of \`tsc\` over it, and a bundle of one operation by esbuild, minified and with gzip.

${tables.join("\n")}`;
}

async function measureAll(subject: Subject): Promise<string> {
  const rows: string[][] = [];
  for (const generator of generators) rows.push(await measure(generator, subject));
  const head = ["generator", "time, s", "memory, MB", "output, kB", "tsc, s", "one call, kB"];
  return `### ${subject.name}\n\n${markdownTable(head, rows)}\n`;
}

async function measure({ name, args }: Generator, subject: Subject): Promise<string[]> {
  const out = path.join(folder, "out", name.replaceAll(/\W+/g, "-"));
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const memory = path.join(folder, "memory.json");
  rmSync(memory, { force: true });
  const start = performance.now();
  const ended = run(process.execPath, ["--import", witness(memory), ...args(subject.spec, out)]);
  const seconds = (performance.now() - start) / 1000;
  const files = sourcesIn(out);
  if (ended !== 0 || files.length === 0) return [name, "refuses the document", "", "", "", ""];
  const size = files.reduce((sum, file) => sum + statSync(file).size, 0);
  return [
    name,
    seconds.toFixed(1),
    (Number(readFileSync(memory, "utf8")) / 1000).toFixed(0),
    (size / 1000).toFixed(0),
    compileTime(files).toFixed(1),
    await bundleSize(out, files, subject.operation),
  ];
}

/** A module that writes the peak memory of the process, in kilobytes, when it ends. */
function witness(file: string): string {
  const code = `import { writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
if (isMainThread) process.on("exit", () => writeFileSync(${JSON.stringify(file)}, String(process.resourceUsage().maxRSS)));`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}

function compileTime(files: readonly string[]): number {
  const config = path.join(folder, "tsconfig.json");
  const compilerOptions = {
    ...{ target: "es2022", module: "esnext", moduleResolution: "bundler", strict: true },
    ...{ noEmit: true, skipLibCheck: true, types: [], lib: ["es2023", "dom", "dom.iterable"] },
  };
  writeFileSync(config, JSON.stringify({ compilerOptions, files }));
  const start = performance.now();
  run(process.execPath, [
    path.join(root, "node_modules", "typescript", "bin", "tsc"),
    ...["-p", config],
  ]);
  return (performance.now() - start) / 1000;
}

/** The size of a program that calls one operation; empty for what has types alone. */
async function bundleSize(
  out: string,
  files: readonly string[],
  operation: string,
): Promise<string> {
  const entry = oneCall(out, files, operation);
  if (entry === undefined) return "";
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: out, loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["import"],
    logLevel: "silent",
  });
  return (gzipSync(outputFiles[0]?.contents ?? "").length / 1000).toFixed(1);
}

/** A program that makes one call: the function of an operation, or the whole client where there is none. */
function oneCall(out: string, files: readonly string[], operation: string): string | undefined {
  const plain = (name: string): string => name.replaceAll(/[^A-Za-z]/g, "").toLowerCase();
  const exported = /^export (?:const|(?:async )?function) (\w+)/gm;
  const relative = (file: string): string =>
    JSON.stringify(`./${path.relative(out, file).split(path.sep).join("/")}`);
  const connection = path.join(out, "connection.ts");
  const own = existsSync(connection)
    ? `export { createConnection } from ${relative(connection)};\n`
    : "";
  for (const file of files) {
    for (const [, name = ""] of readFileSync(file, "utf8").matchAll(exported)) {
      if (plain(name) === plain(operation)) {
        return `${own}export { ${name} } from ${relative(file)};`;
      }
    }
  }
  const api = path.join(out, "api.ts");
  const client = [path.join(out, "client.ts"), api].find((file) => existsSync(file));
  if (client === undefined) return undefined;
  return `export * from ${relative(existsSync(api) ? api : client)};`;
}

function sourcesIn(out: string): string[] {
  return readdirSync(out, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => path.join(out, file))
    .sort();
}

function run(program: string, args: readonly string[]): number | null {
  return spawnSync(program, args, { cwd: folder, stdio: "ignore" }).status;
}

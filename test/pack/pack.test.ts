import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { cp, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { viewerPackages } from "../../src/mock/build/viewer-packages.js";
import { startMock } from "../../src/mock/index.js";
import { blocksOfMarkdown } from "../readme/blocks.js";
import { runNode } from "../readme/program.js";
import { readText, root } from "../readme/project.js";
import { compileConsumer, setUps } from "./compile.js";
import { installPackage, packageName } from "./install.js";

const run = promisify(execFile);
const readme = blocksOfMarkdown("README.md", readText("README.md"));
const firstExample = readme.find(({ language }) => language === "ts")?.text ?? "";

/** Uses every entry that has types, so that the compiler resolves and checks them all. */
const everyEntry = `
import { S2, isApiError, type S2Options } from "s2-token-contract";
import { createFetchClient, type FetchClient } from "s2-token-contract/fetch";
import {
  type Mock,
  type MockClientOptions,
  type MockOptions,
  startMock,
  type UnknownNameSent,
  withMock,
} from "s2-token-contract/mock";
import control from "s2-token-contract/mock/control.openapi.json" with { type: "json" };
import type { components } from "s2-token-contract/wire";
import document from "s2-token-contract/openapi.json" with { type: "json" };
import manifest from "s2-token-contract/package.json" with { type: "json" };

const options: S2Options = { accessToken: "x" };
const raw: FetchClient = createFetchClient();
const body: components["schemas"]["ErrorInfo"] = { code: "invalid", message: document.openapi };
const settings: MockOptions = { tokens: [{ id: "a", scope: { ops: ["read"] } }] };
const mock: Mock = await startMock(settings);
if (mock.tokens().length !== 1) throw new Error("the mock holds no token");
const session: MockClientOptions = { session: "one" };
const client: S2 = mock.client(session);
if (!(client instanceof S2)) throw new Error("the mock has another copy of the client");
await client.accessTokens.list();
const unknown: readonly UnknownNameSent[] = mock.session("one").verdict().unknown;
if (unknown.length > 0 || control.openapi !== "3.1.0") throw new Error("the verdict is wrong");
await withMock(settings, async ({ client: other }) => {
  await other.accessTokens.list();
})();
await mock[Symbol.asyncDispose]();
console.log(new S2(options).raw !== raw, isApiError(body), manifest.version);
`;

/** The first is compiled together with the programs that run. */
const [together, apart] = ["nodenext with DOM", "bundler with @types/node"].map((wanted) => {
  const found = setUps.find(({ name }) => name === wanted);
  if (found === undefined) throw new Error(`no set-up ${wanted}`);
  return found;
});

let folder: string;
let project: string;
let installed: string;
let files: string[];
const before = tarballs();

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "s2-token-contract-pack-"));
  project = await installPackage(folder);
  installed = path.join(project, "node_modules", packageName);
  const entries = await readdir(installed, { recursive: true, withFileTypes: true });
  files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(installed, path.join(entry.parentPath, entry.name)))
    .map((file) => file.split(path.sep).join("/"))
    .sort();
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Tarballs in the project's own folder. */
function tarballs(): string[] {
  return readdirSync(root).filter((file) => file.endsWith(".tgz"));
}

function read(file: string): string {
  return readFileSync(path.join(installed, file), "utf8");
}

describe("packing", () => {
  it("does not touch tarballs in the project's folder", () => {
    expect(tarballs()).toEqual(before);
    // `attw --pack` writes one there and deletes it, whoever made it.
    const careless = Object.entries(manifest.scripts).filter(([, script]) =>
      /attw\b.*--pack|npm pack(?!.*--pack-destination)/.test(script),
    );
    expect(careless).toEqual([]);
  });

  it("bundles each entry point of the client into one file, which imports only openapi-fetch", () => {
    const modules = files.filter((file) => /^dist\/(src|generated)\/.+\.js$/.test(file));
    expect(modules).toEqual([
      "dist/generated/client.js",
      "dist/generated/wire.js",
      "dist/src/index.js",
    ]);
    const imported = modules.flatMap((file) => read(file).match(/^import .*$/gm) ?? []);
    expect(imported).toEqual([
      'import createClient from "openapi-fetch";',
      'import createClient from "openapi-fetch";',
    ]);
  });
});

describe("the tarball", () => {
  it("contains only the build, its sources, the document, the license, the README and the changelog", () => {
    const wanted =
      /^(dist\/mock\/((index|cli|[\w-]+-[A-Z\d]{8})\.js|control\.openapi\.json|THIRD-PARTY-NOTICES\.txt|page\/page\.(js|css)|viewer\/swagger-ui(-bundle\.js|\.css))|dist\/(src|generated)\/.+\.(js|d\.ts)(\.map)?|(src|generated)\/.+\.ts|generated\/(openapi\.(json|yaml)|API\.md|manifest\.json)|package\.json|README\.md|CHANGELOG\.md|LICENSE)$/;
    expect(files.filter((file) => !wanted.test(file))).toEqual([]);
    for (const paper of ["README.md", "CHANGELOG.md", "LICENSE"]) expect(files).toContain(paper);
  });

  it("contains no test, no script and no configuration", () => {
    const unwanted = /(^|\/)(test|scripts|openapi)\/|\.test\.|tsconfig|vitest|biome|\.env|\.npmrc/;
    expect(files.filter((file) => unwanted.test(file))).toEqual([]);
  });

  it("contains no path of the machine that packed it", () => {
    const places = [root, os.homedir(), os.tmpdir()].map((place) => place.replace(/\/$/, ""));
    const naming = files.filter((file) =>
      places.some((place) => place.length > 1 && read(file).includes(`${place}/`)),
    );
    expect(naming).toEqual([]);
  });

  it("contains the source of every source map, and no other source", () => {
    const sources = new Set<string>();
    for (const map of files.filter((file) => file.endsWith(".map"))) {
      // Maps are written by the compiler, with this member.
      const { sources: named } = JSON.parse(read(map)) as { sources: string[] };
      for (const source of named) sources.add(path.posix.join(path.posix.dirname(map), source));
    }
    const shipped = files.filter((file) => /^(src|generated)\/.+\.ts$/.test(file));
    expect(shipped).toEqual([...sources].sort());
  });
});

describe("a project with the package", () => {
  it("resolves every export", async () => {
    // The manifest is our own.
    const { exports } = JSON.parse(read("package.json")) as { exports: Record<string, unknown> };
    const entries = Object.keys(exports).map((key) => path.posix.join(packageName, key));
    expect(entries).toHaveLength(8);
    const file = path.join(project, "resolve.js");
    const asked = JSON.stringify(entries);
    await writeFile(
      file,
      `console.log(JSON.stringify(${asked}.map((entry) => import.meta.resolve(entry))));`,
    );
    const { stdout, stderr, code } = await runNode(file, {});
    expect(code, stderr).toBe(0);
    const targets: unknown[] = JSON.parse(stdout);
    const missing = targets.filter((target) => !existsSync(new URL(String(target))));
    expect(missing).toEqual([]);
  });

  it("can require it in CommonJS", async () => {
    const file = path.join(project, "program.cjs");
    await writeFile(file, `console.log(typeof require("${packageName}").S2);`);
    expect(await runNode(file, {})).toMatchObject({ code: 0, stdout: "function\n", stderr: "" });
  });

  it("compiles README's first example, every entry and every export, and runs the first two", async () => {
    await writeFile(path.join(project, "first.ts"), firstExample);
    await writeFile(path.join(project, "entries.ts"), everyEntry);
    const surface = "surface.ts";
    await cp(path.join(root, "test", "pack", "consumer", surface), path.join(project, surface));
    const compilerOptions = { ...together?.options, noEmit: false };
    const files = ["first.ts", "entries.ts", surface];
    await writeFile(
      path.join(project, "tsconfig.json"),
      JSON.stringify({ compilerOptions, files }),
    );
    const compiler = path.join(root, "node_modules", "typescript", "lib", "tsc.js");
    const compiled = await run(process.execPath, [compiler, "-p", "."], { cwd: project }).catch(
      (error: { stdout: string }) => error,
    );
    expect(compiled.stdout).toBe("");

    const mock = await startMock({ rootToken: "pack-token" });
    try {
      const environment = { S2_ACCESS_TOKEN: "pack-token", S2_ACCOUNT_ENDPOINT: mock.url };
      const first = await runNode(path.join(project, "first.js"), environment);
      expect(first).toMatchObject({ code: 0, stderr: "" });
      const entries = await runNode(path.join(project, "entries.js"), environment);
      expect(entries.code, entries.stderr).toBe(0);
    } finally {
      await mock.stop();
    }
  });

  // The other set-ups and compilers take longer: npm run test:runtimes.
  it("compiles a program that uses all exports with bundler resolution", async () => {
    if (apart === undefined) throw new Error("there is no second set-up");
    const compiler = path.join(root, "node_modules", "typescript");
    expect(await compileConsumer(project, compiler, apart)).toBe("");
  }, 120_000);

  it("runs the mock with only the dependencies of the client", async () => {
    const alone = path.join(folder, "alone");
    await cp(installed, alone, { recursive: true });
    const dependency = path.join("node_modules", "openapi-fetch");
    await cp(path.join(project, dependency), path.join(alone, dependency), { recursive: true });
    for (const cli of [
      path.join(project, "node_modules", ".bin", packageName),
      path.join(alone, "dist", "mock", "cli.js"),
    ]) {
      const child = spawn(process.execPath, [cli, "mock", "--port", "0", "--json"], {
        cwd: folder,
      });
      const ended = once(child, "close");
      const [line] = await once(child.stdout.setEncoding("utf8"), "data");
      const { url, rootToken }: { url: string; rootToken: string } = JSON.parse(line);
      const headers = { authorization: `Bearer ${rootToken}` };
      const prefers = ["", "example=list_complete", "code=429", "dynamic=true"];
      const answers = prefers.map((prefer) =>
        fetch(`${url}/v1/access-tokens`, { headers: { ...headers, prefer } }),
      );
      const accept = "text/html";
      for (const path of [
        "/",
        "/__mock/page/page.js",
        "/__mock/page/page.css",
        "/__mock/viewer/swagger-ui-bundle.js",
        "/__mock/viewer/swagger-ui.css",
      ]) {
        expect((await fetch(`${url}${path}`, { headers: { accept } })).status, path).toBe(200);
      }
      const statuses = (await Promise.all(answers)).map(({ status }) => status);
      expect(statuses).toEqual([200, 200, 429, 200]);
      child.kill("SIGTERM");
      expect(await ended).toEqual([0, null]);
    }
  });

  it("can read its version", async () => {
    const { stdout } = await run(path.join(project, "node_modules", ".bin", packageName), [
      "--version",
    ]);
    expect(stdout).toBe(`${manifest.version}\n`);
  });

  it("prints an uncaught error without the bundled source line", async () => {
    const file = path.join(project, "uncaught.js");
    await writeFile(
      file,
      `import { startMock } from "${packageName}/mock";\nawait startMock({ document: { paths: { "/a": { get: {} } } } });\n`,
    );
    const { code, stderr } = await runNode(file, {});
    expect(code).toBe(1);
    expect(stderr).toContain("found no version of OpenAPI");
    expect(stderr.length).toBeLessThan(10_000);
  });

  it("has the licenses of bundled packages", () => {
    const notices = read("dist/mock/THIRD-PARTY-NOTICES.txt");
    for (const name of ["@stoplight/prism-http", "ajv", "fp-ts", "lodash"]) {
      expect(notices).toMatch(new RegExp(`^${name} [\\d.]+ \\(`, "m"));
    }
    const parts = notices.split(`${"-".repeat(80)}\n`).slice(1);
    expect(parts.length).toBeGreaterThan(150);
    // A name and a text.
    expect(parts.filter((part) => part.length < 400)).toEqual([]);
  });

  it("has the licenses of the packages in the viewer", async () => {
    const notices = read("dist/mock/THIRD-PARTY-NOTICES.txt");
    const named = new Set(
      [...notices.matchAll(/^-{80}\n(\S+) \S+ \(/gm)].map(([, name = ""]) => name),
    );
    expect((await viewerPackages()).filter((name) => !named.has(name))).toEqual([]);
  });

  it("bundles it for browsers, without modules of Node.js", async () => {
    const { metafile, warnings } = await build({
      stdin: {
        contents: `export * from "${packageName}"; export * from "${packageName}/fetch";`,
        resolveDir: project,
      },
      bundle: true,
      format: "esm",
      platform: "browser",
      write: false,
      metafile: true,
      logLevel: "silent",
    });
    expect(warnings).toEqual([]);
    const outside = Object.values(metafile.outputs).flatMap(({ imports }) =>
      imports.filter(({ external }) => external),
    );
    expect(outside).toEqual([]);
  });
});

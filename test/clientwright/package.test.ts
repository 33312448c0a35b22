import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { snapshot } from "../generate/run-generator.js";
import {
  type Ended,
  emptyProject,
  ended,
  fiveCommands,
  hasPackage,
  packClientwright,
  startService,
  strictest,
} from "./project.js";

/** One packed package and one installation of it, which all of these tests look at. */
const project = emptyProject();
let tarball = "";
const printed: Ended[] = [];

beforeAll(async () => {
  tarball = await packClientwright(project);
  cpSync(path.join(project, "pets.yaml"), path.join(project, "openapi.yaml"));
  for (const command of fiveCommands()) {
    const local = command.replace(/ \S*\/clientwright-\S+\.tgz /, ` ${tarball} `);
    const isInstall = local.startsWith("npm install");
    const line = isInstall ? `${local} --prefer-offline --no-audit --no-fund` : command;
    printed.push(await ended("bash", ["-euc", line], project));
  }
}, 300_000);

// Each of these runs several programs, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000 });

afterAll(() => rmSync(project, { recursive: true, force: true }));

const clientwright = (
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> =>
  ended(process.execPath, ["node_modules/clientwright/bin.mjs", ...args], project, environment);

describe("an empty project", () => {
  test("has a client after the five commands of the guide", () => {
    expect(fiveCommands()).toHaveLength(5);
    expect(printed.map(({ code, stderr }) => (code === 0 ? "" : stderr)).join("")).toBe("");
    expect(printed.at(-1)?.stdout).toMatch(/^createClient$/m);
    expect(printed.at(-1)?.stdout).toMatch(/^NotFoundError$/m);
  });

  test("calls a server with a copy of the runtime, with the package's, and with an old client", async () => {
    const three = await clientwright(["--spec", "notes.yaml", "--out", "src/notes"]);
    expect(three.code, three.stderr).toBe(0);
    const packaged = ["--spec", "pets.yaml", "--out", "src/packaged", "--runtime", "package"];
    const four = await clientwright([...packaged, "--no-document"]);
    expect(four.code, four.stderr).toBe(0);
    expect(existsSync(path.join(project, "src", "packaged", "runtime"))).toBe(false);
    expect(existsSync(path.join(project, "src", "packaged", "openapi.json"))).toBe(false);
    const kept = path.join(import.meta.dirname, "kept", "client");
    cpSync(kept, path.join(project, "src", "kept"), { recursive: true });
    writeFileSync(path.join(project, "src", "main.ts"), program);
    writeFileSync(path.join(project, "tsconfig.json"), strictest);
    const compiled = await ended("node_modules/.bin/tsc", ["-p", "."], project);
    expect(compiled.stdout).toBe("");
    const service = await startService();
    try {
      const run = await ended(process.execPath, ["build/main.js", service.url], project);
      expect(run.stderr).toBe("");
      expect(JSON.parse(run.stdout)).toEqual({
        copy: ["2026-01-02T03:04:05.000Z", null, "NotFoundError", 404, "no such pet"],
        package: ["2026-01-02T03:04:05.000Z", null, "NotFoundError", 404, "no such pet"],
        kept: ["2026-01-02T03:04:05.000Z", null, "NotFoundError", 404, "no such pet"],
        note: ["milk", "2027-01-01T00:00:00.000Z"],
        shared: { copies: false, package: true },
      });
    } finally {
      service.stop();
    }
  });

  test("has a client with pnpm, where a package finds what it declares and nothing else", async () => {
    const other = emptyProject();
    const pnpm = (...args: readonly string[]): Promise<Ended> =>
      ended("npx", ["--yes", "--prefer-offline", "pnpm@10.34.8", ...args], other);
    try {
      const packages = [tarball, "openapi-fetch@0.17.0", "typescript@5.9.3"];
      const added = await pnpm("add", "--prefer-offline", "--ignore-scripts", ...packages);
      expect(added.code, added.stdout + added.stderr).toBe(0);
      for (const name of ["pets", "notes"]) {
        const out = `src/${name}`;
        const made = await pnpm("exec", "clientwright", "--spec", `${name}.yaml`, "--out", out);
        expect(made.code, made.stderr).toBe(0);
      }
      writeFileSync(path.join(other, "tsconfig.json"), strictest);
      const compiled = await pnpm("exec", "tsc", "-p", ".");
      expect(compiled.stdout).toBe("");
      expect(existsSync(path.join(other, "build", "pets", "index.js"))).toBe(true);
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
  }, 480_000);

  test("imports openapi-fetch alone from a copy, and clientwright alone beside it from the package's", () => {
    const packagesOf = (folder: string): string[] => {
      const texts = Object.values(snapshot(path.join(project, "src", folder)));
      const names = texts.flatMap((text) =>
        [...text.matchAll(/^(?:import|export|\}) [^"\n]*from "([^."][^"]*)";$/gm)].map(
          ([, name = ""]) => name,
        ),
      );
      return [...new Set(names)].sort();
    };
    expect(packagesOf("api")).toEqual(["openapi-fetch"]);
    expect(packagesOf("packaged")).toEqual(["clientwright/runtime/v1", "openapi-fetch"]);
  });

  test("reads configurations in TypeScript, JavaScript and JSON, made by init too", async () => {
    const init = await clientwright(["init", "--spec", "notes.yaml", "--out", "src/notes"]);
    expect(init.stderr).toContain("wrote clientwright.config.ts");
    expect(init.stderr).toContain("next: npm run generate");
    const check = await ended("npm", ["run", "--silent", "generate", "--", "--check"], project);
    expect(check.stderr).toContain("src/notes is up to date with notes.yaml");
    rmSync(path.join(project, "clientwright.config.ts"));
    writeFileSync(
      path.join(project, "clientwright.config.mjs"),
      'export default { documents: [{ spec: "notes.yaml", out: "src/notes" }, { spec: "openapi.yaml", out: "src/api" }] };\n',
    );
    const both = await clientwright([]);
    expect(both.stderr).toContain("src/notes is up to date with notes.yaml");
    expect(both.stderr).toContain("src/api is up to date with openapi.yaml");
    rmSync(path.join(project, "clientwright.config.mjs"));
  });

  test("generates with no right but to read, and to write to the folder", async () => {
    const flag = ["--permission", "--experimental-permission"].find((one) =>
      process.allowedNodeEnvironmentFlags.has(one),
    );
    if (flag === undefined) throw new Error("this Node.js has no permissions to take away");
    const out = path.join(project, "src", "limited");
    const limited = await ended(
      process.execPath,
      [
        flag,
        "--allow-fs-read=*",
        `--allow-fs-write=${out}`,
        `--allow-fs-write=${path.join(out, "*")}`,
        "node_modules/clientwright/bin.mjs",
        ...["--spec", "pets.yaml", "--out", "src/limited"],
      ],
      project,
    );
    expect(limited.code, limited.stderr).toBe(0);
    const usual = snapshot(path.join(project, "src", "api"));
    const name = (text: string): string => text.replaceAll("pets.yaml", "openapi.yaml");
    for (const [file, text] of Object.entries(snapshot(out))) {
      if (file !== "manifest.json") expect(name(text), file).toBe(usual[file]);
    }
  });

  test("compares two versions of a document, with the old client", async () => {
    const text = readFileSync(path.join(project, "pets.yaml"), "utf8");
    writeFileSync(path.join(project, "new.yaml"), text.replace("[id, born_at, nick_name]", "[id]"));
    const { code, stdout, stderr } = await clientwright([
      "change",
      "--base",
      "pets.yaml",
      "--to",
      "new.yaml",
    ]);
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(stdout).toContain("born_at");
  });
});

describe("the tarball", () => {
  test("has no install script, and neither sources nor tests", () => {
    const folder = path.join(project, "node_modules", "clientwright");
    const manifest: { scripts?: Record<string, string>; dependencies: Record<string, string> } =
      JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
    const hooks = ["preinstall", "install", "postinstall", "prepare"];
    expect(Object.keys(manifest.scripts ?? {}).filter((name) => hooks.includes(name))).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual([
      "LICENSE",
      "README.md",
      "bin.mjs",
      "dist",
      "package.json",
    ]);
    for (const name of Object.keys(manifest.dependencies)) {
      expect(hasPackage(project, name) || hasPackage(folder, name), name).toBe(true);
    }
  });
});

const program = `
import * as copy from "./api/index.js";
import * as kept from "./kept/index.js";
import * as notes from "./notes/index.js";
import * as packaged from "./packaged/index.js";

const baseUrl = process.argv[2] ?? "";
declare const process: { readonly argv: readonly string[] };

async function tried(api: typeof copy | typeof packaged | typeof kept): Promise<unknown[]> {
  const client = api.createClient({ baseUrl, allowInsecureHttp: true });
  const pet = await client.pets.get({ id: 7 });
  try {
    await client.pets.get({ id: 8 });
  } catch (error) {
    if (!(error instanceof api.NotFoundError) || typeof error.body !== "object") throw error;
    return [pet.bornAt, pet.nickName, error.name, error.status, error.body.message];
  }
  throw new Error("there is no pet 8");
}

const note = await notes
  .createClient({ baseUrl, allowInsecureHttp: true })
  .notes.create({ text: "milk", dueAt: "2027-01-01T00:00:00Z" });
console.log(
  JSON.stringify({
    copy: await tried(copy),
    package: await tried(packaged),
    kept: await tried(kept),
    note: [note.text, note.dueAt],
    shared: {
      copies: Object.is(copy.ApiError, notes.ApiError),
      package: Object.is(packaged.ApiError, kept.ApiError),
    },
  }),
);
`;

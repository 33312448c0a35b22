import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { blocksOfMarkdown } from "../readme/blocks.js";

const run = promisify(execFile);

/** The folder of the repository. */
export const root: string = path.resolve(import.meta.dirname, "..", "..");

/** What a program printed, and how it ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, whatever that is. */
export async function ended(
  program: string,
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const env = { ...process.env, NO_UPDATE_NOTIFIER: "1", ...environment };
  try {
    return { code: 0, ...(await run(program, [...args], { cwd, env, maxBuffer: 1 << 26 })) };
  } catch (error) {
    // What execFile throws has these; anything else it throws has no code.
    const { code = -1, stdout = "", stderr = String(error) } = error as Partial<Ended>;
    return { code, stdout, stderr };
  }
}

/** Builds and packs clientwright, as it is published. */
export async function packClientwright(folder: string): Promise<string> {
  const scripts = path.join(root, "scripts");
  await run(process.execPath, [path.join(scripts, "build.mjs")]);
  const { stdout } = await run(
    "npm",
    ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder],
    { cwd: scripts },
  );
  return path.join(folder, stdout.trim());
}

/** An empty project in a temporary folder, with the documents of this folder beside it. */
export function emptyProject(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "clientwright-test-"));
  mkdirSync(path.join(folder, "src"));
  writeFileSync(
    path.join(folder, "package.json"),
    '{\n  "name": "empty",\n  "private": true,\n  "type": "module"\n}\n',
  );
  cpSync(path.join(import.meta.dirname, "documents"), folder, { recursive: true });
  return folder;
}

/** The five commands of the package's README, line by line. */
export function fiveCommands(): readonly string[] {
  const readme = readFileSync(path.join(root, "scripts", "README.md"), "utf8");
  const [, section = ""] =
    /^## A working client in five commands\n([\s\S]*?)^## /m.exec(readme) ?? [];
  const blocks = blocksOfMarkdown("scripts/README.md", section);
  // The first block packs clientwright, the second is for the reader's project.
  return blocks.filter(({ language }) => language === "sh")[1]?.text.split("\n") ?? [];
}

/** The service of both documents. */
export async function startService(): Promise<{ readonly url: string; readonly stop: () => void }> {
  const server = createServer((request, response) => {
    response.setHeader("content-type", "application/json");
    if (request.url === "/pets/7") {
      response.end('{"id":7,"born_at":"2026-01-02T03:04:05Z","nick_name":null}');
    } else if (request.url === "/notes") {
      response.statusCode = 201;
      request.pipe(response);
    } else {
      response.statusCode = 404;
      response.end('{"message":"no such pet"}');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server has no port");
  return { url: `http://127.0.0.1:${address.port}`, stop: () => server.close() };
}

/** The strictest options that a project of today may have. */
export const strictest: string = JSON.stringify({
  compilerOptions: {
    target: "es2022",
    module: "nodenext",
    lib: ["es2022", "dom", "dom.iterable"],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true,
    noImplicitOverride: true,
    noImplicitReturns: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    isolatedModules: true,
    verbatimModuleSyntax: true,
    outDir: "build",
    rootDir: "src",
  },
  include: ["src"],
});

/** Whether a folder of `node_modules` has a package. */
export function hasPackage(project: string, name: string): boolean {
  return existsSync(path.join(project, "node_modules", name, "package.json"));
}

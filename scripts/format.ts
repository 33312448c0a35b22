/** Formats what was emitted: the same bytes by Biome's program and, where the platform has none, by its WebAssembly. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { isAllowed } from "./permission.js";
import type { OutputFile } from "./print/source.js";

const run = promisify(execFile);
const require = createRequire(import.meta.url);

/** Where the formatter comes from. */
export type Formatter = "program" | "wasm";

/** How generated code looks, wherever it is generated. */
const style = {
  vcs: { enabled: false },
  files: { maxSize: 1 << 28 },
  formatter: { indentStyle: "space", lineWidth: 100 },
  linter: { enabled: false },
  assist: { enabled: false },
} as const;

/**
 * Formats TypeScript.
 *
 * @throws {Error} what the formatter says; the emitted text is no TypeScript then, which is a bug of an emitter.
 */
export async function formatFiles(
  files: readonly OutputFile[],
  formatter: Formatter = usable(),
): Promise<OutputFile[]> {
  const sources = files.filter(isFormatted);
  const format = formatter === "program" ? formatByProgram : formatByWasm;
  const formatted = new Map((await format(sources)).map((file) => [file.path, file]));
  return files.map((file) => formatted.get(file.path) ?? file);
}

/** The program is faster, but not there for every platform, and not allowed to start under `--permission`. */
function usable(): Formatter {
  return isAllowed("child") && program() !== undefined ? "program" : "wasm";
}

/** Biome's program for this platform, from the package that npm chose; its own starter would take a Node.js more. */
function program(): string | undefined {
  const { platform, arch } = process;
  const libc = platform === "linux" && isMusl() ? "-musl" : "";
  const file = platform === "win32" ? "biome.exe" : "biome";
  try {
    const beside = [path.dirname(require.resolve("@biomejs/biome/package.json"))];
    return require.resolve(`@biomejs/cli-${platform}-${arch}${libc}/${file}`, { paths: beside });
  } catch {
    return undefined;
  }
}

function isMusl(): boolean {
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return header?.glibcVersionRuntime === undefined;
}

async function formatByProgram(sources: readonly OutputFile[]): Promise<OutputFile[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "clientwright-"));
  try {
    for (const name of new Set(sources.map((file) => path.dirname(file.path)))) {
      await mkdir(path.join(folder, name), { recursive: true });
    }
    const config = path.join(folder, "biome.json");
    await writeFile(config, JSON.stringify({ root: true, ...style }));
    await Promise.all(sources.map((file) => writeFile(path.join(folder, file.path), file.text)));
    try {
      await run(program() ?? "biome", ["format", "--write", `--config-path=${config}`, folder]);
    } catch (error) {
      refuse(error instanceof Error && "stderr" in error ? String(error.stderr) : String(error));
    }
    return await Promise.all(
      sources.map(async ({ path: file }) => ({
        path: file,
        text: await readFile(path.join(folder, file), "utf8"),
      })),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function formatByWasm(sources: readonly OutputFile[]): Promise<OutputFile[]> {
  const { Biome } = await import("@biomejs/js-api/nodejs");
  const biome = new Biome();
  try {
    const { projectKey } = biome.openProject("/");
    biome.applyConfiguration(projectKey, style);
    return sources.map(({ path: file, text }) => {
      const filePath = `/${file}`;
      const { content, diagnostics } = biome.formatContent(projectKey, text, { filePath });
      const [wrong] = diagnostics.filter(({ severity }) => ["error", "fatal"].includes(severity));
      if (wrong !== undefined) throw new Error(`${file}: ${wrong.description}`);
      return { path: file, text: content };
    });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  } finally {
    biome.shutdown();
  }
}

function refuse(said: string): never {
  throw new Error(`the formatter refuses what was emitted: a bug of an emitter\n${said}`);
}

/** Markdown is for readers, who see it rendered; the formatter takes everything else. */
function isFormatted(file: OutputFile): boolean {
  return !file.path.endsWith(".md");
}

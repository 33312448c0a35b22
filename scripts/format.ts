/** Formats generated code with Biome: with its program, or with its WebAssembly if the platform has no program. */
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

/** Biome's native program or its WebAssembly. Both give the same bytes. */
export type Formatter = "program" | "wasm";

/** Biome's configuration for generated code. It is the same on every machine. */
const style = {
  vcs: { enabled: false },
  files: { maxSize: 1 << 28 },
  formatter: { indentStyle: "space", lineWidth: 100 },
  linter: { enabled: false },
  assist: { enabled: false },
} as const;

/**
 * Formats every file but Markdown.
 *
 * @throws {Error} The formatter cannot parse a file, which is a bug in an emitter.
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

/** Prefers the program, which is faster. Some platforms lack it, and Node's `--permission` can forbid it. */
function usable(): Formatter {
  return isAllowed("child") && program() !== undefined ? "program" : "wasm";
}

/** The path of Biome's program for this platform. Biome's own starter would run another Node.js process. */
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
  throw new Error(`the formatter cannot parse the generated code: a bug in an emitter\n${said}`);
}

/** Markdown is not formatted: Biome does not support it. */
function isFormatted(file: OutputFile): boolean {
  return !file.path.endsWith(".md");
}

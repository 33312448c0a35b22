import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { OutputFile } from "./print/source.js";
import { projectRoot } from "./project.js";

const run = promisify(execFile);

/**
 * Formats the emitted TypeScript with the project's own formatter, in a temporary folder.
 *
 * @throws {Error} what the formatter says; the emitted text is no TypeScript then, which is a bug of an emitter.
 */
export async function formatFiles(files: readonly OutputFile[]): Promise<OutputFile[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "generate-"));
  try {
    const sources = files.filter(isFormatted);
    for (const name of new Set(sources.map((file) => path.dirname(file.path)))) {
      await mkdir(path.join(folder, name), { recursive: true });
    }
    await Promise.all(sources.map((file) => writeFile(path.join(folder, file.path), file.text)));
    const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
    const config = `--config-path=${path.join(projectRoot, "biome.json")}`;
    try {
      await run(process.execPath, [
        biome,
        "check",
        "--write",
        "--linter-enabled=false",
        "--vcs-enabled=false",
        config,
        folder,
      ]);
    } catch (error) {
      const said =
        error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
      throw new Error(`the formatter refuses what was emitted: a bug of an emitter\n${said}`);
    }
    return await Promise.all(
      files.map(async (file) =>
        isFormatted(file)
          ? { path: file.path, text: await readFile(path.join(folder, file.path), "utf8") }
          : file,
      ),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Markdown is for readers, who see it rendered; the formatter takes everything else. */
function isFormatted(file: OutputFile): boolean {
  return !file.path.endsWith(".md");
}

/** Reads a configuration in TypeScript, JavaScript or JSON. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { UsageError } from "./options.js";
import { isPublished, packageRoot, shownPath } from "./project.js";

/**
 * Returns the content of a configuration: its default export, or its JSON.
 *
 * @throws {UsageError} It cannot be read. The message names the file.
 */
export async function loadConfig(file: string): Promise<unknown> {
  try {
    if (file.endsWith(".json"))
      return JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
    const url = /\.m?ts$/.test(file) ? await compiled(file) : pathToFileURL(file).href;
    // The caller checks the fields of the export.
    const module = (await import(url)) as { readonly default?: unknown };
    if (module.default === undefined) throw new Error("it has no default export");
    return module.default;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${shownPath(file)} cannot be read: ${said}`);
  }
}

/** The package's entry, with `defineConfig`. */
const ownEntry = path.join(packageRoot, isPublished ? "dist/index.mjs" : "config.ts");

/** Compiles TypeScript to a `data:` URL, so that no file is written. */
async function compiled(file: string): Promise<string> {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [file],
    absWorkingDir: path.dirname(file),
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "node20",
    logLevel: "silent",
    // A module in a `data:` URL cannot import packages, so the one that configurations import is bundled.
    alias: { clientwright: ownEntry },
    define: {
      "import.meta.url": JSON.stringify(pathToFileURL(file).href),
      "import.meta.dirname": JSON.stringify(path.dirname(file)),
      "import.meta.filename": JSON.stringify(file),
    },
  });
  const text = outputFiles[0]?.text ?? "";
  return `data:text/javascript;base64,${Buffer.from(text).toString("base64")}`;
}

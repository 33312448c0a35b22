/** Reads a configuration, whatever language it is written in. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { UsageError } from "./options.js";
import { isPublished, packageRoot, shownPath } from "./project.js";

/**
 * What a configuration says: its default export, or its JSON.
 *
 * @throws {UsageError} it cannot be read; the message has its place.
 */
export async function loadConfig(file: string): Promise<unknown> {
  try {
    if (file.endsWith(".json"))
      return JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
    const url = /\.m?ts$/.test(file) ? await compiled(file) : pathToFileURL(file).href;
    // A module is what its author exports; the fields are checked by the caller.
    const module = (await import(url)) as { readonly default?: unknown };
    if (module.default === undefined) throw new Error("it has no default export");
    return module.default;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${shownPath(file)} cannot be read: ${said}`);
  }
}

/** The package's entry, which gives a configuration its types. */
const ownEntry = path.join(packageRoot, isPublished ? "dist/index.mjs" : "config.ts");

/** TypeScript as a URL that holds the program, so that nothing is written. */
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
    // A program in a URL finds no package: the only one that a configuration needs is put in.
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

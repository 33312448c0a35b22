import { createRequire } from "node:module";
import path from "node:path";
import { root } from "../readme/project.js";
import { run } from "../runtimes/run.js";

interface BiomeReport {
  readonly diagnostics: readonly {
    readonly category?: string;
    readonly message?: string;
    readonly description?: string;
    readonly location?: {
      readonly path?: string | { readonly file?: string };
      readonly start?: { readonly line?: number };
    };
  }[];
}

/** What Biome says of generated code under the rules of this project, format included; one line for each finding. */
export async function lintFolder(folder: string): Promise<string[]> {
  const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
  const args = [
    biome,
    "check",
    "--error-on-warnings",
    "--vcs-enabled=false",
    "--reporter=json",
    "--max-diagnostics=none",
    `--config-path=${path.join(root, "biome.json")}`,
    folder,
  ];
  const { code, stdout, stderr } = await run(process.execPath, args, folder);
  if (code === 0) return [];
  const start = stdout.indexOf("{");
  try {
    // The shape that Biome writes; a member that is missing shows as such in the text.
    const { diagnostics } = JSON.parse(stdout.slice(start)) as BiomeReport;
    return diagnostics.map(({ category, message, description, location }) => {
      const file = typeof location?.path === "string" ? location.path : location?.path?.file;
      const line = location?.start?.line;
      return `${file === undefined ? "" : path.relative(folder, path.resolve(folder, file))}${line === undefined ? "" : `:${line}`} ${category}: ${message ?? description}`;
    });
  } catch {
    return [`${stdout}\n${stderr}`.trim().slice(0, 1000)];
  }
}

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

/**
 * What Biome says of generated code under the rules of this project, format included.
 *
 * @returns one line for each finding, by folder; what is of no folder is a finding of each
 */
export async function lintFolders(folders: readonly string[]): Promise<string[][]> {
  const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
  const args = [
    biome,
    "check",
    "--error-on-warnings",
    "--vcs-enabled=false",
    "--reporter=json",
    "--max-diagnostics=none",
    `--config-path=${path.join(root, "biome.json")}`,
    ...folders,
  ];
  const { code, stdout, stderr } = await run(process.execPath, args, root);
  if (code === 0) return folders.map(() => []);
  const start = stdout.indexOf("{");
  try {
    // The shape that Biome writes; a member that is missing shows as such in the text.
    const { diagnostics } = JSON.parse(stdout.slice(start)) as BiomeReport;
    const lines = diagnostics.map(({ category, message, description, location }) => {
      const file = typeof location?.path === "string" ? location.path : location?.path?.file;
      const line = location?.start?.line;
      const words = `${line === undefined ? "" : `:${line}`} ${category}: ${message ?? description}`;
      return { file: file === undefined ? undefined : path.resolve(root, file), words };
    });
    return folders.map((folder) =>
      lines.flatMap(({ file, words }) => {
        if (file === undefined) return [words.trim()];
        const relative = path.relative(folder, file);
        return relative.startsWith("..") ? [] : [`${relative}${words}`];
      }),
    );
  } catch {
    const said = `${stdout}\n${stderr}`.trim().slice(0, 1000);
    return folders.map(() => [said]);
  }
}

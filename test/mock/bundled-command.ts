import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { leaveOut } from "../../src/mock/build/leave-out.js";

/**
 * Puts the command into one file, as the package has it: to start it from its sources takes over a second each time,
 * most of which is Prism.
 *
 * @param folder - where the file goes
 * @returns the file
 */
export async function bundleCommand(folder: string): Promise<string> {
  const file = join(folder, "cli.mjs");
  await build({
    entryPoints: [fileURLToPath(new URL("../../src/cli.ts", import.meta.url))],
    outfile: file,
    bundle: true,
    platform: "node",
    target: "node20.19",
    format: "esm",
    mainFields: ["module", "main"],
    plugins: [leaveOut],
    banner: {
      js: 'import { createRequire as requiring } from "node:module"; const require = requiring(import.meta.url);',
    },
    logLevel: "warning",
  });
  return file;
}

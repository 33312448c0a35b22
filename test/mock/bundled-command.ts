import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { bundling, requireOfModules } from "../../src/mock/build/bundling.js";
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
    ...bundling,
    plugins: [leaveOut],
    banner: { js: requireOfModules },
  });
  return file;
}

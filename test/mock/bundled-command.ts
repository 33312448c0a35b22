import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { bundling } from "../../src/mock/build/bundling.js";
import { leaveOut } from "../../src/mock/build/leave-out.js";

/**
 * Bundles the command, as the package has it: to start it from its sources takes over a second each time.
 *
 * @param folder - where the files go
 * @returns the file to start
 */
export async function bundleCommand(folder: string): Promise<string> {
  await build({
    ...bundling,
    entryPoints: [fileURLToPath(new URL("../../src/cli.ts", import.meta.url))],
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    plugins: [leaveOut],
  });
  return join(folder, "cli.mjs");
}

/** Bundles the client: one file for each entry point of the package, so that Node.js resolves and reads one file. */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));

await build({
  absWorkingDir: root,
  entryPoints: ["src/index.ts", "generated/client.ts", "generated/wire.ts"],
  outdir: "dist",
  outbase: ".",
  bundle: true,
  // Dependencies stay imports: a program that also uses openapi-fetch has it once.
  packages: "external",
  format: "esm",
  platform: "neutral",
  target: "es2022",
  sourcemap: true,
  // The package has the sources, where the maps look for them.
  sourcesContent: false,
  legalComments: "none",
  logLevel: "warning",
});

/** Bundles the client into one file for each entry point, so that Node.js resolves and reads only that file. */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));

await build({
  absWorkingDir: root,
  entryPoints: ["src/index.ts", "generated/client.ts", "generated/wire.ts"],
  outdir: "dist",
  outbase: ".",
  bundle: true,
  // Dependencies stay imports, so that a program that also uses openapi-fetch loads it only once.
  packages: "external",
  format: "esm",
  platform: "neutral",
  target: "es2022",
  sourcemap: true,
  // The package contains the sources that the maps refer to.
  sourcesContent: false,
  legalComments: "none",
  logLevel: "warning",
});

import type { BuildOptions } from "esbuild";

/** How the mock and the command are put into one file each. */
export const bundling: BuildOptions = {
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "esm",
  // Some packages are written in a form that only works unbundled, and have a second one.
  mainFields: ["module", "main"],
  logLevel: "warning",
};

/** What a bundle with all of Prism starts with; under a name that none of its modules has. */
export const requireOfModules: string =
  'import { createRequire as requiring } from "node:module"; const require = requiring(import.meta.url);';

import type { BuildOptions } from "esbuild";

/** How the mock and the command are bundled. */
export const bundling: BuildOptions = {
  bundle: true,
  // Prism is loaded when it is first needed.
  splitting: true,
  platform: "node",
  target: "node20.19",
  format: "esm",
  // Some packages are written in a form that only works unbundled, and have a second one.
  mainFields: ["module", "main"],
  // Packages of the older form call this; under a name that none of the modules has.
  banner: {
    js: 'import { createRequire as requiring } from "node:module"; const require = requiring(import.meta.url);',
  },
  logLevel: "warning",
};

import type { BuildOptions } from "esbuild";

/** Options to bundle the mock and the command. */
export const bundling: BuildOptions = {
  bundle: true,
  // Puts Prism in a file of its own, which is loaded on first use.
  splitting: true,
  platform: "node",
  target: "node20.19",
  format: "esm",
  // The `main` of some packages does not work bundled, but they also have an ES module.
  mainFields: ["module", "main"],
  // CommonJS packages call `require`. The import has a name that none of the bundled modules uses.
  banner: {
    js: 'import { createRequire as requiring } from "node:module"; const require = requiring(import.meta.url);',
  },
  logLevel: "warning",
};

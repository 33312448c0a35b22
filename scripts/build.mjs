/** Builds the package: the command, the types of a configuration, and the runtime as sources and as modules. */
import { cpSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import ts from "typescript";

const scripts = path.dirname(fileURLToPath(import.meta.url));
const runtime = path.join(path.dirname(scripts), "src", "runtime");
const dist = path.join(scripts, "dist");

const common = {
  bundle: true,
  splitting: true,
  packages: "external",
  format: "esm",
  legalComments: "none",
  logLevel: "warning",
};

rmSync(dist, { recursive: true, force: true });
await Promise.all([
  build({
    ...common,
    entryPoints: {
      main: path.join(scripts, "main.ts"),
      index: path.join(scripts, "config.ts"),
      "wire-thread": path.join(scripts, "wire-thread.ts"),
    },
    outdir: dist,
    outExtension: { ".js": ".mjs" },
    platform: "node",
    target: "node20",
  }),
  build({
    ...common,
    entryPoints: ["index.ts", "v1.ts"].map((file) => path.join(runtime, file)),
    outdir: path.join(dist, "runtime"),
    platform: "neutral",
    target: "es2022",
  }),
]);

declare([path.join(runtime, "index.ts"), path.join(runtime, "v1.ts")], path.join(dist, "runtime"));
declare([path.join(scripts, "config.ts")], dist);
renameSync(path.join(dist, "config.d.ts"), path.join(dist, "index.d.ts"));
const source = path.join(dist, "runtime-source");
mkdirSync(source);
for (const file of readdirSync(runtime).filter((one) => one !== "index.ts" && one !== "v1.ts")) {
  cpSync(path.join(runtime, file), path.join(source, file));
}

/** Writes the declarations of modules and of everything that they import. */
function declare(files, outDir) {
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    types: [],
    strict: true,
    declaration: true,
    emitDeclarationOnly: true,
    skipLibCheck: true,
    outDir,
  });
  const { diagnostics } = program.emit();
  for (const { messageText } of diagnostics) {
    throw new Error(ts.flattenDiagnosticMessageText(messageText, "\n"));
  }
}

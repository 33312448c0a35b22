import path from "node:path";
import { runInThisContext } from "node:vm";
import { build, type Plugin } from "esbuild";
import { buildApi } from "../../../scripts/model/build.js";
import { emitFiles } from "../../../scripts/pipeline.js";
import type { JsonObject } from "../read-document.js";
import { type Client, generatedFolder } from "./client.js";

const root: string = path.dirname(generatedFolder);

/** Generates a client from a document in memory. Types are erased when it is built, so the wire types are left out. */
export async function generateClient(document: JsonObject): Promise<Client> {
  const spec = path.join(root, "openapi", "openapi.yaml");
  const files = await emitFiles(
    buildApi(document).api,
    document,
    spec,
    generatedFolder,
    async () => [],
  );
  return buildClient(
    new Map(
      files.filter((file) => file.path.endsWith(".ts")).map(({ path, text }) => [path, text]),
    ),
  );
}

/** Builds a client from generated sources, with the package's own code around them. */
export async function buildClient(sources: ReadonlyMap<string, string>): Promise<Client> {
  const models = [...sources.keys()].filter((file) => file.startsWith("models/"));
  const entry = [
    'export * from "./src/index.js";',
    ...models.map((file) => `export * from "./generated/${file.replace(/\.ts$/, ".js")}";`),
  ];
  const { outputFiles } = await build({
    stdin: { contents: entry.join("\n"), resolveDir: root, loader: "ts" },
    bundle: true,
    write: false,
    format: "cjs",
    platform: "neutral",
    mainFields: ["module", "main"],
    logLevel: "silent",
    plugins: [inMemory(sources)],
  });
  const module: { exports: Record<string, unknown> } = { exports: {} };
  const wrapped = `(function (module, exports) {${outputFiles[0]?.text}\n})`;
  runInThisContext(wrapped, { filename: "client-under-test.cjs" })(module, module.exports);
  return { exports: module.exports, sources };
}

/** Everything under `generated/` comes from these sources and nothing from the disk. */
function inMemory(sources: ReadonlyMap<string, string>): Plugin {
  return {
    name: "in memory",
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /\.js$/ }, ({ path: specifier, resolveDir }) => {
        const file = path.resolve(resolveDir, specifier).replace(/\.js$/, ".ts");
        const isGenerated = file.startsWith(`${generatedFolder}${path.sep}`);
        return isGenerated ? { path: file, namespace: "generated" } : undefined;
      });
      onLoad({ filter: /.*/, namespace: "generated" }, ({ path: file }) => {
        const name = path.relative(generatedFolder, file).split(path.sep).join("/");
        const contents = sources.get(name);
        if (contents === undefined) return { errors: [{ text: `there is no ${name}` }] };
        return { contents, loader: "ts", resolveDir: path.dirname(file) };
      });
    },
  };
}

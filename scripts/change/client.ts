/** Runs the old client on responses that the new contract allows. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { runInThisContext } from "node:vm";
import type { Plugin } from "esbuild";
import type { Json } from "../model/api.js";
import { projectRoot, runtimeSources } from "../project.js";
import { Node } from "../spec/node.js";
import type { Draft } from "./draft.js";
import { type GeneratedClient, generateClient, responseName } from "./generated.js";
import { readOperations } from "./operations.js";
import type { Side } from "./side.js";

/** The result of the old client for a response; `unknown` if it has no decoder for it. */
export type Reading = "accepts" | "throws" | "unknown";

/** The decoders of a client, by name. */
type Decoders = ReadonlyMap<string, (value: unknown) => unknown>;

/** Decodes a witness with the old client. */
export type OldClient = (draft: Draft, witness: Json) => Reading;

/**
 * Builds the old client from the base's own sources. Without sources, generates it from the document.
 *
 * @param operations - keys of the operations to include
 */
export async function buildOldClient(
  base: Side,
  operations: ReadonlySet<string>,
): Promise<OldClient> {
  const generated = await generateClient(base.document, operations);
  const fromDocument = generated === undefined ? new Map() : await decodersOf(generated);
  const own = base.sources === undefined ? undefined : await decodersIn(base.sources);
  const old = readOperations(new Node(base.document));
  return ({ operation, value }, witness) => {
    if (value?.part.kind !== "response") return "unknown";
    const { status, mediaType } = value.part;
    const found = old.find(({ key }) => key === operation);
    const media = found?.responses.get(status)?.content.get(mediaType);
    const schema = media?.get("schema");
    if (found === undefined || schema === undefined) return "unknown";
    const component =
      schema.text("$ref")?.split("/").at(-1) ??
      responseName(["paths", found.path, found.method, "responses", status]);
    const name = `decode${generated?.types.get(component) ?? component}`;
    const decode = own?.get(name) ?? fromDocument.get(name);
    if (decode === undefined) return "unknown";
    try {
      decode(structuredClone(witness));
      return "accepts";
    } catch {
      // Any error counts: the client rejects a response by throwing.
      return "throws";
    }
  };
}

/** The decoders of a client in memory, with the runtime of this project. */
async function decodersOf({ sources }: GeneratedClient): Promise<Decoders> {
  const models = [...sources.keys()].filter((file) => file.startsWith("models/"));
  return bundled(projectRoot, models, [inMemory(sources)]);
}

/** The decoders of the client in a folder, with the runtime in that folder. */
async function decodersIn(root: string): Promise<Decoders> {
  const folder = path.join(root, "generated", "models");
  if (!existsSync(folder)) return new Map();
  const models = readdirSync(folder).filter((file) => file.endsWith(".ts"));
  return bundled(
    root,
    models.map((file) => `models/${file}`),
    [],
  );
}

async function bundled(
  root: string,
  models: readonly string[],
  plugins: Plugin[],
): Promise<Decoders> {
  const { build } = await import("esbuild");
  const entry = models.map(
    (file) => `export * from "./generated/${file.replace(/\.ts$/, ".js")}";`,
  );
  const { outputFiles } = await build({
    stdin: { contents: entry.join("\n"), resolveDir: root, loader: "ts" },
    bundle: true,
    write: false,
    format: "cjs",
    platform: "neutral",
    mainFields: ["module", "main"],
    nodePaths: [path.join(projectRoot, "node_modules")],
    logLevel: "silent",
    plugins,
  });
  const module: { exports: Record<string, unknown> } = { exports: {} };
  const wrapped = `(function (module, exports) {${outputFiles[0]?.text ?? ""}\n})`;
  runInThisContext(wrapped, { filename: "old-client.cjs" })(module, module.exports);
  return new Map(
    Object.entries(module.exports).flatMap(([name, value]) =>
      // Generated decoders have this signature.
      typeof value === "function" ? [[name, value as (value: unknown) => unknown]] : [],
    ),
  );
}

/** An esbuild plugin that reads everything in `generated/` from these sources instead of the disk. */
function inMemory(sources: ReadonlyMap<string, string>): Plugin {
  const folder = path.join(projectRoot, "generated");
  return {
    name: "in memory",
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /\.js$/ }, ({ path: specifier, resolveDir }) => {
        const file = path.resolve(resolveDir, specifier).replace(/\.js$/, ".ts");
        if (file.startsWith(`${folder}${path.sep}`)) return { path: file, namespace: "generated" };
        // In a package, esbuild would only look for JavaScript.
        return file.startsWith(`${runtimeSources}${path.sep}`) ? { path: file } : undefined;
      });
      onLoad({ filter: /.*/, namespace: "generated" }, ({ path: file }) => {
        const name = path.relative(folder, file).split(path.sep).join("/");
        const contents = sources.get(name);
        if (contents === undefined) return { errors: [{ text: `there is no ${name}` }] };
        return { contents, loader: "ts", resolveDir: path.dirname(file) };
      });
    },
  };
}

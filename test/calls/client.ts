import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { Api, Json, SecurityScheme } from "../../scripts/model/api.js";
import { emitFiles } from "../../scripts/pipeline.js";
import { root } from "../readme/project.js";

/** A generated method: what it takes depends on its operation. */
export type AnyMethod = (...args: readonly unknown[]) => Promise<unknown>;

/** A generated client: methods by resource. */
export type AnyClient = Readonly<Record<string, Readonly<Record<string, AnyMethod>>>>;

/** What answers the requests of a client. */
export type Answer = (url: string) => Promise<Response>;

/** Generates the client of a document, bundles it with the runtime and makes one. Nothing is written but a bundle. */
export async function loadClient(api: Api, document: Json, answer: Answer): Promise<AnyClient> {
  const out = path.join(root, "calls");
  // The types of the wire are gone when the client runs.
  const files = await emitFiles(
    api,
    document,
    path.join(root, "openapi.yaml"),
    out,
    async () => [],
  );
  const texts = new Map(files.map((file) => [path.join(out, file.path), file.text]));
  const folder = await mkdtemp(path.join(tmpdir(), "calls-"));
  try {
    const { outputFiles } = await build({
      entryPoints: [path.join(out, "api.ts")],
      bundle: true,
      format: "esm",
      write: false,
      logLevel: "error",
      plugins: [
        {
          name: "generated files",
          setup: (bundler) => {
            bundler.onResolve({ filter: /^\.|api\.ts$/ }, ({ path: specifier, importer }) => {
              const file = path.resolve(path.dirname(importer), specifier).replace(/\.js$/, ".ts");
              return texts.has(file) ? { path: file, namespace: "generated" } : { path: file };
            });
            bundler.onLoad({ filter: /.*/, namespace: "generated" }, (args) => ({
              contents: texts.get(args.path) ?? "",
              loader: "ts",
              resolveDir: root,
            }));
          },
        },
      ],
    });
    const bundle = path.join(folder, "client.mjs");
    await writeFile(bundle, outputFiles[0]?.contents ?? "");
    const module: { readonly createClient: (options: object) => AnyClient } = await import(
      pathToFileURL(bundle).href
    );
    return module.createClient(optionsOf(api, answer));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function optionsOf({ security }: Api, answer: Answer): object {
  const credential = ({ sent }: SecurityScheme): unknown =>
    sent.by === "basic" ? { username: "ada", password: "secret" } : "token";
  const auth = Object.fromEntries(security.schemes.map((one) => [one.option, credential(one)]));
  return {
    baseUrl: "https://api.example.com",
    fetch: (input: Request | URL | string): Promise<Response> =>
      answer(input instanceof Request ? input.url : String(input)),
    ...(security.schemes.length > 0 && { auth }),
    retry: { attempts: 1 },
  };
}

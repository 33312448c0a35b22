import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { emitModels } from "../../scripts/emit/models.js";
import type { Api, Json, Model } from "../../scripts/model/api.js";
import { buildApi } from "../../scripts/model/build.js";
import { toKebab } from "../../scripts/model/names/words.js";
import { isObject } from "../../scripts/spec/canonical.js";

/** A codec, or none where a model's values are checked where they stand. */
export type Codec = (value: unknown) => unknown;

/** A named schema of a document with the codecs that are generated for it, whoever uses it. */
export interface Subject {
  readonly schema: string;
  readonly model: Model;
  readonly decode: Codec;
  readonly encode: Codec;
}

/** Everything that is generated for the schemas of a document. */
export interface Subjects {
  /** A document that has all of its schemas in `#/components/schemas`. */
  readonly document: Json;
  readonly api: Api;
  readonly subjects: readonly Subject[];
  /** Schemas that are refused, with the reason. */
  readonly refused: readonly string[];
}

type Schemas = { [name: string]: Json };

/**
 * Generates the codecs of every schema that requests and responses of a document hold, in both directions, and loads
 * them; `undefined` where it has no schema. Schemas that an operation writes in place are given names first, so that each has codecs of its own.
 */
export async function readSubjects(document: Json): Promise<Subjects | undefined> {
  const lifted = liftSchemas(document);
  if (lifted === undefined) return undefined;
  const { api, omitted } = buildApi(lifted, { strict: false });
  const models = api.models.map(
    (model): Model => ({
      ...model,
      answered: true,
      inputName: model.inputName ?? `${model.name}Input`,
    }),
  );
  const both = { ...api, models };
  const loaded = await load(both);
  const subjects = models.flatMap((model): Subject[] => {
    const codecs = loaded[model.name];
    const decode = codecs?.[`decode${model.name}`];
    const encode = codecs?.[`encode${model.name}`];
    if (decode === undefined || encode === undefined) return [];
    return [{ schema: model.schema, model, decode, encode }];
  });
  return {
    document: lifted,
    api: both,
    subjects,
    refused: omitted.map(({ operation, reason }) => `${operation}: ${reason}`),
  };
}

/** The codecs of all models, by the name of the model. */
async function load(api: Api): Promise<Readonly<Record<string, Readonly<Record<string, Codec>>>>> {
  const folder = await mkdtemp(path.join(tmpdir(), "codecs-"));
  try {
    const runtime = path.resolve(import.meta.dirname, "../../src/runtime");
    const files = emitModels(api, {
      header: "",
      runtime: (module) => `${runtime}/${module}.ts`,
    });
    const texts = new Map(files.map((file) => [`/${path.basename(file.path, ".ts")}`, file.text]));
    const index = api.models
      .map(({ name }) => `export * as ${name} from "/${toKebab(name)}.js";`)
      .join("\n");
    const outfile = path.join(folder, "codecs.mjs");
    const { outputFiles } = await build({
      stdin: { contents: index, resolveDir: "/", loader: "ts" },
      bundle: true,
      format: "esm",
      write: false,
      logLevel: "error",
      plugins: [
        {
          name: "generated files",
          setup: (bundler) => {
            const generated = /^(?:\.?)(\/[^/]+)\.js$/;
            bundler.onResolve({ filter: generated }, ({ path: specifier, namespace, importer }) =>
              namespace === "generated" || importer === "<stdin>"
                ? { path: generated.exec(specifier)?.[1] ?? specifier, namespace: "generated" }
                : undefined,
            );
            bundler.onLoad({ filter: /.*/, namespace: "generated" }, (args) => ({
              contents: texts.get(args.path) ?? "",
              loader: "ts",
              resolveDir: "/",
            }));
          },
        },
      ],
    });
    await writeFile(outfile, outputFiles[0]?.contents ?? "");
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A document of the same schemas, if there are any, with one operation for each, which takes it and answers with it. */
function liftSchemas(document: Json): Json | undefined {
  const components = member(document, "components");
  const schemas: Schemas = { ...(isObject(components) && asSchemas(components["schemas"])) };
  let count = 0;
  const walk = (value: Json, key: string): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, "");
    if (!isObject(value)) return;
    const schema = value["schema"];
    // The schema of a body stands under its media type.
    if (key.includes("/") && isObject(schema) && typeof schema["$ref"] !== "string") {
      count += 1;
      schemas[`InPlace${count}`] = schema;
    }
    for (const [name, one] of Object.entries(value)) {
      if (!["schema", "schemas", "example", "examples", "default", "enum"].includes(name))
        walk(one, name);
    }
  };
  walk(document, "");
  if (Object.keys(schemas).length === 0) return undefined;
  const content = (name: string): Json => ({
    "application/json": { schema: { $ref: `#/components/schemas/${pointerKey(name)}` } },
  });
  const paths = Object.keys(schemas).map((name, index): [string, Json] => [
    `/schemas/${index}`,
    {
      post: {
        operationId: `pass_schema_${index}`,
        tags: ["schemas"],
        requestBody: { required: true, content: content(name) },
        responses: { "200": { description: "The same.", content: content(name) } },
      },
    },
  ]);
  return {
    openapi: "3.1.0",
    info: { title: "Schemas", version: "1" },
    tags: [{ name: "schemas" }],
    paths: Object.fromEntries(paths),
    components: { ...(isObject(components) && components), schemas },
  };
}

function member(value: Json, name: string): Json | undefined {
  return isObject(value) ? value[name] : undefined;
}

function asSchemas(value: Json | undefined): Schemas {
  return value !== undefined && isObject(value) ? { ...value } : {};
}

function pointerKey(name: string): string {
  return encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));
}

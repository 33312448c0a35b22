import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import type { GlobalContext, OpenAPI3 } from "openapi-typescript";
import type { Json } from "./model/api.js";
import { isAllowed } from "./permission.js";
import type { OutputFile } from "./print/source.js";
import { wireDocument } from "./wire-document.js";
import type { KeptPath } from "./wire-split.js";

const require = createRequire(import.meta.url);

/**
 * Loads openapi-typescript when it is needed. `require` takes half the time of `import`, which would read the compiler's 9 MB
 * several times to find out what kind of module it is and what it exports.
 */
export function openapiTypescript(): typeof import("openapi-typescript") {
  return require("openapi-typescript") as typeof import("openapi-typescript");
}

/** Converts a document, as a JSON string, to the files of its wire types: `wire.ts`, and its parts if that would be long. */
export type WireTypes = (
  document: string,
  kept?: readonly KeptPath[],
) => Promise<readonly OutputFile[]>;

/**
 * Runs openapi-typescript without its bundler, which would resolve references differently, even in the data of
 * examples, and fetch them. A `default` does not make a property required: a response may omit it.
 */
export const wireTypes: WireTypes = async (text, kept = []) => {
  const { astToString, resolveRef, scanDiscriminators, transformSchema } = openapiTypescript();
  // The model was built from this document, and `wireDocument` removes everything that types cannot express.
  const document = wireDocument(JSON.parse(text) as Json) as unknown as OpenAPI3;
  const options = {
    ...defaults,
    silent: true,
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
  };
  // Only `redoc` is missing. It configures the bundler, which is not called.
  const resolved = new Map<string, unknown>();
  const context = {
    ...options,
    discriminators: scanDiscriminators(document, options),
    injectFooter: [],
    resolve: (ref: string) => {
      if (!resolved.has(ref)) resolved.set(ref, resolveRef(document, ref, { silent: true }));
      return resolved.get(ref);
    },
  } as unknown as GlobalContext;
  const { wireFiles } = await import("./wire-split.js");
  return wireFiles(transformSchema(document, context), (nodes) => astToString(nodes), kept);
};

/** The default options of openapi-typescript. */
const defaults = {
  additionalProperties: false,
  alphabetize: false,
  arrayLength: false,
  conditionalEnums: false,
  dedupeEnums: false,
  enum: false,
  enumValues: false,
  excludeDeprecated: false,
  exportType: false,
  generatePathParams: false,
  immutable: false,
  makePathsEnum: false,
  pathParamsAsTypes: false,
  propertiesRequiredByDefault: false,
  readWriteMarkers: false,
  rootTypes: false,
  rootTypesKeepCasing: false,
  rootTypesNoSchemaPrefix: false,
} as const;

/**
 * Starts a thread that runs {@link wireTypes}, because openapi-typescript takes half a second to load, and the pipeline
 * can work meanwhile. Only the bundled generator has the thread's file. Without it, the caller's thread does the work.
 */
export function startWireThread(): { readonly wireTypes: WireTypes; readonly stop: () => void } {
  const file = new URL("./wire-thread.mjs", import.meta.url);
  // Node's --permission can forbid threads.
  if (!existsSync(file) || !isAllowed("worker")) return { wireTypes, stop: () => undefined };
  // Most of what the thread makes is short-lived: with room for it, a fifth of its time is saved.
  const worker = new Worker(file, { resourceLimits: { maxYoungGenerationSizeMb: 64 } });
  worker.unref();
  // Without a handler, an error before the first document would end the process. Keep it for the first call.
  const failed = new Promise<never>((_, reject) => worker.once("error", reject));
  failed.catch(() => undefined);
  const run: WireTypes = (...given) => {
    const answered = new Promise<readonly OutputFile[]>((resolve) =>
      worker.once("message", resolve),
    );
    worker.ref();
    worker.postMessage(given);
    return Promise.race([answered, failed]);
  };
  return { wireTypes: run, stop: () => void worker.terminate() };
}

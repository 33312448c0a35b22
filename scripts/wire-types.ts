import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { GlobalContext, OpenAPI3 } from "openapi-typescript";
import type { Json } from "./model/api.js";
import { isAllowed } from "./permission.js";
import type { OutputFile } from "./print/source.js";
import { wireDocument } from "./wire-document.js";
import type { KeptPath } from "./wire-split.js";

/** From a document, as JSON text, to the TypeScript of its wire types: `wire.ts`, and its parts where that would be long. */
export type WireTypes = (
  document: string,
  kept?: readonly KeptPath[],
) => Promise<readonly OutputFile[]>;

/**
 * openapi-typescript, without the bundler that it runs first: that one resolves references by rules of its own, also
 * in the data of examples, and fetches them. `default` makes no member required: a response may leave out what has one.
 */
export const wireTypes: WireTypes = async (text, kept = []) => {
  const { astToString, resolveRef, scanDiscriminators, transformSchema } = await import(
    "openapi-typescript"
  );
  // The text is a document that the model was built of; `wireDocument` takes out what no type can say.
  const document = wireDocument(JSON.parse(text) as Json) as unknown as OpenAPI3;
  const options = {
    ...defaults,
    silent: true,
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
  };
  // `redoc` is the one member that is missing: it configures the bundler, which is not called.
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

/** What openapi-typescript does where its options say nothing. */
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
 * The same on a thread of its own, started at once: openapi-typescript takes half a second to load, and the rest of
 * the pipeline does not wait for it. Only the bundled generator has the thread's file; without it the caller's thread
 * does the work.
 */
export function startWireThread(): { readonly wireTypes: WireTypes; readonly stop: () => void } {
  const file = new URL("./wire-thread.mjs", import.meta.url);
  // Under --permission, threads may not be allowed.
  if (!existsSync(file) || !isAllowed("worker")) return { wireTypes, stop: () => undefined };
  const worker = new Worker(file);
  worker.unref();
  // An error before the first document would end the process; here it waits for who asks.
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

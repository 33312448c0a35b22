import { Worker } from "node:worker_threads";

/** From a document, as JSON text, to the TypeScript of its wire types. */
export type WireTypes = (document: string) => Promise<string>;

/** openapi-typescript. `default` makes no member required: an answer may leave out what has one. */
export const wireTypes: WireTypes = async (document) => {
  const { astToString, default: openapiTS } = await import("openapi-typescript");
  return astToString(await openapiTS(document, { defaultNonNullable: false, silent: true }));
};

/**
 * The same on a thread of its own, started at once: openapi-typescript takes half a second to load, and the rest of
 * the pipeline does not wait for it. Only the bundled generator has the thread's file.
 */
export function startWireThread(): { readonly wireTypes: WireTypes; readonly stop: () => void } {
  const worker = new Worker(new URL("./wire-thread.mjs", import.meta.url));
  worker.unref();
  // An error before the first document would end the process; here it waits for who asks.
  const failed = new Promise<never>((_, reject) => worker.once("error", reject));
  failed.catch(() => undefined);
  const run: WireTypes = (document) => {
    const answered = new Promise<string>((resolve) => worker.once("message", resolve));
    worker.ref();
    worker.postMessage(document);
    return Promise.race([answered, failed]);
  };
  return { wireTypes: run, stop: () => void worker.terminate() };
}

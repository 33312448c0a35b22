/** The thread of {@link startWireThread}: loads openapi-typescript at once, then converts each document that it receives. */
import { parentPort } from "node:worker_threads";
import { openapiTypescript, type WireTypes, wireTypes } from "./wire-types.js";

// Load it now, so that it is ready for the first document.
openapiTypescript();
parentPort?.on("message", async (given: Parameters<WireTypes>) => {
  parentPort?.postMessage(await wireTypes(...given));
});

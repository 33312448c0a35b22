/** The thread of {@link startWireThread}: loads openapi-typescript while others work, then answers document by document. */
import { parentPort } from "node:worker_threads";
import { type WireTypes, wireTypes } from "./wire-types.js";

// Loading is the point of the thread; what it loads is kept for the first document.
void import("openapi-typescript");
parentPort?.on("message", async (given: Parameters<WireTypes>) => {
  parentPort?.postMessage(await wireTypes(...given));
});

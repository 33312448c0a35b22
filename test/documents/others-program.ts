/** Gives documents that it is sent to other generators, one by one, and says whether they take them. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import openapiTS from "openapi-typescript";
import type { OtherTask } from "./others.js";

/** What is used of `@hey-api/openapi-ts`, which is installed beside the project and not with it. */
interface HeyApi {
  createClient(config: object): Promise<unknown>;
}

async function take({ generator, spec, modules }: OtherTask): Promise<string> {
  if (generator === "openapi-typescript") {
    await openapiTS(pathToFileURL(spec), { silent: true });
    return "";
  }
  const entry = path.join(modules, "@hey-api", "openapi-ts", "dist", "index.mjs");
  // The package has this function; if it ever loses it, every document fails and that is seen.
  const { createClient } = (await import(pathToFileURL(entry).href)) as HeyApi;
  await createClient({
    input: JSON.parse(readFileSync(spec, "utf8")),
    output: path.join(modules, ".output"),
    dryRun: true,
    logs: { level: "silent", file: false },
    plugins: ["@hey-api/typescript", "@hey-api/sdk"],
  });
  return "";
}

process.on("message", (task: OtherTask) => {
  take(task).then(
    () => process.send?.({ taken: true, words: "" }),
    (error: unknown) =>
      process.send?.({
        taken: false,
        words: error instanceof Error ? error.message : String(error),
      }),
  );
});
process.on("disconnect", () => process.exit());
process.send?.("ready");

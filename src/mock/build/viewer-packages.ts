import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { packageFolders } from "./notices.js";

/** The names of the packages in the viewer's bundle, from its source map. */
export async function viewerPackages(): Promise<readonly string[]> {
  const file = createRequire(import.meta.url).resolve("swagger-ui-dist/swagger-ui-bundle.js.map");
  const { sources }: { readonly sources: readonly string[] } = JSON.parse(
    await readFile(file, "utf8"),
  );
  const folders = packageFolders(
    sources.map((source) => source.replace(/^webpack:\/\/[^/]*\//, "")),
  );
  const names = folders.map((folder) => folder.replace(/^.*node_modules\//, ""));
  return [...new Set(names)].sort();
}

/**
 * Writes `viewer-licenses.txt`: the notices of the packages in the viewer's bundle. `npm ci` does not install these,
 * because the viewer comes bundled. Run this when the version of swagger-ui-dist changes, after
 * `npm install --prefix FOLDER swagger-ui`:
 *
 *     node --import tsx src/mock/build/viewer-licenses.ts FOLDER
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { notice } from "./notices.js";
import { viewerPackages } from "./viewer-packages.js";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("expected the folder where swagger-ui is installed");
const names = await viewerPackages();
const parts = await Promise.all(names.map((name) => notice(join(folder, "node_modules", name))));
await writeFile(
  fileURLToPath(new URL("viewer-licenses.txt", import.meta.url)),
  `The viewer contains the following packages.\n\n${parts.join("\n")}`,
);

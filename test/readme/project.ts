import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the project. */
export const root: string = fileURLToPath(new URL("../..", import.meta.url));

/** The text of a file of the project. */
export function readText(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}

/** Files below a folder of the project whose name ends so, relative to the project. */
export function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending))
    .map((file) => path.posix.join(folder, file.split(path.sep).join("/")))
    .sort();
}

/**
 * Where the sources of each entry of the package are: examples import the package by its name, and are compiled
 * against what is there now, not against the last build.
 */
export const entrySources: Readonly<Record<string, string>> = {
  "s2-token-contract": path.join(root, "src", "index.ts"),
  "s2-token-contract/fetch": path.join(root, "generated", "client.ts"),
  "s2-token-contract/wire": path.join(root, "generated", "wire.ts"),
  "s2-token-contract/mock": path.join(root, "src", "mock", "index.ts"),
  "s2-token-contract/openapi.json": path.join(root, "generated", "openapi.json"),
  clientwright: path.join(root, "scripts", "config.ts"),
};

/** The mock as the package has it: its sources run only with all that they import, which is bundled here. */
export const builtMock: string = path.join(root, "dist", "mock", "index.js");

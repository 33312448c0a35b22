import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { Task } from "./measure.js";

/** One document, by a name that is short and can be a folder's. */
export type Found = Pick<Task, "name" | "spec">;

/** A key that says which version of OpenAPI or Swagger a document is written in. */
const stated = /(^|[{,]\s*)["']?(openapi|swagger)["']?\s*:\s*["']?[23]\./m;

/**
 * Documents among files and folders. In a folder, every YAML or JSON file that states a version is one.
 *
 * @throws {Error} a path that is not there.
 */
export function findDocuments(places: readonly string[]): Found[] {
  const found = places.flatMap((place): Found[] => {
    if (!existsSync(place)) throw new Error(`${place}: no such file or folder`);
    if (!statSync(place).isDirectory())
      return [{ name: nameOf(path.basename(place)), spec: path.resolve(place) }];
    return readdirSync(place, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(ya?ml|json)$/.test(file))
      .filter((file) => stated.test(readFileSync(path.join(place, file), "utf8")))
      .sort()
      .map((file) => ({ name: nameOf(file), spec: path.resolve(place, file) }));
  });
  return [...new Map(found.map((one) => [one.spec, one])).values()];
}

function nameOf(file: string): string {
  return file.replace(/\.(ya?ml|json)$/, "").replaceAll(/[^\w.-]+/g, "-");
}

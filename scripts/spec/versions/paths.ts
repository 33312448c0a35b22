import { isObject } from "../canonical.js";
import { percentDecoded } from "../pointer.js";
import { fromPointer, toPointer } from "../problem.js";
import type { JsonObject } from "./grammar.js";
import { mapReferences } from "./map-references.js";
import type { Note } from "./openapi-3.js";
import type { Origins } from "./origins.js";

/**
 * Begins every path with a slash. Clients append a path to the base URL: `things` would change its last segment, or its
 * host. A path stays as it is if the document has the path with a slash too, and if it is a whole URL; the model leaves
 * these out.
 */
export function withSlashes(document: JsonObject, origins: Origins, note: Note): JsonObject {
  const { paths } = document;
  if (!isObject(paths)) return document;
  const renamed = new Map<string, string>();
  for (const path of Object.keys(paths)) {
    if (hasStart(path) || Object.hasOwn(paths, `/${path}`)) continue;
    renamed.set(path, `/${path}`);
    origins.moved(["paths", `/${path}`], ["paths", path]);
    note(["paths", `/${path}`], "a path without a slash at its start, which the client adds", "/");
  }
  if (renamed.size === 0) return document;
  const entries = Object.entries(paths).map(([path, item]) => [renamed.get(path) ?? path, item]);
  const changed = { ...document, paths: Object.fromEntries(entries) };
  return mapReferences(changed, (ref) => renamedReference(ref, renamed));
}

/** Whether a path needs no slash: it has one, is empty, is an extension, or is a URL. */
function hasStart(path: string): boolean {
  return /^([/?#]|x-|[a-z][a-z\d+.-]*:|$)/i.test(path);
}

/** A reference, into the renamed path if it leads into one. */
function renamedReference(ref: string, renamed: ReadonlyMap<string, string>): string {
  if (!ref.startsWith("#/paths/")) return ref;
  const [paths = "", path = "", ...rest] = fromPointer(ref);
  const name = renamed.get(path) ?? renamed.get(percentDecoded(path));
  return name === undefined ? ref : toPointer([paths, name, ...rest]);
}

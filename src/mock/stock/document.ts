import { basePath } from "../document.js";
import { isJsonObject, type JsonObject } from "../engine/json.js";

/** A document prepared for Prism. */
export interface ServedDocument {
  /** The document, with each path twice: as it is, and under the base path of its server. */
  readonly document: JsonObject;
  /** A path without parameters that has GET; undefined if there is none. */
  readonly samplePath: string | undefined;
}

/**
 * Adds each path once more under the base path of its server, because Prism ignores the path in `servers`, and clients
 * call it.
 *
 * The servers of a path override those of the document. It ignores servers of single operations.
 *
 * @throws {TypeError} if it is not an OpenAPI document.
 */
export function serveUnderBasePath(document: unknown): ServedDocument {
  const paths = isJsonObject(document) ? document["paths"] : undefined;
  if (!isJsonObject(document) || !isJsonObject(paths)) {
    throw new TypeError("not an OpenAPI document: it has no paths");
  }
  const items = Object.entries(paths).map(([path, item]) => {
    const own = isJsonObject(item) ? item["servers"] : undefined;
    return { path: `${basePath(own ?? document["servers"])}${path}`, item };
  });
  const sample = items.find(
    ({ path, item }) => isJsonObject(item) && "get" in item && !path.includes("{"),
  );
  const underBasePath = Object.fromEntries(items.map(({ path, item }) => [path, item]));
  return {
    document: { ...document, paths: { ...paths, ...underBasePath } },
    samplePath: sample?.path,
  };
}

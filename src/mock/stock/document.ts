import { basePath } from "../document.js";
import { isJsonObject, type JsonObject } from "../engine/json.js";

/** A document made ready for Prism. */
export interface ServedDocument {
  /** The document, with each path as it is and once more under the base path of its server. */
  readonly document: JsonObject;
  /** A path that answers a GET without parameters in the path; `undefined` where there is none. */
  readonly samplePath: string | undefined;
}

/**
 * Serves each path twice: as it is, which is all that Prism knows, and under the base path of its server, which is
 * where clients call, because Prism ignores the path of `servers`.
 *
 * The servers of a path count before those of the document. Those of a single operation are not looked at.
 *
 * @throws {TypeError} it is no OpenAPI document.
 */
export function serveUnderBasePath(document: unknown): ServedDocument {
  const paths = isJsonObject(document) ? document["paths"] : undefined;
  if (!isJsonObject(document) || !isJsonObject(paths)) {
    throw new TypeError("no OpenAPI document: it has no paths");
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

/** A JSON object of unknown shape. */
interface JsonObject {
  readonly [key: string]: unknown;
}

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
  const paths = isObject(document) ? document["paths"] : undefined;
  if (!isObject(document) || !isObject(paths)) {
    throw new TypeError("no OpenAPI document: it has no paths");
  }
  const items = Object.entries(paths).map(([path, item]) => {
    const own = isObject(item) ? item["servers"] : undefined;
    return { path: `${basePath(own ?? document["servers"])}${path}`, item };
  });
  const sample = items.find(
    ({ path, item }) => isObject(item) && "get" in item && !path.includes("{"),
  );
  const underBasePath = Object.fromEntries(items.map(({ path, item }) => [path, item]));
  return {
    document: { ...document, paths: { ...paths, ...underBasePath } },
    samplePath: sample?.path,
  };
}

/** The path of the first server, its variables at their defaults, without a slash at the end. */
function basePath(servers: unknown): string {
  const [server]: readonly unknown[] = Array.isArray(servers) ? servers : [];
  const { url, variables } = isObject(server) ? server : {};
  if (typeof url !== "string") return "";
  const filled = url.replace(/\{([^{}]+)\}/g, (whole, name: string) => {
    const variable = isObject(variables) ? variables[name] : undefined;
    return isObject(variable) && typeof variable["default"] === "string"
      ? variable["default"]
      : whole;
  });
  // A server may be relative to where the document lies; only its path matters here.
  return new URL(filled, "http://localhost").pathname.replace(/\/+$/, "");
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

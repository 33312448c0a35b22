import type { JsonObject } from "./engine/json.js";
import { isJsonObject } from "./engine/json.js";
import { backedOperations } from "./state/backend.js";

/** The path of the first server, its variables at their defaults, without a slash at the end. */
export function basePath(servers: unknown): string {
  const [server]: readonly unknown[] = Array.isArray(servers) ? servers : [];
  const { url, variables }: JsonObject = isJsonObject(server) ? server : {};
  if (typeof url !== "string") return "";
  const filled = url.replace(/\{([^{}]+)\}/g, (whole, name: string) => {
    const variable = isJsonObject(variables) ? variables[name] : undefined;
    return isJsonObject(variable) && typeof variable["default"] === "string"
      ? variable["default"]
      : whole;
  });
  // A server may be relative to where the document lies; only its path matters here.
  return new URL(filled, "http://localhost").pathname.replace(/(?<!\/)\/+$/, "");
}

/** Methods that an operation can have. */
const methods: readonly string[] = "get put post delete patch head options trace".split(" ");

/** The ids of all operations of a document; undefined where one has none. */
function operationIds(document: JsonObject): readonly unknown[] {
  const { paths } = document;
  return Object.values(isJsonObject(paths) ? paths : {})
    .flatMap((item) => Object.entries(isJsonObject(item) ? item : {}))
    .filter(([method, operation]) => methods.includes(method) && isJsonObject(operation))
    .map(([, operation]) => Object(operation).operationId);
}

/** Whether a document is of another API than the mock knows: then it is served as it is, without state. */
export function isForeign(document: JsonObject): boolean {
  const ids = operationIds(document);
  return (
    /^3\.[01]\./.test(String(document["openapi"])) &&
    ids.length > 0 &&
    !ids.some((id) => backedOperations.includes(String(id)))
  );
}

/** The ids of the operations of the mock's own contract that it has no state for; of another API, none. */
export function operationsWithoutState(document: JsonObject): readonly string[] {
  return operationIds(document)
    .map(String)
    .filter((id) => !backedOperations.includes(id));
}

/** @throws {TypeError} the mock cannot read this version of OpenAPI; the message says what to do. */
export function checkVersion({ openapi, swagger }: JsonObject): void {
  const found = swagger === undefined ? `OpenAPI ${openapi}` : `Swagger ${swagger}`;
  if (swagger === undefined && (openapi === undefined || /^3\.[01]\./.test(String(openapi))))
    return;
  throw new TypeError(
    `document: this is ${found}, and the mock reads OpenAPI 3.0 and 3.1; clientwright makes 3.1 of it: npx clientwright --spec FILE --out DIR --document json writes DIR/openapi.json`,
  );
}

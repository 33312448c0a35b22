import type { Json } from "../../scripts/model/api.js";
import { hideData, showData } from "../../scripts/spec/data.js";
import {
  isKnownVersion,
  normalize,
  versionOf,
  versions,
  withVersionText,
} from "../../scripts/spec/versions/normalize.js";
import { isJsonObject, type JsonObject } from "./engine/json.js";
import { backedOperations } from "./state/backend.js";

/** The path of the first server, with default values for its variables, and without a trailing slash. */
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
  // A server URL may be relative to the document's; only the path matters here. One that is no URL has none.
  return URL.canParse(filled, "http://localhost")
    ? new URL(filled, "http://localhost").pathname.replace(/(?<!\/)\/+$/, "")
    : "";
}

/** Title and version of a document; where it has no title, what it is. */
export function titleOf({ info }: JsonObject): string {
  const { title, version }: JsonObject = isJsonObject(info) ? info : {};
  const words = [title, version].filter((one) => typeof one === "string" && one !== "");
  return typeof title === "string" ? words.join(" ") : "an OpenAPI document";
}

/** Methods that an operation can have. */
const methods: readonly string[] = "get put post delete patch head options trace".split(" ");

/** The ids of all operations of a document; undefined for operations without one. */
function operationIds(document: JsonObject): readonly unknown[] {
  const { paths } = document;
  return Object.values(isJsonObject(paths) ? paths : {})
    .flatMap((item) => Object.entries(isJsonObject(item) ? item : {}))
    .filter(([method, operation]) => methods.includes(method) && isJsonObject(operation))
    .map(([, operation]) => Object(operation).operationId);
}

/** Whether a document describes another API. The mock serves such a document with its examples, without state. */
export function isForeign(document: JsonObject): boolean {
  const ids = operationIds(document);
  return ids.length > 0 && !ids.some((id) => backedOperations.includes(String(id)));
}

/** The ids of the operations in a document that the mock has no state for. */
export function operationsWithoutState(document: JsonObject): readonly string[] {
  return operationIds(document)
    .map(String)
    .filter((id) => !backedOperations.includes(id));
}

/** Prism checks bodies of OpenAPI 3.1 by older rules, or not at all, where the document names another dialect or none. */
const jsonSchemaDialect = "https://json-schema.org/draft/2020-12/schema";

/**
 * A document in the one form that the mock serves, OpenAPI 3.1. The contract of the mock itself stays as it is in that
 * version, so that what would check nothing is found.
 *
 * @throws {TypeError} it says no version, or one that cannot be read.
 */
export function inServedForm(document: JsonObject): JsonObject {
  const version = versionOf(document as Json);
  if (!isKnownVersion(version)) {
    const found = version === undefined ? "no version of OpenAPI" : `the version ${version}`;
    throw new TypeError(`document: expected ${versions}, found ${found}`);
  }
  if (version?.startsWith("3.1") && !isForeign(document)) return document;
  // Data that looks like a reference is none.
  const normal = normalize(withVersionText(hideData(document as Json)), () => {});
  return { ...(showData(normal.document) as JsonObject), jsonSchemaDialect };
}

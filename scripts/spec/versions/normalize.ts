import type { Json } from "../../model/api.js";
import { isObject } from "../canonical.js";
import { withNamedCycles } from "./cycles.js";
import { fromOpenApi3, type Note } from "./openapi-3.js";
import { Origins } from "./origins.js";
import { fromSwagger2 } from "./swagger-2.js";

/** A document of OpenAPI 3.1, and where its parts were in the one that it was made of. */
export interface Normalized {
  readonly document: Json;
  /** The place in the source document of a place in this one. */
  readonly origin: (at: readonly string[]) => readonly string[];
}

/** The versions that are read. */
export const versions = "Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2";

/** The version that a document says it has, as a person writes it; `undefined` where it says none. */
export function versionOf(document: Json): string | undefined {
  if (!isObject(document)) return undefined;
  const version = document["openapi"] ?? document["swagger"];
  // In YAML, 3.0 and 2.0 without quotation marks are numbers, and lose their zero.
  if (typeof version === "number") return version.toFixed(1);
  return typeof version === "string" ? version : undefined;
}

/** The same document with its version as tools expect it: a text of three numbers, or two for Swagger 2.0. */
export function withVersionText(document: Json): Json {
  const version = versionOf(document);
  if (!isObject(document) || !isKnownVersion(version) || version === undefined) return document;
  const text = /^3\.\d$/.test(version) ? `${version}.0` : version;
  return { ...document, [document["openapi"] === undefined ? "swagger" : "openapi"]: text };
}

/** Whether a version is one of {@link versions}. */
export function isKnownVersion(version: string | undefined): boolean {
  return version !== undefined && /^(2\.0|3\.[012](\..*)?)$/.test(version);
}

/** Brings a document of any known version into the form of OpenAPI 3.1, which is all that the model knows. */
export function normalize(source: Json, note: Note): Normalized {
  if (!isObject(source)) return { document: source, origin: (at) => at };
  const version = versionOf(source) ?? "";
  const newer = new Origins();
  if (!version.startsWith("2")) {
    const document = withNamedCycles(
      fromOpenApi3({ ...source, openapi: version }, newer, note),
      newer,
    );
    return { document, origin: (at) => outermost(newer, at) };
  }
  const older = new Origins();
  const middle = fromSwagger2(source, older);
  const changed = fromOpenApi3(middle, newer, (at, ...words) => note(older.of(at), ...words));
  const document = withNamedCycles(changed, newer);
  return { document, origin: (at) => older.of(outermost(newer, at)) };
}

/** Schemas that were wrapped may lie in one another: each step takes off one wrapping. */
function outermost(origins: Origins, at: readonly string[]): readonly string[] {
  const from = origins.of(at);
  return from === at ? at : outermost(origins, from);
}

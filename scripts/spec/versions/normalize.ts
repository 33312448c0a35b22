import type { Json } from "../../model/api.js";
import { isObject } from "../canonical.js";
import { withNamedCycles } from "./cycles.js";
import { fromOpenApi3, type Note } from "./openapi-3.js";
import { Origins } from "./origins.js";
import { withSlashes } from "./paths.js";
import { fromSwagger2 } from "./swagger-2.js";

/** A document of OpenAPI 3.1 that was converted from another version. */
export interface Normalized {
  readonly document: Json;
  /** Maps a place of this document to its place in the source document. */
  readonly origin: (at: readonly string[]) => readonly string[];
}

/** The supported versions, for messages. */
export const versions = "Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2";

/** The version that a document declares, such as `3.0` or `3.0.3`; `undefined` if it declares none. */
export function versionOf(document: Json): string | undefined {
  if (!isObject(document)) return undefined;
  const version = document["openapi"] ?? document["swagger"];
  // In YAML, 3.0 and 2.0 without quotes are numbers, which lose their zero.
  if (typeof version === "number") return version.toFixed(1);
  return typeof version === "string" ? version : undefined;
}

/** Writes the version in the form that tools expect: a string such as `3.0.0`, or `2.0` for Swagger. */
export function withVersionText(document: Json): Json {
  const version = versionOf(document);
  if (!isObject(document) || !isKnownVersion(version) || version === undefined) return document;
  const text = /^3\.\d$/.test(version) ? `${version}.0` : version;
  return { ...document, [document["openapi"] === undefined ? "swagger" : "openapi"]: text };
}

/** Whether a version is supported. */
export function isKnownVersion(version: string | undefined): boolean {
  return version !== undefined && /^(2\.0|3\.[012](\..*)?)$/.test(version);
}

/** Converts a document of any supported version to OpenAPI 3.1, the only version that the model reads. */
export function normalize(source: Json, note: Note): Normalized {
  if (!isObject(source)) return { document: source, origin: (at) => at };
  const version = versionOf(source) ?? "";
  const newer = new Origins();
  if (!version.startsWith("2")) {
    const changed = fromOpenApi3({ ...source, openapi: version }, newer, note);
    const document = withNamedCycles(withSlashes(changed, newer, note), newer);
    return { document, origin: (at) => outermost(newer, at) };
  }
  const older = new Origins();
  const middle = fromSwagger2(source, older);
  const changed = fromOpenApi3(middle, newer, (at, ...words) => note(older.of(at), ...words));
  const document = withNamedCycles(withSlashes(changed, newer, note), newer);
  return { document, origin: (at) => older.of(outermost(newer, at)) };
}

/** Follows origins to the end: a place in nested schemas that were moved has several. */
function outermost(origins: Origins, at: readonly string[]): readonly string[] {
  const from = origins.of(at);
  return from === at ? at : outermost(origins, from);
}

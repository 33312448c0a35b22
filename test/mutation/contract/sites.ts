import type { Path } from "../../contract/cases/value-case.js";
import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
} from "../../contract/read-document.js";

/** What a place of a document describes. */
export type SiteKind =
  | "document"
  | "server"
  | "path"
  | "operation"
  | "parameter"
  | "body"
  | "media"
  | "response"
  | "header"
  | "example"
  | "scheme"
  | "schema";

/** A place of a document that can be mutated. */
export interface Site {
  readonly kind: SiteKind;
  readonly path: Path;
  readonly node: JsonObject;
}

const methods: readonly string[] = [
  "get",
  "put",
  "post",
  "delete",
  "options",
  "head",
  "patch",
  "trace",
];

/** Every place of a bundled document, each once: references are not followed, because their targets are places too. */
export function sitesOf(document: JsonObject): readonly Site[] {
  return [...walk("document", [], document)];
}

function* walk(kind: SiteKind, path: Path, value: Json | undefined): Generator<Site> {
  if (!isJsonObject(value)) return;
  yield { kind, path, node: value };
  const map = (key: string, inner: SiteKind): Generator<Site> =>
    walkMap(inner, [...path, key], value[key]);
  const list = (key: string, inner: SiteKind): Generator<Site> =>
    walkList(inner, [...path, key], value[key]);
  const one = (key: string, inner: SiteKind): Generator<Site> =>
    walk(inner, [...path, key], value[key]);
  switch (kind) {
    case "document":
      yield* list("servers", "server");
      yield* map("paths", "path");
      yield* components([...path, "components"], value["components"]);
      break;
    case "path":
      yield* list("parameters", "parameter");
      for (const method of methods) yield* one(method, "operation");
      break;
    case "operation":
      yield* list("parameters", "parameter");
      yield* one("requestBody", "body");
      yield* map("responses", "response");
      break;
    case "body":
      yield* map("content", "media");
      break;
    case "response":
      yield* map("headers", "header");
      yield* map("content", "media");
      break;
    case "media":
    case "parameter":
    case "header":
      yield* one("schema", "schema");
      yield* map("examples", "example");
      break;
    case "schema":
      yield* map("properties", "schema");
      yield* one("items", "schema");
      yield* one("additionalProperties", "schema");
      for (const union of ["oneOf", "anyOf", "allOf"]) yield* list(union, "schema");
      break;
    default:
      break;
  }
}

function* components(path: Path, value: Json | undefined): Generator<Site> {
  if (!isJsonObject(value)) return;
  const kinds = [
    ["parameters", "parameter"],
    ["headers", "header"],
    ["responses", "response"],
    ["schemas", "schema"],
    ["examples", "example"],
    ["securitySchemes", "scheme"],
  ] as const;
  for (const [key, kind] of kinds) yield* walkMap(kind, [...path, key], value[key]);
}

function* walkMap(kind: SiteKind, path: Path, value: Json | undefined): Generator<Site> {
  if (!isJsonObject(value)) return;
  for (const [name, inner] of Object.entries(value)) yield* walk(kind, [...path, name], inner);
}

function* walkList(kind: SiteKind, path: Path, value: Json | undefined): Generator<Site> {
  if (!isJsonArray(value)) return;
  for (const [index, inner] of value.entries()) yield* walk(kind, [...path, index], inner);
}

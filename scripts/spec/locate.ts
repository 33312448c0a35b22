import path from "node:path";
import {
  type BaseResolver,
  type Document,
  getLineColLocation,
  makeDocumentFromString,
} from "@redocly/openapi-core";
import type { Json } from "../model/api.js";
import { isObject } from "./canonical.js";
import { toPointer } from "./problem.js";

/** Says where a place of the bundled document stands in its sources: `file:line:column  #/pointer`. */
export type Locator = (at: readonly (string | number)[]) => string | undefined;

interface Spot {
  readonly document: Document;
  readonly keys: readonly string[];
  readonly value: Json | undefined;
}

/**
 * Makes a locator from the files that a resolver has read. Bundling moves whole files into `components`; the
 * locator walks the same references through the sources.
 */
export async function createLocator(resolver: BaseResolver, root: string): Promise<Locator> {
  const sources = (await Promise.all(resolver.cache.values())).flatMap((document) =>
    "source" in document && "parsed" in document ? document.source : [],
  );
  let documents: ReadonlyMap<string, Document> | undefined;
  return (at) => {
    // Parsed again, and only for an error: bundling has moved parts of what the resolver has parsed.
    documents ??= new Map(
      sources.map(({ absoluteRef, body }) => [
        absoluteRef,
        makeDocumentFromString(body, absoluteRef),
      ]),
    );
    const rootDocument = documents.get(root);
    if (rootDocument === undefined) return undefined;
    const keys = at.map(String);
    const moved = movedComponent(documents, rootDocument, keys.slice(0, 3));
    if (moved !== undefined) return print(walk(documents, moved, keys.slice(3)));
    return print(walk(documents, spotOf(rootDocument, []), keys));
  };
}

function walk(documents: ReadonlyMap<string, Document>, start: Spot, at: readonly string[]): Spot {
  let spot = start;
  for (const key of at) {
    spot = follow(documents, spot);
    const next = member(spot, key);
    if (next === undefined) return spot;
    spot = next;
  }
  return spot;
}

function member(spot: Spot, key: string): Spot | undefined {
  const { value } = spot;
  const inner = Array.isArray(value)
    ? value[Number(key)]
    : isObject(value)
      ? value[key]
      : undefined;
  return inner === undefined ? undefined : { ...spot, keys: [...spot.keys, key], value: inner };
}

/** A component that exists only in the bundle is the target of some reference that carries its name. */
function movedComponent(
  documents: ReadonlyMap<string, Document>,
  root: Document,
  at: readonly string[],
): Spot | undefined {
  const [first, kind = "", name = ""] = at;
  if (first !== "components" || at.length < 3) return undefined;
  const own = member(spotOf(root, []), first);
  const group = own === undefined ? undefined : member(own, kind);
  if (group !== undefined && member(group, name) !== undefined) return undefined;
  for (const document of documents.values()) {
    for (const ref of refsOf(parsed(document))) {
      const [file = "", fragment = ""] = ref.split("#");
      const named = fragment === "" ? path.parse(file).name : fragment.split("/").at(-1);
      if (file !== "" && named === name)
        return follow(documents, { document, keys: [], value: { $ref: ref } });
    }
  }
  return undefined;
}

function follow(documents: ReadonlyMap<string, Document>, spot: Spot): Spot {
  const ref = isObject(spot.value) ? spot.value["$ref"] : undefined;
  if (typeof ref !== "string") return spot;
  const [file = "", fragment = ""] = ref.split("#");
  const from = spot.document.source.absoluteRef;
  const document =
    file === "" ? spot.document : documents.get(path.resolve(path.dirname(from), file));
  if (document === undefined) return spot;
  const keys = fragment.split("/").filter((key) => key !== "");
  return walk(
    documents,
    spotOf(document, []),
    keys.map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~")),
  );
}

function refsOf(value: Json | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(refsOf);
  if (!isObject(value)) return [];
  const ref = value["$ref"];
  return [...(typeof ref === "string" ? [ref] : []), ...Object.values(value).flatMap(refsOf)];
}

function spotOf(document: Document, keys: readonly string[]): Spot {
  return { document, keys, value: parsed(document) };
}

/** Redocly leaves the type of parsed YAML open; it is JSON data. */
function parsed(document: Document): Json {
  return document.parsed as Json;
}

function print({ document, keys }: Spot): string {
  const pointer = toPointer(keys);
  const { start } = getLineColLocation({ source: document.source, pointer, reportOnKey: true });
  return `${path.relative(process.cwd(), document.source.absoluteRef)}:${start.line}:${start.col}  ${pointer}`;
}

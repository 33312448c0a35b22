import type { Json } from "./model/api.js";
import { namesFor, pathFile } from "./part-names.js";
import type { Draft } from "./print/source.js";
import { type Reuse, sourceHash } from "./reuse.js";
import { isObject } from "./spec/canonical.js";
import type { WireTypes } from "./wire-types.js";

/**
 * The wire types of a document. The file of a path is reused from an earlier run if only other paths of the document
 * have changed since.
 *
 * @param header - the first line of every file
 */
export async function wireParts(
  document: Json,
  wireTypes: WireTypes,
  reuse: Reuse,
  header: string,
): Promise<readonly Draft[]> {
  const sources = pathSources(document, header);
  const names = namesFor([...sources.keys()]);
  const kept = [...sources].flatMap(([path, source]) => {
    const file = `${pathFile(names(path))}.ts`;
    const formatted = reuse(file, sourceHash(source));
    return formatted === undefined ? [] : [{ path, file, source, formatted }];
  });
  const files = await wireTypes(
    JSON.stringify(withoutPaths(document, new Set(kept.map(({ path }) => path)))),
    kept.map(({ path, formatted }) => ({ path, hasOperations: hasOperations.test(formatted) })),
  );
  const byFile = new Map(
    [...sources].map(([path, source]) => [`${pathFile(names(path))}.ts`, source]),
  );
  return [
    ...files.map(({ path, text }): Draft => {
      const source = byFile.get(path);
      return { path, text, ...(source !== undefined && { source }) };
    }),
    ...kept.map(({ file, source, formatted }): Draft => {
      return { path: file, text: formatted, source, formatted };
    }),
  ];
}

/** Matches the interface of the operations in the file of a path. */
const hasOperations = /^export interface \S+Operations \{/m;

function withoutPaths(document: Json, left: ReadonlySet<string>): Json {
  if (left.size === 0 || !isObject(document) || !isObject(document["paths"])) return document;
  const paths = Object.entries(document["paths"]).filter(([path]) => !left.has(path));
  return { ...document, paths: Object.fromEntries(paths) };
}

/**
 * The source of the types of each independent path. A path is not independent if its types can change those of others:
 * through a discriminator, a reference into a component, or a duplicate `operationId`.
 */
function pathSources(document: Json, header: string): ReadonlyMap<string, string> {
  const paths = isObject(document) ? document["paths"] : undefined;
  if (!isObject(document) || !isObject(paths)) return new Map();
  const texts = Object.entries(paths).map(([path, item]) => [path, JSON.stringify(item)] as const);
  const { paths: _, ...rest } = document;
  const others = JSON.stringify(rest);
  const all = [others, ...texts.map(([, text]) => text)];
  const ids = operationIds(document);
  if (all.some((text) => intoPaths.test(text)) || new Set(ids).size !== ids.length) {
    return new Map();
  }
  const shared = texts.filter(([, text]) => isShared.test(text));
  const base = sourceHash([header, others, ...shared.map(([, text]) => text)].join("\n"));
  return new Map(
    texts
      .filter(([, text]) => !isShared.test(text))
      .map(([path, text]) => [path, sourceHash([base, path, text].join("\n"))]),
  );
}

/** The ids of operations; those of links name operations that are elsewhere. */
function operationIds(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(operationIds);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    if (leaves.has(key)) return [];
    return key === "operationId" && typeof member === "string" ? [member] : operationIds(member);
  });
}

/** Keys below which no operation stands. */
const leaves: ReadonlySet<string> = new Set(
  "links schemas responses parameters examples requestBody requestBodies headers tags".split(" "),
);

const intoPaths = /"\$ref":"#\/(?:paths|webhooks)\b/;
const isShared = /"discriminator":|"\$ref":"(?!#\/components\/[^/"]+\/[^/"]+")/;

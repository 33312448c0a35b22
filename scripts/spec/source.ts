import { existsSync, realpathSync, type Stats, statSync } from "node:fs";
import path from "node:path";
import {
  BaseResolver,
  type Config,
  type Document,
  ResolveError,
  Source,
} from "@redocly/openapi-core";
import { canonical } from "./canonical.js";
import { hideData } from "./data.js";
import { parseJson } from "./json.js";
import { isUrl, Places, placeOf, positionOf } from "./locate.js";
import { findExcess, isJson } from "./measure.js";
import { percentDecoded } from "./pointer.js";
import { SpecError, toPointer } from "./problem.js";
import { withVersionText } from "./versions/normalize.js";
import { readLoosely, withoutYamlTypes } from "./yaml.js";

/** Maximum size of a file. The largest published documents have about 13 MB. */
const maxBytes = 100 * 1024 * 1024;

/** Where references may point. */
export interface Reach {
  /** Absolute path of the folder that must contain all files. */
  readonly folder: string;
  /** Whether a `$ref` to a URL is fetched. Otherwise it is an error. */
  readonly urls: boolean;
}

/**
 * Reads the files of a document. It opens only regular files in the folder of the root document, and rejects every
 * other `$ref`. It sorts the keys of each file canonically, so that the names that bundling assigns do not depend on
 * the order in the sources.
 */
export class SourceResolver extends BaseResolver {
  /** The sources of all parsed objects. */
  readonly places: Places = new Places();
  /** References that were not followed. */
  readonly refused: Set<string> = new Set();
  readonly #reach: Reach;
  readonly #realFolder: string;

  constructor(config: Config, reach: Reach) {
    super(config.resolve);
    this.#reach = reach;
    this.#realFolder = realpathSync(reach.folder);
  }

  /** References are URIs: a space in the name of a file is `%20` there. A file of the very name goes first. */
  override resolveExternalRef(base: string | null, ref: string): string {
    const literal = super.resolveExternalRef(base, ref);
    if (isUrl(literal) || existsSync(literal)) return literal;
    const decoded = super.resolveExternalRef(base, percentDecoded(ref));
    return existsSync(decoded) ? decoded : literal;
  }

  override async loadExternalRef(ref: string): Promise<Source> {
    const refusal = isUrl(ref) ? this.#refuseUrl(ref) : this.#refuseFile(ref);
    if (refusal !== undefined) {
      this.refused.add(ref);
      throw new ResolveError(new Error(refusal));
    }
    const { absoluteRef, body, mimeType } = await super.loadExternalRef(ref);
    // A byte order mark is not part of the document, and not every parser accepts one.
    return new Source(absoluteRef, body.replace(/^\uFEFF/, ""), mimeType);
  }

  override parseDocument(source: Source, isRoot = false): Document {
    const binary = source.body.indexOf("\0");
    if (binary >= 0)
      refuse(
        source,
        lineOf(source.body, binary),
        "a NUL byte, so this is not a text file, or not in UTF-8",
        "#",
        "a file in UTF-8",
      );
    const json = parseJson(source.body);
    const document = json === undefined ? this.#parse(source, isRoot) : { source, parsed: json };
    const parsed = json ?? withoutYamlTypes(document.parsed);
    if (typeof parsed !== "object") return document;
    const excess = findExcess(parsed);
    if (excess !== undefined) {
      const pointer = toPointer(excess.at);
      const start = positionOf(source, pointer);
      refuse(source, start, excess.found, pointer.length > 100 ? "#" : pointer, excess.supported);
    }
    if (!isJson(parsed)) return document;
    const sorted = canonical(hideData(parsed));
    const read = isRoot ? withVersionText(sorted) : sorted;
    this.places.add(source, read);
    return { source, parsed: read };
  }

  #parse(source: Source, isRoot: boolean): Document {
    try {
      return super.parseDocument(source, isRoot);
    } catch (error) {
      const isIndent = error instanceof Error && error.message.includes("deficient indentation");
      const read = isIndent ? readLoosely(source.body) : undefined;
      if (read === undefined) throw error;
      return { source, parsed: read.value };
    }
  }

  #refuseUrl(ref: string): string | undefined {
    if (!/^https?:/i.test(ref)) return leaves(ref);
    return this.#reach.urls ? undefined : `${leaves(ref)} (use --fetch-refs to fetch it)`;
  }

  #refuseFile(file: string): string | undefined {
    const real = realFile(file);
    if (real === undefined && !isInside(this.#reach.folder, file)) return leaves(file);
    if (real === undefined) return `$ref to a missing file: ${placeOf(file)}`;
    if (!isInside(this.#realFolder, real.name)) return leaves(file);
    if (!real.stats.isFile()) return `$ref to a path that is not a regular file: ${placeOf(file)}`;
    return real.stats.size > maxBytes
      ? `$ref to a file of ${real.stats.size} bytes, over the limit of ${maxBytes}: ${placeOf(file)}`
      : undefined;
  }
}

function leaves(ref: string): string {
  return `$ref leaves the folder of the document: ${ref}`;
}

function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return !relative.startsWith("..") && !path.isAbsolute(relative);
}

/** The file that a path leads to through symbolic links; `undefined` if it does not exist. */
function realFile(file: string): { readonly name: string; readonly stats: Stats } | undefined {
  try {
    const name = realpathSync(file);
    return { name, stats: statSync(name) };
  } catch {
    return undefined;
  }
}

function lineOf(text: string, index: number): { line: number; col: number } {
  const before = text.slice(0, index);
  return { line: before.split("\n").length, col: index - before.lastIndexOf("\n") };
}

function refuse(
  source: Source,
  { line, col }: { line: number; col: number },
  found: string,
  pointer = "#",
  supported = "",
): never {
  const file = placeOf(source.absoluteRef);
  throw new SpecError([
    { pointer, source: `${file}:${line}:${col}  ${pointer}`, found, supported },
  ]);
}

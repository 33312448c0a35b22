import path from "node:path";
import { getLineColLocation, type Source } from "@redocly/openapi-core";
import { isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import type { Json } from "../model/api.js";
import { isObject } from "./canonical.js";
import { fromPointer, toPointer } from "./problem.js";

/** Finds a place of the document in its source files: `file:line:column  #/pointer`, or `undefined` if unknown. */
export type Locator = (at: readonly (string | number)[]) => string | undefined;

/**
 * Records the source file and pointer of each parsed object. Bundling moves objects between documents but keeps their
 * identity, so an object of the bundle leads to its source even if it was renamed.
 */
export class Places {
  readonly #holders = new WeakMap<object, { readonly holder: object; readonly key: string }>();
  readonly #sources = new WeakMap<object, Source>();

  /** Records every object and array of a parsed file. */
  add(source: Source, parsed: Json): void {
    if (typeof parsed !== "object" || parsed === null) return;
    this.#sources.set(parsed, source);
    this.#addMembers(parsed);
  }

  /** The source of the value at `at` in the bundle; `undefined` if unknown. */
  locate(bundle: Json, at: readonly string[]): string | undefined {
    let value: Json | undefined = bundle;
    let known: object | undefined;
    let rest: string[] = [];
    for (const key of [undefined, ...at]) {
      value = key === undefined ? value : member(value, key);
      if (value === undefined) break;
      if (typeof value === "object" && value !== null && this.#isKnown(value)) {
        known = value;
        rest = [];
      } else if (key !== undefined) rest.push(key);
    }
    return known === undefined ? undefined : this.#print(known, rest);
  }

  #isKnown(value: object): boolean {
    return this.#holders.has(value) || this.#sources.has(value);
  }

  #addMembers(holder: object): void {
    for (const [key, inner] of Object.entries(holder)) {
      if (typeof inner !== "object" || inner === null) continue;
      this.#holders.set(inner, { holder, key });
      this.#addMembers(inner);
    }
  }

  #print(known: object, rest: readonly string[]): string | undefined {
    const keys = [...rest];
    let top = known;
    for (let up = this.#holders.get(top); up !== undefined; up = this.#holders.get(top)) {
      keys.unshift(up.key);
      top = up.holder;
    }
    const source = this.#sources.get(top);
    return source === undefined ? undefined : printPlace(source, toPointer(keys));
  }
}

/** Prints `file:line:column  #/pointer`, which terminals and editors turn into a link. */
export function printPlace(source: Source, pointer: string): string {
  const { line, col } = positionOf(source, pointer);
  return `${placeOf(source.absoluteRef)}:${line}:${col}  ${pointer}`;
}

/** Line and column of a key in its file. */
export function positionOf(
  source: Source,
  pointer: string,
): { readonly line: number; readonly col: number } {
  try {
    return getLineColLocation({ source, pointer, reportOnKey: true }).start;
  } catch {
    // Redocly looks in a tree of another parser, which knows fewer tags than the one that has read the file.
    const lines = new LineCounter();
    const document = parseDocument(source.body, { lineCounter: lines, logLevel: "silent" });
    const keys = fromPointer(pointer);
    const holder = document.getIn(keys.slice(0, -1), true);
    const pair = isMap(holder)
      ? holder.items.find(({ key }) => isScalar(key) && String(key.value) === keys.at(-1))
      : undefined;
    const found = pair?.key ?? document.getIn(keys, true);
    const { line, col } = lines.linePos(isNode(found) ? (found.range?.[0] ?? 0) : 0);
    return { line: line || 1, col: col || 1 };
  }
}

/** The path of a file relative to the current folder. URLs stay unchanged. */
export function placeOf(file: string): string {
  return isUrl(file) ? file : path.relative(process.cwd(), file);
}

/** Whether a reference is a URL. A single letter before a colon is a Windows drive instead. */
export function isUrl(ref: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(ref);
}

function member(value: Json | undefined, key: string): Json | undefined {
  if (Array.isArray(value)) return value[Number(key)];
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

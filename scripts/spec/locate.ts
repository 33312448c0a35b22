import path from "node:path";
import { getLineColLocation, type Source } from "@redocly/openapi-core";
import type { Json } from "../model/api.js";
import { isObject } from "./canonical.js";
import { toPointer } from "./problem.js";

/** Says where a place of the document stands in its sources: `file:line:column  #/pointer`. */
export type Locator = (at: readonly (string | number)[]) => string | undefined;

/**
 * Remembers where each object was read. Bundling moves whole objects between documents, so an object of the bundle
 * leads to its place in the sources, whatever it is called now.
 */
export class Places {
  readonly #holders = new WeakMap<object, { readonly holder: object; readonly key: string }>();
  readonly #sources = new WeakMap<object, Source>();

  /** Remembers everything in a parsed file. */
  add(source: Source, parsed: Json): void {
    if (typeof parsed !== "object" || parsed === null) return;
    this.#sources.set(parsed, source);
    this.#addMembers(parsed);
  }

  /** The place in the sources of what keys lead to in a bundle of them. */
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

/** `file:line:column  #/pointer`, as terminals and editors follow it. */
export function printPlace(source: Source, pointer: string): string {
  const { start } = getLineColLocation({ source, pointer, reportOnKey: true });
  return `${placeOf(source.absoluteRef)}:${start.line}:${start.col}  ${pointer}`;
}

/** A file as terminals and editors find it: seen from the current folder. A URL as it is. */
export function placeOf(file: string): string {
  return isUrl(file) ? file : path.relative(process.cwd(), file);
}

/** Whether a reference is a URL. A single letter before a colon is a drive of Windows. */
export function isUrl(ref: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(ref);
}

function member(value: Json | undefined, key: string): Json | undefined {
  if (Array.isArray(value)) return value[Number(key)];
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

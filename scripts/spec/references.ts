import { pathToFileURL } from "node:url";
import type { BaseResolver, Document } from "@redocly/openapi-core";
import type { Json } from "../model/api.js";
import { isObject } from "./canonical.js";
import { isUrl } from "./locate.js";
import { percentDecoded, referenceTo } from "./pointer.js";
import { type Finding, fromPointer } from "./problem.js";

/** The key that replaces a circular `$ref`. It contains the references of the circle. */
export const circleKey = "x-ref-circle";
/** The key that replaces a `$ref` to the OpenAPI document itself, which is not a schema. */
const documentKey = "x-ref-document";

type JsonObject = { readonly [key: string]: Json };

/** A resource for references: a whole file, or a schema with an `$id`. */
interface Resource {
  readonly uri: string;
  readonly file: string;
  readonly root: Json;
  readonly at: readonly string[];
  readonly anchors: Map<string, readonly string[]>;
}

/** The target of a reference in a file. */
interface Target {
  readonly file: string;
  readonly at: readonly string[];
}

/**
 * Converts all kinds of references of JSON Schema 2020-12 to JSON pointers, in all files of a document: to an `$anchor`,
 * to an `$id` or below it, and each `$dynamicRef` with exactly one possible target. Replaces circular references,
 * because tools would follow them endlessly. Changes the parsed files in place.
 */
export async function settleReferences(resolver: BaseResolver, root: Document): Promise<void> {
  const index = new ReferenceIndex();
  const files = await readAll(resolver, root, index);
  for (const { source, parsed } of files) {
    walk(parsed as Json, index.whole(source.absoluteRef), index, (value, resource) => {
      settle(value, resource, index);
    });
  }
  const circles = new Circles(resolver, files);
  for (const { source, parsed } of files) circles.find(parsed as Json, source.absoluteRef);
  circles.open();
}

/** Reads every referenced file. The bundler reports files that cannot be read. */
async function readAll(
  resolver: BaseResolver,
  root: Document,
  index: ReferenceIndex,
): Promise<Document[]> {
  const files = new Map([[root.source.absoluteRef, root]]);
  for (const { source, parsed } of files.values()) {
    const base = source.absoluteRef;
    const wanted = new Set<string>();
    index.add(base, parsed as Json);
    walk(parsed as Json, index.whole(base), index, ({ $ref }, { uri }) => {
      const [file = ""] = typeof $ref === "string" ? $ref.split("#") : [];
      if (file !== "" && !index.has(resolved(file, uri))) wanted.add(file);
    });
    for (const file of wanted) {
      const read = await resolver.resolveDocument(base, file).catch((error: unknown) => error);
      if (!isDocument(read) || typeof read.parsed !== "object") continue;
      files.set(read.source.absoluteRef, files.get(read.source.absoluteRef) ?? read);
    }
  }
  return [...files.values()];
}

function isDocument(value: unknown): value is Document {
  return typeof value === "object" && value !== null && "parsed" in value && "source" in value;
}

/** An index of everything in the files of a document that references can name. */
class ReferenceIndex {
  readonly #resources = new Map<string, Resource>();
  readonly #files = new Map<string, Resource>();
  /** Places by the name of their `$dynamicAnchor`. */
  readonly #dynamic = new Map<string, Target[]>();

  /** Adds all addresses of a file. */
  add(file: string, root: Json): void {
    const uri = isUrl(file) ? file : pathToFileURL(file).href;
    const whole: Resource = { uri, file, root, at: [], anchors: new Map() };
    this.#files.set(file, whole);
    this.#resources.set(uri, whole);
    walk(root, whole, this, (value, resource, at) => {
      const { $id, $anchor, $dynamicAnchor } = value;
      const old = typeof $id === "string" && /^#./.test($id) ? $id.slice(1) : undefined;
      for (const name of [$anchor, $dynamicAnchor, old]) {
        if (typeof name === "string" && !resource.anchors.has(name)) resource.anchors.set(name, at);
      }
      if (typeof $dynamicAnchor !== "string") return;
      const known = this.#dynamic.get($dynamicAnchor) ?? [];
      this.#dynamic.set($dynamicAnchor, [...known, { file, at }]);
    });
  }

  /** A file as a whole. */
  whole(file: string): Resource {
    const found = this.#files.get(file);
    if (found === undefined) throw new Error(`the file ${file} is not read`);
    return found;
  }

  has(uri: string | undefined): boolean {
    return uri !== undefined && this.#resources.has(uri);
  }

  /** The resource of a schema with an `$id`; without one, the resource that contains the schema. */
  inner(value: JsonObject, outer: Resource, at: readonly string[]): Resource {
    const { $id } = value;
    if (typeof $id !== "string" || $id.startsWith("#") || at.length === 0) return outer;
    const uri = resolved($id, outer.uri);
    if (uri === undefined) return outer;
    const known = this.#resources.get(uri);
    if (known !== undefined) return known;
    const resource: Resource = { ...outer, uri, at, anchors: new Map() };
    this.#resources.set(uri, resource);
    return resource;
  }

  /** The target of a reference that is not a pointer into a file; `undefined` for pointers. */
  follow(ref: string, from: Resource): Target | undefined {
    const [file = "", fragment = ""] = ref.split("#");
    const uri = file === "" ? from.uri : resolved(file, from.uri);
    const resource = uri === undefined ? undefined : this.#resources.get(uri);
    if (resource === undefined) return undefined;
    if (fragment !== "" && !fragment.startsWith("/")) {
      const at = resource.anchors.get(fragment);
      return at === undefined ? undefined : { file: resource.file, at };
    }
    if (resource.at.length === 0) return undefined;
    const at = [...resource.at, ...fromPointer(fragment)];
    return lookUp(resource.root, at) === undefined ? undefined : { file: resource.file, at };
  }

  /** The target of a `$dynamicRef`; `undefined` if it depends on the references that lead to the schema. */
  followDynamic(ref: string, from: Resource): Target | undefined {
    const candidates = this.#dynamic.get(ref.split("#")[1] ?? "") ?? [];
    return candidates.length > 1 ? undefined : (candidates[0] ?? this.follow(ref, from));
  }
}

function resolved(ref: string, base: string): string | undefined {
  try {
    return new URL(ref, base).href.split("#")[0];
  } catch {
    return undefined;
  }
}

function settle(value: JsonObject, from: Resource, index: ReferenceIndex): void {
  const { $ref, $dynamicRef, $recursiveRef, mapping } = value;
  const lead = (key: string, target: Target | undefined): void => {
    if (target !== undefined) Reflect.set(value, key, refTo(target, from));
  };
  if ($ref === "#" && from.at.length === 0 && isOpenApi(from.root)) {
    Reflect.deleteProperty(value, "$ref");
    Reflect.set(value, documentKey, $ref);
  } else if (typeof $ref === "string") lead("$ref", index.follow($ref, from));
  for (const [key, ref] of Object.entries({ $dynamicRef, $recursiveRef })) {
    if (typeof ref !== "string" || $ref !== undefined) continue;
    const target = index.followDynamic(ref, from);
    if (target === undefined) continue;
    Reflect.deleteProperty(value, key);
    lead("$ref", target);
  }
  if (typeof value["propertyName"] !== "string" || !isObject(mapping)) return;
  for (const [key, ref] of Object.entries(mapping)) {
    const target = typeof ref === "string" ? index.follow(ref, from) : undefined;
    if (target !== undefined) Reflect.set(mapping, key, refTo(target, from));
  }
}

function isOpenApi(root: Json): boolean {
  return isObject(root) && (root["openapi"] ?? root["swagger"]) !== undefined;
}

/**
 * Findings about references that were replaced: a circle is an error of the parts that use it, and a reference to the
 * document itself allows any value.
 */
export function referenceFindings(
  value: Json,
  isStrict: boolean,
  at: readonly string[] = [],
): Finding[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: Json, index) =>
      isContainer(item) ? referenceFindings(item, isStrict, [...at, String(index)]) : [],
    );
  }
  if (!isObject(value)) return [];
  const own: Finding[] = [];
  const way = value[circleKey];
  if (typeof way === "string") {
    // A path without operations needs no finding.
    const isPath = at.includes("pathItems") || (at[0] === "paths" && at.length === 2);
    const found = `a $ref in a circle: ${way}`;
    const severity = isPath && !isStrict ? "warning" : "error";
    own.push({ at, found, supported: "a $ref that ends", severity });
  }
  if (value[documentKey] !== undefined) {
    const found = "a $ref to #, which is the whole document and no schema; any value is taken";
    const supported = "a $ref to the schema, or $id in it";
    own.push({ at, found, supported, severity: isStrict ? "error" : "warning" });
  }
  const inner = Object.entries(value).flatMap(([key, member]) =>
    isContainer(member) ? referenceFindings(member, isStrict, [...at, key]) : [],
  );
  return [...own, ...inner];
}

function refTo({ file, at }: Target, from: Resource): string {
  return `${file === from.file ? "" : file}${referenceTo(at)}`;
}

type Visit = (value: JsonObject, resource: Resource, at: readonly string[]) => void;

/** Visits every object of a file. Data is hidden at this stage, so that every `$ref` is a reference. */
function walk(
  value: Json,
  outer: Resource,
  index: ReferenceIndex,
  visit: Visit,
  at: readonly string[] = [],
): void {
  if (Array.isArray(value)) {
    for (const [place, item] of value.entries()) {
      if (isContainer(item)) walk(item, outer, index, visit, [...at, String(place)]);
    }
  }
  if (!isObject(value)) return;
  const resource = index.inner(value, outer, at);
  visit(value, resource, at);
  for (const [key, member] of Object.entries(value)) {
    // Most members are texts: a list of keys for each of them would take most of the time.
    if (isContainer(member)) walk(member, resource, index, visit, [...at, key]);
  }
}

function isContainer(value: Json): boolean {
  return typeof value === "object" && value !== null;
}

function lookUp(root: Json, at: readonly string[]): Json | undefined {
  return at.reduce<Json | undefined>((value, key) => memberOf(value, key), root);
}

function memberOf(value: Json | undefined, key: string): Json | undefined {
  if (Array.isArray(value)) return value[Number(key)];
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** References that only lead to each other. */
class Circles {
  readonly #resolver: BaseResolver;
  readonly #files: ReadonlyMap<string, Json>;
  readonly #straight = new Set<JsonObject>();
  readonly #found = new Map<JsonObject, string>();

  constructor(resolver: BaseResolver, files: readonly Document[]) {
    this.#resolver = resolver;
    this.#files = new Map(files.map(({ source, parsed }) => [source.absoluteRef, parsed as Json]));
  }

  find(value: Json, file: string): void {
    if (Array.isArray(value)) for (const item of value) this.find(item, file);
    if (!isObject(value)) return;
    this.#follow(value, file, []);
    for (const member of Object.values(value)) this.find(member, file);
  }

  /** Replaces circular references by a note of their targets. */
  open(): void {
    for (const [value, way] of this.#found) {
      Reflect.deleteProperty(value, "$ref");
      Reflect.set(value, circleKey, way);
    }
  }

  /** @returns the target of an object after following all references, and its file */
  #follow(
    value: JsonObject,
    file: string,
    stack: readonly JsonObject[],
  ): readonly [value: Json | undefined, file: string] {
    const { $ref } = value;
    if (typeof $ref !== "string" || this.#found.has(value)) return [value, file];
    if (stack.includes(value)) {
      const circle = stack.slice(stack.indexOf(value));
      const way = [...circle, value].map((one) => String(one["$ref"])).join(" → ");
      for (const one of circle) this.#found.set(one, way);
      return [undefined, file];
    }
    if (this.#straight.has(value) && stack.length === 0) return [value, file];
    const [path = "", pointer = ""] = $ref.split("#");
    let place = path === "" ? file : this.#resolver.resolveExternalRef(file, path);
    let target: Json | undefined = this.#files.get(place);
    const enter = (): void => {
      if (target !== undefined && isObject(target) && typeof target["$ref"] === "string")
        [target, place] = this.#follow(target, place, [...stack, value]);
    };
    for (const key of fromPointer(pointer)) {
      const found = memberOf(target, key) ?? memberOf(target, percentDecoded(key));
      if (found === undefined) enter();
      target = found ?? memberOf(target, key);
      if (target === undefined) break;
    }
    enter();
    if (!this.#found.has(value)) this.#straight.add(value);
    return [target, place];
  }
}

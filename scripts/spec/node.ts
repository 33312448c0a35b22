import type { Json } from "../model/api.js";
import { isObject } from "./canonical.js";
import { percentDecoded } from "./pointer.js";
import { fromPointer } from "./problem.js";

/** A place in the document: its value and the keys that lead to it. */
export class Node {
  readonly value: Json;
  readonly at: readonly string[];
  readonly #root: Json;
  readonly #origins: Origins | undefined;

  /** @param origins - places of the properties, for a value that was merged from several places */
  constructor(root: Json, value: Json = root, at: readonly string[] = [], origins?: Origins) {
    this.#root = root;
    this.value = value;
    this.at = at;
    this.#origins = origins;
  }

  /** The root of the document. */
  root(): Node {
    return new Node(this.#root);
  }

  /** The property `key`; `undefined` if the node is not an object or does not have it. */
  get(key: string): Node | undefined {
    if (!isObject(this.value) || !Object.hasOwn(this.value, key)) return undefined;
    const member = this.value[key];
    return member === undefined ? undefined : this.#child(key, member);
  }

  /** The property `key` if it is a string. */
  text(key: string): string | undefined {
    const value = this.get(key)?.value;
    return typeof value === "string" ? value : undefined;
  }

  /** The property `key` if it is a number. */
  number(key: string): number | undefined {
    const value = this.get(key)?.value;
    return typeof value === "number" ? value : undefined;
  }

  /** Whether the property `key` is `true`. */
  flag(key: string): boolean {
    return this.get(key)?.value === true;
  }

  /** The strings in the array `key`; empty if it is not an array. */
  texts(key: string): string[] {
    const value = this.get(key)?.value;
    return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
  }

  /** The elements of the array `key`, or of this node; none if it is not an array. */
  items(key?: string): Node[] {
    const array = key === undefined ? this : this.get(key);
    if (array === undefined || !Array.isArray(array.value)) return [];
    return array.value.map((item: Json, index) => array.#child(String(index), item));
  }

  /** The properties of the object `key`, or of this node; none if it is not an object. */
  entries(key?: string): [string, Node][] {
    const node = key === undefined ? this : this.get(key);
    if (node === undefined || !isObject(node.value)) return [];
    return Object.entries(node.value).map(([name, member]) => [name, node.#child(name, member)]);
  }

  /** The target of a reference, without following further ones; `undefined` if the document does not contain it. */
  follow(ref: string): Node | undefined {
    return ref.startsWith("#/") ? this.#lookUp(fromPointer(ref)) : undefined;
  }

  /** Follows `$ref`s inside the document. `undefined` if a target is missing or the references form a circle. */
  resolve(): Node | undefined {
    const seen = new Set<string>();
    let node: Node | undefined = this;
    for (let ref = node.text("$ref"); ref !== undefined; ref = node?.text("$ref")) {
      if (!ref.startsWith("#/") || seen.has(ref)) return undefined;
      seen.add(ref);
      node = this.#lookUp(fromPointer(ref));
    }
    return node;
  }

  #lookUp(keys: readonly string[]): Node | undefined {
    let node: Node | undefined = new Node(this.#root);
    for (const key of keys) {
      node = Array.isArray(node?.value)
        ? node.items()[Number(key)]
        : node?.get(percentDecoded(key));
    }
    return node;
  }

  #child(key: string, value: Json): Node {
    const here = [...this.at, key];
    const origins = this.#origins;
    if (origins === undefined) return new Node(this.#root, value, here);
    if (typeof value !== "object" || value === null) {
      return new Node(this.#root, value, origins.scalars.get(key) ?? here);
    }
    const at = origins.objects.get(value);
    if (at !== undefined) return new Node(this.#root, value, at);
    const inner = origins.merged.get(value);
    if (inner !== undefined) return new Node(this.#root, value, inner.at, inner.origins);
    return new Node(this.#root, value, here, { ...origins, scalars: new Map() });
  }
}

/** The places of a merged value's properties in the document. */
export interface Origins {
  /** Places of objects and arrays. */
  readonly objects: WeakMap<object, readonly string[]>;
  /** Origins of inner objects that were merged too. */
  readonly merged: WeakMap<object, { readonly at: readonly string[]; readonly origins: Origins }>;
  /** Places of all other properties, by key. */
  readonly scalars: ReadonlyMap<string, readonly string[]>;
}

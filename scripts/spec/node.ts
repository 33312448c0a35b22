import type { Json } from "../model/api.js";
import { isObject } from "./canonical.js";
import { fromPointer } from "./problem.js";

/** A place in the document: the data there and the keys that lead to it. */
export class Node {
  readonly value: Json;
  readonly at: readonly string[];
  readonly #root: Json;

  constructor(root: Json, value: Json = root, at: readonly string[] = []) {
    this.#root = root;
    this.value = value;
    this.at = at;
  }

  /** The document itself. */
  root(): Node {
    return new Node(this.#root);
  }

  /** The member under a key. */
  get(key: string): Node | undefined {
    if (!isObject(this.value) || !Object.hasOwn(this.value, key)) return undefined;
    const member = this.value[key];
    return member === undefined ? undefined : this.#child(key, member);
  }

  /** The member's text, or `undefined` where it is none. */
  text(key: string): string | undefined {
    const value = this.get(key)?.value;
    return typeof value === "string" ? value : undefined;
  }

  /** The member's number, or `undefined` where it is none. */
  number(key: string): number | undefined {
    const value = this.get(key)?.value;
    return typeof value === "number" ? value : undefined;
  }

  /** Whether the member is `true`. */
  flag(key: string): boolean {
    return this.get(key)?.value === true;
  }

  /** The member's texts; empty where it is no array. */
  texts(key: string): string[] {
    const value = this.get(key)?.value;
    return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
  }

  /** The elements of the array under a key, or of this one; none where it is no array. */
  items(key?: string): Node[] {
    const array = key === undefined ? this : this.get(key);
    if (array === undefined || !Array.isArray(array.value)) return [];
    return array.value.map((item: Json, index) => array.#child(String(index), item));
  }

  /** The members of the object under a key, or of this one. */
  entries(key?: string): [string, Node][] {
    const node = key === undefined ? this : this.get(key);
    if (node === undefined || !isObject(node.value)) return [];
    return Object.entries(node.value).map(([name, member]) => [name, node.#child(name, member)]);
  }

  /** What one reference leads to; `undefined` where that is nothing of the document. */
  follow(ref: string): Node | undefined {
    return ref.startsWith("#/") ? this.#lookUp(fromPointer(ref)) : undefined;
  }

  /** Follows `$ref`s inside the document; `undefined` where one leads nowhere or in a circle. */
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
      node = Array.isArray(node?.value) ? node.items()[Number(key)] : node?.get(decoded(key));
    }
    return node;
  }

  #child(key: string, value: Json): Node {
    return new Node(this.#root, value, [...this.at, key]);
  }
}

/** A key of a reference without percent-encoding, where that is what it has. */
function decoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

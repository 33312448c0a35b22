import { isObject } from "../spec/canonical.js";
import type { Node } from "../spec/node.js";

/** What fills in each dynamic anchor of a document. */
type Anchors = ReadonlyMap<string, readonly Node[]>;

const known = new WeakMap<object, Anchors>();

/**
 * What a `$dynamicRef` stands for, where all that use the generic schema fill it in with the same one. Where they
 * differ, it depends on who asks, and the reference says nothing here.
 */
export function dynamicTarget(node: Node): Node | undefined {
  const name = /^#([^/]+)$/.exec(node.text("$dynamicRef") ?? "")?.[1];
  if (name === undefined) return undefined;
  const fillings = anchorsOf(node.root()).get(name) ?? [];
  const targets = new Set(fillings.map((one) => one.text("$ref")));
  return targets.size === 1 ? fillings[0] : undefined;
}

function anchorsOf(root: Node): Anchors {
  if (!isObject(root.value)) return new Map();
  const found = known.get(root.value) ?? findAnchors(root);
  known.set(root.value, found);
  return found;
}

function findAnchors(root: Node): Anchors {
  const found = new Map<string, Node[]>();
  const visit = (node: Node): void => {
    for (const item of node.items()) visit(item);
    const name = node.text("$dynamicAnchor");
    // An anchor that refers to nothing is the hole itself.
    if (name !== undefined && node.text("$ref") !== undefined) {
      found.set(name, [...(found.get(name) ?? []), node]);
    }
    for (const [, member] of node.entries()) visit(member);
  };
  visit(root);
  return found;
}

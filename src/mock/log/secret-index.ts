/** Finds secrets in strings. The cost per place in a string does not grow with the number of secrets. */
export interface SecretIndex {
  /**
   * Adds a secret.
   *
   * @param start - its first characters, at least {@link shortest}; a string with these counts as having the secret
   * @param length - the length of the whole secret
   */
  readonly add: (start: string, length: number) => void;
  /** Removes the secret with these first characters. */
  readonly delete: (start: string) => void;
  /**
   * The length of the longest secret that starts at a place in a string; 0 if none does.
   *
   * @param cut - the place of a following `…`: a message may quote only the first part of a secret before it
   */
  readonly lengthAt: (text: string, at: number, cut: number) => number;
  /** How many characters it has compared so far, as a measure of its cost. */
  readonly compared: () => number;
}

/** The fewest characters of a secret: shorter strings would match within words. */
export const shortest = 6;

/** A node of a radix tree, in which characters that secrets share are compared only once. */
interface Node {
  /** The characters on the edge from its parent. */
  label: string;
  /** The length of the secret whose `start` ends here; 0 if none does. */
  length: number;
  /** Children by the first character of their labels. */
  children: Map<string, Node>;
}

/** Creates an empty {@link SecretIndex}. */
export function createSecretIndex(): SecretIndex {
  const root: Node = { label: "", length: 0, children: new Map() };
  let compared = 0;
  return {
    add: (start, length) => insert(root, start, length),
    delete: (start) => remove(root, start),
    lengthAt: (text, at, cut) =>
      lengthBelow({ root, text, at, cut }, (characters) => {
        compared += characters;
      }),
    compared: () => compared,
  };
}

function insert(root: Node, start: string, length: number): void {
  let node = root;
  let at = 0;
  while (at < start.length) {
    const first = start.charAt(at);
    const child = node.children.get(first);
    if (child === undefined) {
      node.children.set(first, { label: start.slice(at), length, children: new Map() });
      return;
    }
    const shared = sharedLength(child.label, start, at);
    if (shared < child.label.length) split(child, shared);
    node = child;
    at += shared;
  }
  node.length = Math.max(node.length, length);
}

/** Splits the label of a node: the first characters stay, the rest moves to a child. */
function split(node: Node, at: number): void {
  const { label, length, children } = node;
  node.label = label.slice(0, at);
  node.length = 0;
  node.children = new Map([[label.charAt(at), { label: label.slice(at), length, children }]]);
}

function sharedLength(label: string, start: string, at: number): number {
  let shared = 0;
  while (shared < label.length && label[shared] === start[at + shared]) shared += 1;
  return shared;
}

function remove(root: Node, start: string): void {
  let parent = root;
  let node = root;
  let at = 0;
  while (at < start.length) {
    const child = node.children.get(start.charAt(at));
    if (child === undefined || !start.startsWith(child.label, at)) return;
    parent = node;
    node = child;
    at += child.label.length;
  }
  node.length = 0;
  if (node.children.size === 0) parent.children.delete(node.label.charAt(0));
  for (const one of [node, parent]) if (one !== root) joinOnly(one);
}

/** Merges a node into its only child if no secret ends at the node. */
function joinOnly(node: Node): void {
  const [child, ...others] = node.children.values();
  if (node.length > 0 || child === undefined || others.length > 0) return;
  node.label += child.label;
  node.length = child.length;
  node.children = child.children;
}

/** A place in a string at which to look for secrets. */
interface Look {
  readonly root: Node;
  readonly text: string;
  readonly at: number;
  readonly cut: number;
}

function lengthBelow(
  { root, text, at, cut }: Look,
  onCompared: (characters: number) => void,
): number {
  let longest = 0;
  let node = root;
  let end = at;
  for (;;) {
    const child = node.children.get(text.charAt(end));
    onCompared(1 + (child?.label.length ?? 0));
    if (child === undefined || !text.startsWith(child.label, end)) {
      const rest = child === undefined ? 0 : child.label.length;
      const isCut = cut >= end && cut <= end + rest && cut - at >= shortest;
      const fits = isCut && (child?.label ?? "").startsWith(text.slice(end, cut));
      return fits ? Math.max(longest, cut - at) : longest;
    }
    end += child.label.length;
    if (child.length > 0) longest = Math.max(longest, child.length);
    node = child;
  }
}

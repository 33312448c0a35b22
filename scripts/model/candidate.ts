import type { Node } from "../spec/node.js";

/** A branch of a union: `node` as in the document, `target` with its references resolved. */
export interface Candidate {
  readonly node: Node;
  readonly target: Node;
}

/** The description of a branch. */
export function describe(candidate: Candidate | undefined): string {
  return candidate?.node.text("description") ?? candidate?.target.text("description") ?? "";
}

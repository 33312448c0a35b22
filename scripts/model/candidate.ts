import type { Node } from "../spec/node.js";

/** The branch of a union, as it stands and with all that it refers to. */
export interface Candidate {
  readonly node: Node;
  readonly target: Node;
}

/** What a branch says of itself. */
export function describe(candidate: Candidate | undefined): string {
  return candidate?.node.text("description") ?? candidate?.target.text("description") ?? "";
}

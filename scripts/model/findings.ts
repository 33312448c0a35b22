import { isObject } from "../spec/canonical.js";
import { Node } from "../spec/node.js";
import { type Finding, fromPointer, type Problems } from "../spec/problem.js";
import { httpMethods, type Json } from "./api.js";

/**
 * Assigns findings of earlier stages to parts of the document, so that an error omits only the operations that use the
 * part.
 */
export function noteFindings(
  document: Json,
  findings: readonly Finding[],
  problems: Problems,
): void {
  for (const finding of findings) {
    problems.within(partOf(finding.at), () => problems.take(finding));
  }
  if (!findings.some(({ severity }) => severity === "error")) return;
  const root = new Node(document);
  for (const [, item] of root.entries("paths")) {
    for (const [method, operation] of item.entries()) {
      if (!isMethod(method)) continue;
      problems.within(operation.at, () => problems.use(item.at));
      noteUses(operation, problems);
    }
    for (const key of ["parameters", "servers"]) {
      const shared = item.get(key);
      if (shared !== undefined) noteUses(item, problems, shared);
    }
  }
  for (const [, group] of root.entries("components")) {
    for (const [, part] of group.entries()) noteUses(part, problems);
  }
}

/** The smallest part that contains a place: an operation, a path, a component, or the document. */
function partOf(at: readonly string[]): readonly string[] {
  const [first, , third = ""] = at;
  if (first === "components" || first === "webhooks") return at.slice(0, 3);
  if (first !== "paths" || at.length < 2) return [];
  return at.slice(0, isMethod(third) ? 3 : 2);
}

function isMethod(key: string): boolean {
  return httpMethods.some((method) => method === key);
}

/** Records the components that a part refers to. */
function noteUses(part: Node, problems: Problems, inside: Node = part): void {
  const refs: string[] = [];
  collect(inside.value, refs);
  problems.within(part.at, () => {
    for (const ref of refs) {
      if (ref.startsWith("#/components/")) problems.use(fromPointer(ref).slice(0, 3));
    }
  });
}

function collect(value: Json, refs: string[]): void {
  if (Array.isArray(value)) for (const item of value) collect(item, refs);
  if (!isObject(value)) return;
  for (const [key, member] of Object.entries(value)) {
    if (key === "$ref" && typeof member === "string") refs.push(member);
    else collect(member, refs);
  }
}

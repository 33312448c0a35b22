/** Names in generated code, by the generator's own rules: what the document calls things may change without them. */
import { planNames } from "../model/names/plan.js";
import { propertyName } from "../model/names/properties.js";
import { override } from "../model/names/scope.js";
import { isObject } from "../spec/canonical.js";
import type { Node } from "../spec/node.js";
import { Problems } from "../spec/problem.js";

/** What callers call the operations and types of a document. */
export interface CodeNames {
  /** Property of the client and method, by HTTP method and path; of a webhook or callback, the type, by its place. */
  readonly operations: ReadonlyMap<string, readonly [owner: string, name: string]>;
  /** Types of the components, by their names in the document. */
  readonly schemas: ReadonlyMap<string, string>;
}

const known = new WeakMap<object, CodeNames>();

/** The names that a document gives. */
export function codeNamesOf(root: Node): CodeNames {
  if (!isObject(root.value)) return { operations: new Map(), schemas: new Map() };
  const found = known.get(root.value) ?? namesOf(root);
  known.set(root.value, found);
  return found;
}

function namesOf(root: Node): CodeNames {
  // What a name lacks is said when the document is generated: here a name is all that counts.
  const { resources, schemas, incoming } = planNames(root, new Problems(false));
  const methods = resources.flatMap(({ property, operations }) =>
    operations.map(
      ({ http, path, names }) => [`${http} ${path}`, [property, names.method]] as const,
    ),
  );
  const received = incoming.map(
    ({ node, typeName }) => [node.at.join("\0"), ["", typeName]] as const,
  );
  return { operations: new Map([...methods, ...received]), schemas };
}

/** The name of a property, a parameter or a variable. */
export function memberName(wireName: string, node: Node): string {
  const text = node.text(override);
  return propertyName(wireName, text === undefined ? undefined : node, new Problems(false));
}

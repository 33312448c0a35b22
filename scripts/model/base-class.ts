import type { Node } from "../spec/node.js";
import { decodeKey, encodeKey } from "../spec/pointer.js";
import type { Branch, Shape } from "./api.js";
import { readObject } from "./containers.js";
import { withValue } from "./merge.js";
import { propertyName } from "./names/properties.js";
import type { ShapeReader } from "./reader.js";

/**
 * Reads the shape of a base class: a named object with a `discriminator`. It is the union of its subtypes, which are
 * the schemas in the mapping and those that extend it with `allOf`. `undefined` if the schema is not a base class.
 */
export function readBaseClass(reader: ShapeReader, node: Node): Shape | undefined {
  const discriminator = node.get("discriminator");
  const wireName = discriminator?.text("propertyName");
  const [, place, own] = node.at;
  if (wireName === undefined || place !== "schemas" || own === undefined || node.at.length > 3) {
    return undefined;
  }
  const names = new Map<string, string>();
  for (const [value, target] of discriminator?.entries("mapping") ?? []) {
    names.set(value, schemaName(String(target.value)));
  }
  for (const name of subtypes(node, own)) {
    if (![...names.values()].includes(name)) names.set(name, name);
  }
  const name = propertyName(wireName, node.get("properties")?.get(wireName), reader.problems);
  const branches = [...names].flatMap(([value, schema]): Branch[] => {
    const target = node.root().get("components")?.get("schemas")?.get(schema);
    if (target === undefined) return [];
    const isSelf = schema === own;
    const ref = withValue(target, { $ref: `#/components/schemas/${encodeKey(schema)}` });
    const shape = isSelf ? readObject(reader, node) : reader.shape(ref);
    const when = { by: "value", wireName, name, value } as const;
    return [{ shape, description: target.text("description") ?? "", when }];
  });
  if (branches.length === 0) return undefined;
  const optionalTag = !node.texts("required").includes(wireName);
  return { kind: "union", branches, ...(optionalTag && { optionalTag }) };
}

/** The name of a schema from a value of a discriminator's mapping, which is a reference or the name itself. */
export function schemaName(target: string): string {
  return decodeKey(target.slice(target.lastIndexOf("/") + 1));
}

/** Names of the schemas that extend another one with `allOf`, directly or indirectly. */
function subtypes(node: Node, base: string): string[] {
  const schemas = node.root().get("components")?.entries("schemas") ?? [];
  const found = new Set([base]);
  // The loop also visits names that are added to the set meanwhile.
  for (const name of found) {
    for (const [other, schema] of schemas) {
      const isSubtype = schema
        .items("allOf")
        .some((one) => schemaName(one.text("$ref") ?? "") === name);
      if (isSubtype) found.add(other);
    }
  }
  found.delete(base);
  return [...found];
}

import type { Node } from "../spec/node.js";
import type { Branch, Shape } from "./api.js";
import { readObject } from "./containers.js";
import { withValue } from "./merge.js";
import { propertyName } from "./names/properties.js";
import type { ShapeReader } from "./reader.js";

/**
 * The shape of a base class: a named object with a `discriminator`, whose subtypes are those of the mapping, and the
 * schemas that take it over by `allOf`. A value is one of its subtypes. `undefined` where the schema has none.
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
    const ref = withValue(target, { $ref: `#/components/schemas/${pointerKey(schema)}` });
    const shape = isSelf ? readObject(reader, node) : reader.shape(ref);
    const when = { by: "value", wireName, name, value } as const;
    return [{ shape, description: target.text("description") ?? "", when }];
  });
  return branches.length === 0 ? undefined : { kind: "union", branches };
}

/** The name of a schema by a value of a discriminator's mapping: a reference or the name itself. */
export function schemaName(target: string): string {
  const name = target.slice(target.lastIndexOf("/") + 1);
  return decodeURIComponent(name).replaceAll("~1", "/").replaceAll("~0", "~");
}

function pointerKey(name: string): string {
  return encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));
}

/** Names of the schemas that take over another by `allOf`, directly or not. */
function subtypes(node: Node, base: string): string[] {
  const schemas = node.root().get("components")?.entries("schemas") ?? [];
  const found = new Set([base]);
  // A set is walked in order of insertion, what is added meanwhile included.
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

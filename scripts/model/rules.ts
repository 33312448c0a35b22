import type { Node } from "../spec/node.js";
import type { Property, Rule } from "./api.js";
import { propertyName } from "./names/properties.js";
import type { ShapeReader } from "./reader.js";

/** Reads the rules between the properties of an object, which apply to requests. */
export function readRules(
  reader: ShapeReader,
  node: Node,
  properties: readonly Property[],
): readonly Rule[] {
  const named = (wireName: string): Property | undefined =>
    properties.find((one) => one.wireName === wireName);
  const refuse = (at: Node, found: string, supported: string): Rule[] => {
    reader.problems.add(at.at, found, supported);
    return [];
  };
  const someOf = node.get("x-contract-some-of");
  const names = (someOf?.items() ?? []).flatMap((item): string[] => {
    const property = named(String(item.value));
    if (property !== undefined && !property.required) return [property.name];
    refuse(item, JSON.stringify(item.value), "the name of an optional property");
    return [];
  });
  const requires = node.entries("x-contract-requires").flatMap(([flag, path]): Rule[] => {
    const property = named(flag);
    const shape = property?.shape.kind === "nullable" ? property.shape.shape : property?.shape;
    if (property === undefined || shape?.kind !== "boolean" || property.required) {
      return refuse(path, JSON.stringify(flag), "the name of an optional boolean property");
    }
    const keys = path.items().map(({ value }) => String(value));
    const steps = follow(node, keys);
    const leaf = steps.at(-1);
    if (leaf === undefined) {
      const supported = "a path of property names, each in the object of the one before";
      return refuse(path, JSON.stringify(keys), supported);
    }
    return [
      {
        kind: "requires",
        flag: property.name,
        path: steps.map((step, index) => propertyName(keys[index] ?? "", step, reader.problems)),
        shape: reader.shape(leaf),
      },
    ];
  });
  return [...(names.length === 0 ? [] : [{ kind: "someOf" as const, names }]), ...requires];
}

/** The schemas of the properties along a path, through references, unions and `allOf`; none if the path is wrong. */
function follow(from: Node, keys: readonly string[]): readonly Node[] {
  const [key, ...rest] = keys;
  if (key === undefined) return [];
  const target = from.resolve();
  const own = target?.get("properties")?.get(key);
  if (own !== undefined) {
    const more = follow(own, rest);
    return more.length === rest.length ? [own, ...more] : [];
  }
  for (const union of ["oneOf", "anyOf", "allOf"]) {
    for (const branch of target?.items(union) ?? []) {
      const found = follow(branch, keys);
      if (found.length > 0) return found;
    }
  }
  return [];
}

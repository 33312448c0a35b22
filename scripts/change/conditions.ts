/** Values that keep or break conditions: what `if`, `contains`, `dependentSchemas` and the like speak of. */
import type { Json } from "../model/api.js";
import { isObject } from "../spec/canonical.js";
import type { Node } from "../spec/node.js";
import type { Direction, View } from "./schema-view.js";
import { viewOf } from "./schema-view.js";
import { edgeTexts } from "./texts.js";
import { edges, leastObject, smallest } from "./values.js";

/** Most values of one property that are tried where a condition speaks of it. */
const mostEach = 12;

/** Values to try if either side has conditions. Empty if neither has. */
export function conditioned(own: View, other: View, direction: Direction): readonly Json[] {
  const both = [own, other];
  if (both.every(({ rest }) => rest.size === 0)) return [];
  const nodes = both.flatMap(({ place }) => place);
  const parts = nodes.flatMap((node) => partsOf(node));
  const found = parts.flatMap((part) => edges([part], direction).slice(0, mostEach * 2));
  const least = leastObject(own, direction);
  const all = leastObject(own, direction, [...own.properties.keys()]);
  const properties = [...own.properties].flatMap(([name, place]) =>
    edges(place, direction)
      .slice(0, mostEach)
      .map((value) => ({ [name]: value })),
  );
  const objects = [...found.filter(isObject), ...properties];
  return [
    ...found,
    ...objects.flatMap((value) => [
      leastObject(own, direction, Object.keys(value), value),
      { ...all, ...value },
    ]),
    ...[...own.properties.keys()].map((name) =>
      Object.fromEntries(Object.entries(all).filter(([key]) => key !== name)),
    ),
    ...names(nodes).map((name) => ({ ...least, [name]: otherOf(own, direction) })),
    ...found.flatMap((item) => [[item], [item, item], [item, item, item]]),
  ];
}

/** The schemas inside of conditions. */
function partsOf(node: Node): readonly Node[] {
  const single = ["if", "then", "else", "contains", "not"].flatMap((key) => node.get(key) ?? []);
  return [...single, ...node.entries("dependentSchemas").map(([, schema]) => schema)];
}

/** Names of properties at the edges of what is said of names. */
function names(nodes: readonly Node[]): readonly string[] {
  return nodes.flatMap((node) => {
    const rule = node.get("propertyNames");
    if (rule === undefined) return [];
    const view = viewOf([rule], "request");
    return [
      ...(view.values ?? []).flatMap((value) => (typeof value === "string" ? [value] : [])),
      ...edgeTexts({ ...view, types: new Set(["string"]) }),
    ];
  });
}

function otherOf({ additional }: View, direction: Direction): Json {
  return typeof additional === "string" ? "a" : smallest(additional, direction);
}

import type { Node } from "../spec/node.js";
import type { Branch, Shape } from "./api.js";
import { schemaName } from "./base-class.js";
import { type Candidate, describe } from "./candidate.js";
import { merged, withValue } from "./merge.js";
import { propertyName } from "./names/properties.js";
import type { ShapeReader } from "./reader.js";

type TagValue = string | number;

/**
 * Reads a union of objects that a common property, the tag, distinguishes by its value. The tag is the property of
 * `discriminator`, otherwise the first one with fixed values in every branch, different in each. `undefined` if there
 * is no tag.
 */
export function byTag(
  reader: ShapeReader,
  node: Node,
  candidates: readonly Candidate[],
): Shape | undefined {
  const discriminator = node.get("discriminator");
  const named = discriminator?.text("propertyName");
  if (named !== undefined) {
    const values = candidates.map((one) => declaredValues(one, named, discriminator));
    if (areDistinct(values)) return tagged(reader, candidates, named, values);
  }
  const [first] = candidates;
  const names = first === undefined ? [] : [...leaves(first.target)].flatMap(propertyNames);
  for (const wireName of new Set(names)) {
    const values = candidates.map(({ target }) => tagValues(target, wireName));
    if (areDistinct(values)) return tagged(reader, candidates, wireName, values);
  }
  return undefined;
}

function tagged(
  reader: ShapeReader,
  candidates: readonly Candidate[],
  wireName: string,
  values: readonly (readonly TagValue[])[],
): Shape {
  const member = candidates[0]?.target.get("properties")?.get(wireName);
  const name = propertyName(wireName, member, reader.problems);
  const branches = candidates.flatMap((candidate, index): Branch[] => {
    const own = values[index] ?? [];
    const isDeclared = leaves(candidate.target).every((leaf) =>
      propertyNames(leaf).includes(wireName),
    );
    const node = isDeclared ? candidate.node : withTag(candidate.node, wireName, own);
    const shape = reader.shape(node);
    return own.map((value) => ({
      shape,
      description: describe(candidate),
      when: { by: "value", wireName, name, value },
    }));
  });
  const untagged = candidates.some(({ target }) =>
    leaves(target).some((leaf) => !leaf.texts("required").includes(wireName)),
  );
  return { kind: "union", branches, ...(untagged && { untagged }) };
}

/** Adds the tag as a property to a branch that does not declare it. */
function withTag(node: Node, wireName: string, values: readonly TagValue[]): Node {
  const properties = Object.fromEntries([[wireName, { enum: [...values] }]]);
  return withValue(node, { allOf: [node.value, { required: [wireName], properties }] });
}

/** The values of the tag that a discriminator assigns to a branch. */
function declaredValues(
  { node, target }: Candidate,
  tag: string,
  discriminator: Node | undefined,
): readonly TagValue[] {
  const ref = node.text("$ref");
  const own = tagValues(target, tag);
  if (ref === undefined) return own;
  const name = schemaName(ref);
  const mapped = (discriminator?.entries("mapping") ?? [])
    .filter(([, one]) => schemaName(String(one.value)) === name)
    .map(([value]) => value);
  if (mapped.length > 0) return [...new Set([...mapped, ...own])];
  return own.length > 0 ? own : [name];
}

/** The fixed values of a property in all variants of a schema; none if the property is not fixed in one of them. */
function tagValues(target: Node, wireName: string): readonly TagValue[] {
  const values = leaves(target).map((leaf) => {
    const member = leaf.get("properties")?.get(wireName);
    if (member === undefined) return [];
    const schema = merged(member);
    const constant = schema.get("const");
    const all = constant === undefined ? schema.items("enum") : [constant];
    const fixed = all
      .map(({ value }) => value)
      .filter((value) => typeof value === "string" || typeof value === "number");
    return fixed.length === all.length ? fixed : [];
  });
  return values.some((one) => one.length === 0) ? [] : [...new Set(values.flat())];
}

/** The branches of a union, with those of nested unions; the schema itself if it is not a union. */
function leaves(target: Node, depth = 0): readonly Node[] {
  const branches = [...target.items("oneOf"), ...target.items("anyOf")];
  if (branches.length === 0 || depth > 4) return [target];
  return branches.flatMap((branch) => leaves(merged(branch), depth + 1));
}

function propertyNames(node: Node): string[] {
  return node.entries("properties").map(([name]) => name);
}

function areDistinct(values: readonly (readonly TagValue[])[]): boolean {
  const all = values.flat();
  return values.every((one) => one.length > 0) && new Set(all).size === all.length;
}

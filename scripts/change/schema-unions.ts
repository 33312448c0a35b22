/** Unions of schemas, and unions that are equivalent to a list of types or values. */
import type { Json } from "../model/api.js";
import { isObject } from "../spec/canonical.js";
import type { Node } from "../spec/node.js";

/** A union: a value conforms to exactly one branch, or with `anyOf` to one or more. */
export interface Union {
  readonly exclusive: boolean;
  /** The schemas of each branch. */
  readonly branches: readonly (readonly Node[])[];
}

/** A union of bare types or values, which is equivalent to a list. */
export interface Choice {
  readonly types?: ReadonlySet<string>;
  readonly values?: readonly Json[];
  readonly orNull: boolean;
  /** Descriptions of the branches, by the keyword of the union. */
  readonly prose: readonly (readonly [string, Json])[];
}

const unionKeywords = ["oneOf", "anyOf"] as const;
const texts = ["title", "description", "examples", "example", "deprecated", "$comment"];

/** The union of a schema with more than one branch, null aside; `undefined` if there is none. */
export function unionOf(
  node: Node,
  takesNull: (branch: Node) => boolean,
): (Union & { readonly orNull: boolean }) | undefined {
  for (const keyword of unionKeywords) {
    const branches = node.items(keyword);
    const others = branches.filter((branch) => !isNull(branch));
    if (others.length < 2) continue;
    return {
      exclusive: keyword === "oneOf",
      branches: others.map((branch) => [branch]),
      orNull: others.length < branches.length || others.some((branch) => takesNull(branch)),
    };
  }
  return undefined;
}

/** The list that a union of bare types or values is equivalent to; `undefined` for other unions. */
export function choiceOf(node: Node): Choice | undefined {
  for (const keyword of unionKeywords) {
    const branches = node.items(keyword);
    const others = branches.filter((branch) => !isNull(branch));
    if (others.length < 2) continue;
    const orNull = others.length < branches.length;
    const prose = others.flatMap((branch) =>
      branch.entries().flatMap(([key, { value }]) => (texts.includes(key) ? [[key, value]] : [])),
    );
    const said = prose.length === 0 ? [] : [[keyword, prose] as const];
    if (others.every((branch) => isBare(branch, "const", "enum"))) {
      const values = others.flatMap((branch) => valuesOf(branch) ?? []);
      return { values: values.filter((value) => value !== null), orNull, prose: said };
    }
    if (others.every((branch) => isBare(branch, "type"))) {
      const types = others.flatMap((branch) => [...(typesIn(branch) ?? [])]);
      // Not equivalent: an integer conforms to both branches, which `oneOf` forbids.
      if (keyword === "oneOf" && types.includes("integer") && types.includes("number")) continue;
      return { types: new Set(types), orNull: orNull || types.includes("null"), prose: said };
    }
  }
  return undefined;
}

/** Whether a branch has only the given keywords and descriptions. The type of a value is redundant. */
function isBare(branch: Node, ...keywords: readonly string[]): boolean {
  if (!isObject(branch.value)) return false;
  const keys = Object.keys(branch.value).filter((key) => !texts.includes(key));
  return (
    keys.some((key) => keywords.includes(key)) &&
    keys.every((key) => keywords.includes(key) || key === "type")
  );
}

/** Whether a schema only allows null. */
export function isNull(node: Node): boolean {
  const target = node.resolve() ?? node;
  const value = target.get("enum")?.value;
  return (
    target.text("type") === "null" ||
    target.get("const")?.value === null ||
    (Array.isArray(value) && value.length === 1 && value[0] === null)
  );
}

/** The types of a schema; `undefined` if it has no `type`. */
export function typesIn(node: Node): ReadonlySet<string> | undefined {
  const single = node.text("type");
  const types = single === undefined ? node.texts("type") : [single];
  if (types.length === 0) return undefined;
  return new Set(node.flag("nullable") ? [...types, "null"] : types);
}

/** The values of `const` or `enum`; `undefined` if the schema has neither. */
export function valuesOf(node: Node): readonly Json[] | undefined {
  const fixed = node.get("const");
  if (fixed !== undefined) return [fixed.value];
  const list = node.get("enum");
  return list === undefined ? undefined : list.items().map(({ value }) => value);
}

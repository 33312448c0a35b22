import type { Node } from "../spec/node.js";
import type { Problems } from "../spec/problem.js";

/** Keywords that describe a schema without changing the type of its values. */
const annotations = [
  "title",
  "description",
  "default",
  "example",
  "examples",
  "deprecated",
  "externalDocs",
  "xml",
  "readOnly",
  "writeOnly",
  "nullable",
  "$comment",
  "$id",
  "$schema",
  "$anchor",
  "$dynamicAnchor",
  "$recursiveAnchor",
  "$defs",
  "definitions",
  "discriminator",
];
/** Keywords that only the server checks. The client sends values that violate them. */
const serverSide = [
  "uniqueItems",
  "minProperties",
  "maxProperties",
  "contains",
  "minContains",
  "maxContains",
  "propertyNames",
  "dependentRequired",
  "dependentSchemas",
  "if",
  "then",
  "else",
  "contentSchema",
];
const numeric = [
  "format",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
];
const byType: Readonly<Record<string, readonly string[]>> = {
  string: [
    "format",
    "minLength",
    "maxLength",
    "pattern",
    "not",
    "contentEncoding",
    "contentMediaType",
  ],
  integer: numeric,
  number: numeric,
  boolean: [],
  null: [],
  array: ["items", "prefixItems", "minItems", "maxItems", "unevaluatedItems"],
  object: [
    "properties",
    "required",
    "additionalProperties",
    "patternProperties",
    "unevaluatedProperties",
  ],
};
const combinators = ["oneOf", "anyOf", "allOf", "enum", "const", "type", "$ref"];
const structural = new Set([
  ...combinators,
  "format",
  ...(byType["array"] ?? []),
  ...(byType["object"] ?? []),
]);

/** The JSON types of a schema. */
export const jsonTypes: readonly string[] = Object.keys(byType);

/** Whether a keyword determines the type of a value, and not only its limits. */
export function isStructural(keyword: string): boolean {
  return structural.has(keyword);
}

/**
 * The type of a schema without `type`, if its keywords describe members or items: documents mean an object or an array
 * there. Limits say less: `minLength` alone accepts a number too, so a schema of limits has no type.
 */
export function inferredType(node: Node): string | undefined {
  if (["properties", "additionalProperties", "patternProperties"].some((key) => node.get(key)))
    return "object";
  // A list of `items` without a type often means one of several types: Slack's documents write it so, for `string` or `null`.
  if (node.get("items") && node.get("prefixItems") === undefined) return "array";
  return undefined;
}

/** The keywords that a type allows beside `type`. */
export function keywordsOf(type: string): readonly string[] {
  return byType[type] ?? [];
}

/** Warns of every keyword of a schema that is ignored: those that are neither allowed here nor annotations. */
export function noteOtherKeywords(
  node: Node,
  allowed: readonly string[],
  problems: Problems,
): void {
  const known = [...allowed, ...annotations, ...serverSide];
  for (const [key, member] of node.entries()) {
    if (known.includes(key) || key.startsWith("x-")) continue;
    const isKeyword =
      combinators.includes(key) || Object.values(byType).some((keys) => keys.includes(key));
    const isDynamic = key === "$dynamicRef" || key === "$recursiveRef";
    const beside = allowed[0] === "type" && node.get("type") === undefined ? "without a" : "beside";
    const found = isKeyword
      ? `${key} ${beside} ${allowed[0]}`
      : isDynamic
        ? `a ${key} that leads to one schema or another: it says nothing`
        : `the unknown keyword ${key}`;
    problems.warn(member.at, found, known.join(", "));
  }
}

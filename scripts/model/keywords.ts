import type { Node } from "../spec/node.js";
import type { Problems } from "../spec/problem.js";

/** Keys that describe and ask for nothing that a codec could do. */
const annotations = [
  "title",
  "description",
  "default",
  "example",
  "examples",
  "deprecated",
  "externalDocs",
  "$comment",
  "discriminator",
];
/** Keys that only the server enforces. */
const serverSide = ["uniqueItems", "minProperties", "maxProperties"];
const combinators = ["oneOf", "anyOf", "allOf", "enum", "const", "type", "$ref"];
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
  array: ["items", "prefixItems", "minItems", "maxItems"],
  object: ["properties", "required", "additionalProperties"],
};

/** The JSON types of a schema. */
export const jsonTypes: readonly string[] = Object.keys(byType);

/** The keywords that a type allows beside `type`. */
export function keywordsOf(type: string): readonly string[] {
  return byType[type] ?? [];
}

/** Notes every keyword of a schema that is neither one of these nor only describes: it would be lost. */
export function refuseOtherKeywords(
  node: Node,
  allowed: readonly string[],
  problems: Problems,
): void {
  const known = [...allowed, ...annotations, ...serverSide];
  for (const [key, member] of node.entries()) {
    if (known.includes(key) || key.startsWith("x-")) continue;
    const isKeyword =
      combinators.includes(key) || Object.values(byType).some((keys) => keys.includes(key));
    const found = isKeyword ? `${key} beside ${allowed[0]}` : `the unknown keyword ${key}`;
    problems.add(member.at, found, known.join(", "));
  }
}

import type { Path } from "../../contract/cases/value-case.js";
import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
} from "../../contract/read-document.js";
import { dropItems, type Edit, type Mutant, member, mutant, rename } from "./mutant.js";
import type { Site } from "./sites.js";

/** Another type of each kind, with what belongs to the old one taken away. */
const otherTypes: Readonly<Record<string, readonly string[]>> = {
  string: ["integer"],
  integer: ["number", "string"],
  number: ["string"],
  boolean: ["string"],
  array: ["string"],
  object: ["string"],
};

/** Keywords that say nothing of another type, and would not compile beside it. */
const ofOneType: readonly string[] = [
  ..."minLength maxLength pattern format not x-contract-byte-length minimum maximum".split(" "),
  ..."items minItems maxItems properties required additionalProperties enum default".split(" "),
];

const bounds = ["minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems"] as const;

/** What can go wrong in a schema, short of our extensions. */
export function schemaMutants(document: JsonObject, { path, node }: Site): readonly Mutant[] {
  return [
    ...requiredMutants(path, node),
    ...propertyMutants(path, node),
    ...typeMutants(path, node),
    ...nullMutants(path, node),
    ...enumMutants(path, node),
    ...boundMutants(path, node),
    ...textMutants(path, node),
    ...unionMutants(path, node),
    ...referenceMutants(document, path, node),
    ...defaultMutants(path, node),
  ];
}

function requiredMutants(path: Path, node: JsonObject): readonly Mutant[] {
  const required = isJsonArray(node["required"]) ? node["required"] : [];
  const optional = namesOf(node).filter((name) => !required.includes(name));
  return [
    ...dropItems("drop required", path, "required", node["required"]),
    ...optional.map((name) => member("add required", path, "required", [...required, name], name)),
  ];
}

function propertyMutants(path: Path, node: JsonObject): readonly Mutant[] {
  const properties = node["properties"];
  if (!isJsonObject(properties)) return [];
  const at = [...path, "properties"];
  const closed = node["additionalProperties"] === false;
  const listed = (
    key: string,
    change: (list: readonly Json[]) => readonly Json[],
  ): readonly Edit[] => {
    const list = node[key];
    if (!isJsonArray(list)) return [];
    const changed = change(list);
    return [{ path: [...path, key], value: changed.length === 0 ? undefined : changed }];
  };
  return [
    ...Object.entries(properties).flatMap(([name, schema]) => {
      const without = (list: readonly Json[]): readonly Json[] =>
        list.filter((one) => one !== name);
      const renamed = `${name}_renamed`;
      const instead = (list: readonly Json[]): readonly Json[] =>
        list.map((one) => (one === name ? renamed : one));
      return [
        mutant("drop property", at, name, [
          { path: [...at, name], value: undefined },
          ...listed("required", without),
          ...listed("x-contract-some-of", without),
        ]),
        rename("rename property", at, name, renamed, schema, [
          ...listed("required", instead),
          ...listed("x-contract-some-of", instead),
        ]),
      ];
    }),
    closed
      ? member("open object", path, "additionalProperties", undefined, "")
      : member("close object", path, "additionalProperties", false, ""),
  ];
}

function typeMutants(path: Path, node: JsonObject): readonly Mutant[] {
  const { type } = node;
  const types = isJsonArray(type) ? type : [type];
  const old = types.find((one) => one !== "null");
  if (typeof old !== "string") return [];
  return (otherTypes[old] ?? []).map((other) => {
    const value = isJsonArray(type) ? type.map((one) => (one === old ? other : one)) : other;
    const lost = old === "integer" && other === "number" ? [] : ofOneType;
    return mutant("change type", path, `${old} to ${other}`, [
      { path: [...path, "type"], value },
      ...lost
        .filter((key) => node[key] !== undefined)
        .map((key) => ({ path: [...path, key], value: undefined })),
    ]);
  });
}

function nullMutants(path: Path, node: JsonObject): readonly Mutant[] {
  const { type, oneOf } = node;
  if (isJsonArray(type) && type.includes("null")) {
    const [only] = type.filter((one) => one !== "null");
    return [member("drop null", path, "type", only, "")];
  }
  if (isJsonArray(oneOf) && oneOf.some(isNullSchema)) {
    const rest = oneOf.filter((branch) => !isNullSchema(branch));
    return [member("drop null", path, "oneOf", rest, "")];
  }
  if (typeof type !== "string" || type === "null" || node["enum"] !== undefined) return [];
  return [member("add null", path, "type", [type, "null"], "")];
}

function enumMutants(path: Path, node: JsonObject): readonly Mutant[] {
  const values = node["enum"];
  if (!isJsonArray(values)) return [];
  const [first = null, second = null, ...rest] = values;
  return [
    ...dropItems("drop enum value", path, "enum", values),
    member("add enum value", path, "enum", [...values, "a-value-of-a-mutant"], ""),
    member("reorder enum", path, "enum", [second, first, ...rest], ""),
  ];
}

function boundMutants(path: Path, node: JsonObject): readonly Mutant[] {
  return bounds.flatMap((key) => {
    const bound = node[key];
    if (typeof bound !== "number") return [];
    return [
      ...(bound > 0 || key === "minimum" ? [member("bound - 1", path, key, bound - 1)] : []),
      member("bound + 1", path, key, bound + 1),
      member("drop bound", path, key, undefined),
    ];
  });
}

function textMutants(path: Path, node: JsonObject): readonly Mutant[] {
  const { format, pattern, not } = node;
  return [
    ...(format === undefined ? [] : [member("drop format", path, "format", undefined, "")]),
    ...(format === "date-time" ? [member("change format", path, "format", "date", "")] : []),
    ...(pattern === undefined ? [] : [member("drop pattern", path, "pattern", undefined, "")]),
    ...(isJsonObject(not)
      ? [
          member("drop not", path, "not", undefined, ""),
          ...dropItems("drop refused value", [...path, "not"], "enum", not["enum"]),
        ]
      : []),
  ];
}

function unionMutants(path: Path, node: JsonObject): readonly Mutant[] {
  const { oneOf, anyOf } = node;
  if (isJsonArray(anyOf)) return dropItems("drop union branch", path, "anyOf", anyOf);
  if (!isJsonArray(oneOf) || oneOf.length < 2) return [];
  const branches = oneOf.flatMap((branch, index) =>
    isNullSchema(branch)
      ? []
      : [
          mutant("drop union branch", [...path, "oneOf"], String(index), [
            { path: [...path, "oneOf"], value: oneOf.filter((_, at) => at !== index) },
          ]),
        ],
  );
  const isExclusive = oneOf.filter((branch) => !isNullSchema(branch)).length > 1;
  const inclusive = mutant("exclusive to inclusive", path, "", [
    { path: [...path, "oneOf"], value: undefined },
    { path: [...path, "anyOf"], value: oneOf },
  ]);
  return isExclusive ? [...branches, inclusive] : branches;
}

function referenceMutants(document: JsonObject, path: Path, node: JsonObject): readonly Mutant[] {
  const ref = node["$ref"];
  const components = document["components"];
  const schemas = isJsonObject(components) ? components["schemas"] : undefined;
  if (typeof ref !== "string" || !isJsonObject(schemas)) return [];
  const names = Object.keys(schemas);
  const name = ref.split("/").at(-1) ?? "";
  const other = names[(names.indexOf(name) + 1) % names.length];
  return [member("change reference", path, "$ref", `#/components/schemas/${other}`, `to ${other}`)];
}

function defaultMutants(path: Path, node: JsonObject): readonly Mutant[] {
  const fallback = node["default"];
  if (fallback === undefined) return [];
  const other =
    typeof fallback === "boolean"
      ? !fallback
      : typeof fallback === "number"
        ? fallback + 1
        : `${fallback}x`;
  return [
    member("change default", path, "default", other, ""),
    member("drop default", path, "default", undefined, ""),
  ];
}

function isNullSchema(schema: Json): boolean {
  return isJsonObject(schema) && schema["type"] === "null";
}

function namesOf(node: JsonObject): readonly string[] {
  return isJsonObject(node["properties"]) ? Object.keys(node["properties"]) : [];
}

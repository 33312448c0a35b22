import { isJsonArray, type Json, type JsonObject } from "../read-document.js";
import { propertiesOf, requiredOf } from "../wire-values.js";
import { isNull, sampleOf } from "./sample.js";
import { childPointers, type Located, locate, typesOf, unionOf } from "./schema.js";
import { goodDates, limitsOf, textOf, wideTextOf } from "./texts.js";
import { inside, insideFirst, type ValueCase } from "./value-case.js";

/** A value that stands at the place of its schema. */
type Own = readonly [what: string, constraint: string, value: Json];

/** Everything at the edge of what a schema allows, one thing at a time: so that it cannot narrow unnoticed. */
export function validValues(document: JsonObject, pointer: string): readonly ValueCase[] {
  const located = locate(document, pointer);
  const { pointer: at, schema } = located;
  const union = unionOf(schema);
  if (union !== undefined) {
    return childPointers(at, union.keyword, union.branches).flatMap(([index, branch]) => {
      const cases = validValues(document, branch);
      const { title } = locate(document, branch).schema;
      const label = typeof title === "string" ? title : `branch ${index}`;
      return cases.map((one) =>
        one.path.length > 0 || isNull(document, branch)
          ? one
          : { ...one, what: `as ${label}: ${one.what}` },
      );
    });
  }
  const base = sampleOf(document, pointer);
  const own = ownValues(located, base).map(([what, constraint, value]) => {
    return { what, pointer: at, constraint, base, path: [], value };
  });
  return [...own, ...memberCases(document, located, base)];
}

function ownValues({ schema }: Located, base: Json): readonly Own[] {
  const types = typesOf(schema);
  const values = schema["enum"];
  const nothing: readonly Own[] = types.includes("null") ? [["null", "type", null]] : [];
  if (isJsonArray(values)) {
    return [...values.map((value): Own => [`the value ${JSON.stringify(value)}`, "enum", value])];
  }
  const type = types.find((one) => one !== "null");
  switch (type) {
    case "string":
      return [...nothing, ...textValues(schema)];
    case "integer":
    case "number":
      return [...nothing, ...numberValues(schema, type)];
    case "boolean":
      return [...nothing, ["true", "type", true], ["false", "type", false]];
    case "array":
      return [...nothing, ...arrayValues(schema, base)];
    case "object":
      return [...nothing, ...objectValues(schema, base)];
    default:
      return nothing;
  }
}

function textValues(schema: JsonObject): readonly Own[] {
  if (schema["format"] === "date-time") {
    return goodDates.map(([what, text]) => [`a date ${what}`, "format", text]);
  }
  const { minLength, maxLength, minBytes, maxBytes } = limitsOf(schema);
  const shortest = Math.max(minLength, minBytes);
  const longest = Math.min(maxLength, maxBytes);
  const sized: readonly Own[] = Number.isFinite(longest)
    ? [[`${longest} characters`, "maxLength", textOf(longest)]]
    : [["a long text", "maxLength", textOf(5_000)]];
  const wide: readonly Own[] = Number.isFinite(maxBytes)
    ? [[`${maxBytes} bytes in few characters`, "x-contract-byte-length", wideTextOf(maxBytes)]]
    : [];
  return [[`${shortest} characters`, "minLength", textOf(shortest)], ...sized, ...wide];
}

function numberValues(schema: JsonObject, type: string): readonly Own[] {
  const { minimum, maximum } = schema;
  const fraction: readonly Own[] = type === "number" ? [["a fraction", "type", 1.5]] : [];
  return [
    [
      typeof minimum === "number" ? "its minimum" : "a negative number",
      "minimum",
      minimum ?? -1_000_000,
    ],
    [typeof maximum === "number" ? "its maximum" : "a big number", "maximum", maximum ?? 1_000_000],
    ...fraction,
  ];
}

function arrayValues(schema: JsonObject, base: Json): readonly Own[] {
  const [item = null] = isJsonArray(base) ? base : [];
  const of = (length: number): Json => new Array<Json>(length).fill(item);
  const fewest = Number(schema["minItems"] ?? 0);
  const most = schema["maxItems"];
  return [
    [`${fewest} items`, "minItems", of(fewest)],
    typeof most === "number"
      ? [`${most} items`, "maxItems", of(most)]
      : ["many items", "maxItems", of(100)],
  ];
}

function objectValues(schema: JsonObject, base: Json): readonly Own[] {
  const required = requiredOf(schema);
  const all = Object.entries(typeof base === "object" && base !== null ? base : {});
  const only = Object.fromEntries(all.filter(([name]) => required.includes(name)));
  const known = Object.fromEntries(all);
  const unknown: readonly Own[] =
    schema["additionalProperties"] === undefined
      ? [["an unknown property", "additionalProperties", { ...known, a_key_of_tomorrow: [null] }]]
      : [];
  return [
    ["everything", "properties", known],
    ["nothing but what is required", "required", only],
    ...unknown,
  ];
}

function memberCases(
  document: JsonObject,
  { pointer, schema }: Located,
  base: Json,
): readonly ValueCase[] {
  if (isJsonArray(base)) {
    return insideFirst(validValues(document, `${pointer}/items`), base);
  }
  if (typeof base !== "object" || base === null) return [];
  const required = requiredOf(schema);
  return childPointers(pointer, "properties", propertiesOf(schema)).flatMap(([name, member]) => {
    const around = (inner: Json): Json => ({ ...base, [name]: inner });
    const gone = {
      what: "left out",
      pointer,
      constraint: "required",
      base,
      path: [name],
      value: undefined,
    };
    const cases = validValues(document, member).map((one) => inside(one, name, around));
    return required.includes(name) ? cases : [gone, ...cases];
  });
}

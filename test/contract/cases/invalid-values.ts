import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../read-document.js";
import { propertiesOf, requiredOf } from "../wire-values.js";
import { isNull, sampleOf } from "./sample.js";
import { childPointers, type Located, locate, takesNull, typesOf, unionOf } from "./schema.js";
import { badDates, limitsOf, refusedTexts, textOf, unmatched, wideTextOf } from "./texts.js";
import { inside, insideFirst, type ValueCase } from "./value-case.js";

/** A value that its schema refuses, and the keyword that refuses it. */
type Own = readonly [what: string, constraint: string, value: Json];

/** One value of each JSON type. */
const oneOfEach: readonly (readonly [type: string, what: string, value: Json])[] = [
  ["string", "a text", "text"],
  ["number", "a number", 7],
  ["boolean", "a boolean", true],
  ["object", "an object", { a_key: "text" }],
  ["array", "an array", [["text"]]],
];

/** Everything just beyond what a schema allows, one thing at a time: so that it cannot widen unnoticed. */
export function invalidValues(document: JsonObject, pointer: string): readonly ValueCase[] {
  const located = locate(document, pointer);
  const { pointer: at, schema } = located;
  const base = sampleOf(document, pointer);
  const union = unionOf(schema);
  const only = onlyBranch(document, located);
  if (only !== undefined) {
    return invalidValues(document, only).filter(
      ({ path, value }) => path.length > 0 || value !== null,
    );
  }
  const own = union === undefined ? ownValues(located) : unionValues(document, located);
  const whole = own.map(([what, constraint, value]) => {
    return { what, pointer: at, constraint, base, path: [], value };
  });
  if (union === undefined) return [...whole, ...memberCases(document, located, base)];
  const branches = childPointers(at, union.keyword, union.branches);
  // What a branch refuses as a whole may fit another; what is wrong further inside does not.
  const inner = branches.flatMap(([, branch]) =>
    invalidValues(document, branch).filter(
      (one) => one.path.length > 0 && (one.path.length > 1 || one.value !== undefined),
    ),
  );
  return [...whole, ...inner];
}

/** The one branch beside null of a union that only adds null; `undefined` of anything else. */
function onlyBranch(document: JsonObject, { pointer, schema }: Located): string | undefined {
  const union = unionOf(schema);
  if (union === undefined) return undefined;
  const branches = childPointers(pointer, union.keyword, union.branches);
  const others = branches.filter(([, where]) => !isNull(document, where));
  return others.length === 1 && branches.length === 2 ? others[0]?.[1] : undefined;
}

function ownValues({ schema }: Located): readonly Own[] {
  const types = typesOf(schema);
  const wrong = oneOfEach
    .filter(([type]) => !types.includes(type) && !(type === "number" && types.includes("integer")))
    .map(([, what, value]): Own => [`${what} in its place`, "type", value]);
  const nothing: readonly Own[] = types.includes("null") ? [] : [["null", "type", null]];
  const fraction: readonly Own[] = types.includes("integer") ? [["a fraction", "type", 1.5]] : [];
  return [
    ...wrong,
    ...nothing,
    ...fraction,
    ...enumValues(schema),
    ...(types.includes("string") ? textValues(schema) : []),
    ...boundValues(schema),
    ...closedValues(schema),
  ];
}

function enumValues(schema: JsonObject): readonly Own[] {
  const values = schema["enum"];
  if (!isJsonArray(values)) return [];
  const [first] = values;
  const near: readonly Json[] =
    typeof first === "string" ? [`${first}s`, first.toUpperCase(), ""] : [1_000_003];
  return near
    .filter((value) => !values.includes(value))
    .map((value) => [`the unknown value ${JSON.stringify(value)}`, "enum", value]);
}

function textValues(schema: JsonObject): readonly Own[] {
  if (schema["format"] === "date-time") {
    return badDates.map(([what, text]) => [`${what} for a date`, "format", text]);
  }
  const { minLength, maxLength, minBytes, maxBytes } = limitsOf(schema);
  const bytes = "x-contract-byte-length";
  const { pattern } = schema;
  return [
    ...(minLength > 0
      ? [["one character too short", "minLength", textOf(minLength - 1)] as const]
      : []),
    ...(Number.isFinite(maxLength)
      ? [["one character too long", "maxLength", textOf(maxLength + 1)] as const]
      : []),
    ...(minBytes > 0 ? [["one byte too short", bytes, textOf(minBytes - 1)] as const] : []),
    ...(Number.isFinite(maxBytes)
      ? [["one byte too long in few characters", bytes, wideTextOf(maxBytes + 1)] as const]
      : []),
    ...(typeof pattern === "string"
      ? [["a text against the pattern", "pattern", unmatched(pattern)] as const]
      : []),
    ...refusedTexts(schema).map(
      (text): Own => [`the refused text ${JSON.stringify(text)}`, "not", text],
    ),
  ];
}

function boundValues(schema: JsonObject): readonly Own[] {
  const { minimum, maximum } = schema;
  return [
    ...(typeof minimum === "number"
      ? [["one below its minimum", "minimum", minimum - 1] as const]
      : []),
    ...(typeof maximum === "number"
      ? [["one above its maximum", "maximum", maximum + 1] as const]
      : []),
  ];
}

function closedValues(schema: JsonObject): readonly Own[] {
  if (schema["additionalProperties"] !== false) return [];
  return [["an unknown property", "additionalProperties", { a_key_of_tomorrow: null }]];
}

/** Values that no branch takes, and, of an exclusive union, those that two would. */
function unionValues(document: JsonObject, { pointer, schema }: Located): readonly Own[] {
  const union = unionOf(schema);
  if (union === undefined) return [];
  const branches = childPointers(pointer, union.keyword, union.branches)
    .map(([, where]) => where)
    .filter((where) => !isNull(document, where));
  const targets = branches.map((where) => locate(document, where));
  const types = leafTypes(document, branches);
  const wrong = oneOfEach
    .filter(([type]) => !types.includes(type) && !(type === "number" && types.includes("integer")))
    .map(([, what, value]): Own => [`${what} in its place`, union.keyword, value]);
  const nothing: readonly Own[] = takesNull(document, pointer)
    ? []
    : [["null", union.keyword, null]];
  const areObjects = targets.every((target) => typesOf(target.schema).includes("object"));
  if (!areObjects || branches.length < 2) return [...wrong, ...nothing];
  const samples = branches.map((where) => sampleOf(document, where));
  const both = Object.assign({}, ...samples) as JsonObject;
  return [
    ...wrong,
    ...nothing,
    ["neither branch", union.keyword, {}],
    ...(union.keyword === "oneOf" ? [["both branches", "oneOf", both] as const] : []),
  ];
}

/** The types that the branches of a union take, through unions inside of them. */
function leafTypes(document: JsonObject, branches: readonly string[]): readonly Json[] {
  return branches.flatMap((where) => {
    const { pointer, schema } = locate(document, where);
    const union = unionOf(schema);
    if (union === undefined) return typesOf(schema);
    const inner = childPointers(pointer, union.keyword, union.branches).map(([, at]) => at);
    return leafTypes(document, inner);
  });
}

function memberCases(
  document: JsonObject,
  { pointer, schema }: Located,
  base: Json,
): readonly ValueCase[] {
  if (isJsonArray(base)) {
    const items = insideFirst(invalidValues(document, `${pointer}/items`), base);
    return [...lengthCases(pointer, schema, base), ...items];
  }
  if (!isJsonObject(base)) return [];
  const missing = requiredOf(schema).map((name): ValueCase => {
    const path = [String(name)];
    return { what: "missing", pointer, constraint: "required", base, path, value: undefined };
  });
  const members = childPointers(pointer, "properties", propertiesOf(schema)).flatMap(
    ([name, member]) =>
      invalidValues(document, member).map((one) =>
        inside(one, name, (inner) => ({ ...base, [name]: inner })),
      ),
  );
  return [...missing, ...members];
}

function lengthCases(
  pointer: string,
  { minItems, maxItems }: JsonObject,
  base: readonly Json[],
): readonly ValueCase[] {
  const [item = null] = base;
  const of = (what: string, constraint: string, length: number): ValueCase => {
    const value = new Array<Json>(length).fill(item);
    return { what, pointer, constraint, base, path: [], value };
  };
  return [
    ...(typeof minItems === "number" && minItems > 0
      ? [of("one item too few", "minItems", minItems - 1)]
      : []),
    ...(typeof maxItems === "number" ? [of("one item too many", "maxItems", maxItems + 1)] : []),
  ];
}

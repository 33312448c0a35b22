import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
} from "../contract/read-document.js";
import { branchOf, propertiesOf, requiredOf } from "../contract/wire-values.js";

/** What a value has that its schema does not say: where, and what, without the value. */
export interface ShapeDifference {
  /** JSON pointer into the value; `*` stands for any index. */
  readonly pointer: string;
  readonly what: string;
}

/** Walks a value beside its schema, and tells unknown properties, missing ones, other types and unknown values of enums. */
export function shapeDifferences(
  document: JsonObject,
  unresolved: Json | undefined,
  value: Json,
  pointer = "",
): readonly ShapeDifference[] {
  const schema = fittingBranch(document, unresolved, value);
  if (schema === undefined) return [{ pointer, what: `fits no type here: ${typeOf(value)}` }];
  const wanted = typesOf(schema);
  if (wanted.length > 0 && !wanted.some((type) => isOfType(value, type))) {
    return [{ pointer, what: `expected ${wanted.join(" or ")}, found ${typeOf(value)}` }];
  }
  if (isJsonArray(value)) {
    const all = value.flatMap((item) =>
      shapeDifferences(document, schema["items"], item, `${pointer}/*`),
    );
    return all.filter((one, index) => all.findIndex((other) => isSame(one, other)) === index);
  }
  if (isJsonObject(value)) return memberDifferences(document, schema, value, pointer);
  const choices = schema["enum"];
  if (isJsonArray(choices) && !choices.includes(value)) {
    return [{ pointer, what: `unknown value of the enum: ${enumWord(value)}` }];
  }
  return [];
}

/** What JSON calls the type of a value. */
function typeOf(value: Json): string {
  if (value === null) return "null";
  return isJsonArray(value) ? "array" : typeof value;
}

function memberDifferences(
  document: JsonObject,
  schema: JsonObject,
  value: JsonObject,
  pointer: string,
): readonly ShapeDifference[] {
  const known = propertiesOf(schema);
  const missing = requiredOf(schema)
    .map(String)
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => ({ pointer: at(pointer, name), what: "is required, and is missing" }));
  const members = Object.entries(value).flatMap(([name, member]) => {
    const place = at(pointer, name);
    if (Object.hasOwn(known, name)) return shapeDifferences(document, known[name], member, place);
    return [{ pointer: place, what: `unknown property (${typeOf(member)})` }];
  });
  return [...missing, ...members];
}

/** A value of the wrong type fits no branch, which is a difference and no failure. */
function fittingBranch(
  document: JsonObject,
  schema: Json | undefined,
  value: Json,
): JsonObject | undefined {
  try {
    return branchOf(document, schema, value);
  } catch {
    return undefined;
  }
}

function typesOf({ type }: JsonObject): readonly Json[] {
  if (typeof type === "string") return [type];
  return isJsonArray(type) ? type : [];
}

function isOfType(value: Json, type: Json): boolean {
  if (type === "integer") return Number.isInteger(value);
  return typeOf(value) === type;
}

/** A word of an enum is part of the shape; any other text may be a secret. */
function enumWord(value: Json): string {
  const isWord = typeof value === "string" && /^[a-z]+([-_][a-z]+){0,5}$/.test(value);
  return isWord && value.length <= 40 ? value : `${typeOf(value)} that is no word`;
}

/** Names are cut: a map of somebody's data would have values as its keys. */
function at(pointer: string, name: string): string {
  const isName = /^[A-Za-z_][\w-]{0,39}$/.test(name);
  return `${pointer}/${isName ? name : "(a name that is no word)"}`;
}

function isSame(one: ShapeDifference, other: ShapeDifference): boolean {
  return one.pointer === other.pointer && one.what === other.what;
}

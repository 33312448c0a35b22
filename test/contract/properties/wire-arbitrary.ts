import fc, { type Arbitrary } from "fast-check";
import { childPointers, locate, typesOf, unionOf } from "../cases/schema.js";
import { goodDates, limitsOf } from "../cases/texts.js";
import type { Judge } from "../checks/judge.js";
import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../read-document.js";
import { propertiesOf, requiredOf } from "../wire-values.js";

/** Any value that a schema accepts, edges and unknown properties included. */
export function wireArbitrary(
  document: JsonObject,
  judge: Judge,
  pointer: string,
): Arbitrary<Json> {
  const { pointer: at, schema } = locate(document, pointer);
  const inner = (where: string): Arbitrary<Json> => wireArbitrary(document, judge, where);
  const union = unionOf(schema);
  if (union !== undefined) {
    const branches = childPointers(at, union.keyword, union.branches);
    return fc.oneof(...branches.map(([, where]) => inner(where)));
  }
  const values = schema["enum"];
  if (isJsonArray(values)) return fc.constantFrom(...values);
  return fc.oneof(...typesOf(schema).map((type) => ofType(String(type))));

  function ofType(type: string): Arbitrary<Json> {
    switch (type) {
      case "null":
        return fc.constant(null);
      case "boolean":
        return fc.boolean();
      case "integer":
        return fc.maxSafeInteger().map((number) => bounded(schema, number));
      case "number":
        return fc.double({ noNaN: true, noDefaultInfinity: true });
      case "string":
        return texts(schema).filter((text) => judge.verdict(at, text).length === 0);
      case "array":
        return fc.array(inner(`${at}/items`), {
          maxLength: Number(schema["maxItems"] ?? 8) % 8 || 8,
        });
      case "object":
        return object();
      default:
        throw new Error(`${at}: teach wire-arbitrary.ts the type ${type}`);
    }
  }

  function object(): Arbitrary<Json> {
    const required = requiredOf(schema);
    const members = childPointers(at, "properties", propertiesOf(schema));
    const known = fc.record(
      Object.fromEntries(members.map(([name, where]) => [name, inner(where)])),
      { requiredKeys: members.map(([name]) => name).filter((name) => required.includes(name)) },
    );
    // Names that objects of JavaScript have by themselves are the likeliest to be mixed up.
    const names = fc.constantFrom("__proto__", "constructor", "toString", "a_key_of_tomorrow");
    const unknown = fc.dictionary(names, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 2 });
    return fc.tuple(known, unknown).map(([own, more]) => {
      // What JSON.parse makes: a member named __proto__ is one like any other.
      return Object.fromEntries([...Object.entries(more as JsonObject), ...Object.entries(own)]);
    });
  }
}

/** Texts for a string schema; most of them fit. */
function texts(schema: JsonObject): Arbitrary<string> {
  if (schema["format"] === "date-time") {
    const dates = fc
      .date({ min: new Date(0), max: new Date("9999-12-31T00:00:00Z"), noInvalidDate: true })
      .map((date) => date.toISOString());
    return fc.oneof(dates, fc.constantFrom(...goodDates.map(([, text]) => text)));
  }
  const { minLength, maxLength } = limitsOf(schema);
  const limits = { minLength, maxLength: Math.min(maxLength, 200) };
  return fc.oneof(
    fc.string({ ...limits, unit: "binary" }),
    fc.string({ ...limits, unit: "grapheme" }),
    fc.string({ ...limits, unit: "binary-ascii" }),
    fc.constantFrom("...", "a/b", "%2e%2e", "a?b#c", "é".repeat(Math.min(maxLength, 96) / 2)),
  );
}

function bounded({ minimum, maximum }: JsonObject, number: number): number {
  const low = typeof minimum === "number" ? minimum : Number.MIN_SAFE_INTEGER;
  const high = typeof maximum === "number" ? maximum : Number.MAX_SAFE_INTEGER;
  return number >= low && number <= high ? number : low + (Math.abs(number) % (high - low + 1));
}

/** Whether somewhere in a value an object holds more than one of these keys. */
export function holdsSeveral(value: Json, keys: readonly string[]): boolean {
  if (isJsonArray(value)) return value.some((item) => holdsSeveral(item, keys));
  if (!isJsonObject(value)) return false;
  const held = keys.filter((key) => Object.hasOwn(value, key));
  return held.length > 1 || Object.values(value).some((member) => holdsSeveral(member, keys));
}

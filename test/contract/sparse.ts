import { isJsonArray, isJsonObject, type Json, type JsonObject, valueAt } from "./read-document.js";
import { branchOf, propertiesOf, requiredOf } from "./wire-values.js";

/**
 * The same value without any property that its schema does not require, all the way down.
 *
 * @param which - `"leaves"` keeps objects and arrays, so that what is optional inside of them is left out too
 */
export function withoutOptional(
  document: JsonObject,
  schemaPointer: string,
  wire: Json,
  which: "all" | "leaves",
): Json {
  return walk(document, valueAt(document, schemaPointer), wire, (object, schema) => {
    const kept = Object.entries(object).filter(
      ([name, value]) =>
        requiredOf(schema).includes(name) ||
        (which === "leaves" && typeof value === "object" && value !== null),
    );
    return Object.fromEntries(kept);
  });
}

/** The same value with a property that its schema does not know in every object, as a later server may send it. */
export function withUnknown(document: JsonObject, schemaPointer: string, wire: Json): Json {
  return walk(document, valueAt(document, schemaPointer), wire, (object) => ({
    ...object,
    property_of_tomorrow: { exact: [null] },
  }));
}

function walk(
  document: JsonObject,
  unresolved: Json | undefined,
  wire: Json,
  change: (object: JsonObject, schema: JsonObject) => JsonObject,
): Json {
  const schema = branchOf(document, unresolved, wire);
  if (isJsonArray(wire)) return wire.map((item) => walk(document, schema["items"], item, change));
  // A map has no properties to leave out or to add.
  if (!isJsonObject(wire) || isJsonObject(schema["additionalProperties"])) return wire;
  const properties = propertiesOf(schema);
  const walked = Object.entries(wire).map(([name, value]) => {
    return [name, walk(document, properties[name], value, change)] as const;
  });
  return change(Object.fromEntries(walked), schema);
}

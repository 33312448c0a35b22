/**
 * What a JSON value is on the client's side, worked out from its schema and nothing else: a second opinion on the
 * generated codecs, which shares no line with the generator.
 */
import { isJsonArray, isJsonObject, type Json, type JsonObject, valueAt } from "./read-document.js";

/** How one direction maps what differs between the wire and the client. */
interface Direction {
  /** A date-time. */
  readonly date: (text: string) => unknown;
  /** A property that the value lacks; `undefined` leaves it out. */
  readonly absent: (schema: JsonObject, required: boolean) => unknown;
}

/** What the client must return for a JSON value of an answer. */
export function asAnswered(document: JsonObject, schemaPointer: string, wire: Json): unknown {
  return map(document, valueAt(document, schemaPointer), wire, {
    date: momentOf,
    absent: (schema, required) => {
      if (required) throw new Error(`an example lacks what ${schemaPointer} requires`);
      if (schema["default"] !== undefined) return schema["default"];
      return acceptsNull(document, schema) ? null : undefined;
    },
  });
}

/** What to give to the client, so that it sends this JSON value. */
export function asInput(
  document: JsonObject,
  schemaPointer: string,
  wire: Json,
  date: (text: string) => unknown = (text) => text,
): unknown {
  return map(document, valueAt(document, schemaPointer), wire, { date, absent: () => undefined });
}

/** Where a caller finds what lies at a path of a value on the wire: the same path in the client's names. */
export function clientPath(
  document: JsonObject,
  schemaPointer: string,
  wire: Json,
  path: readonly (string | number)[],
): readonly (string | number)[] {
  let schema: Json | undefined = valueAt(document, schemaPointer);
  let value: Json | undefined = wire;
  return path.map((key) => {
    const branch: JsonObject = branchOf(document, schema, value ?? null);
    if (typeof key === "number") {
      schema = branch["items"];
      value = isJsonArray(value) ? value[key] : undefined;
      return key;
    }
    const property: Json | undefined = propertiesOf(branch)[key] ?? branch["additionalProperties"];
    value = isJsonObject(value) ? value[key] : undefined;
    schema = property;
    const isMember = Object.hasOwn(propertiesOf(branch), key);
    return isMember ? clientName(key, resolveSchema(document, property)) : key;
  });
}

/** Any JSON with its keys as callers write them: wrong input has no schema to tell which of them are names. */
export function withClientNames(wire: Json | undefined): unknown {
  if (isJsonArray(wire)) return wire.map(withClientNames);
  if (!isJsonObject(wire)) return wire;
  return Object.fromEntries(
    Object.entries(wire).map(([name, value]) => [clientName(name, {}), withClientNames(value)]),
  );
}

/** A schema with its references followed. */
export function resolveSchema(document: JsonObject, schema: Json | undefined): JsonObject {
  if (!isJsonObject(schema)) throw new Error("not a schema");
  const ref = schema["$ref"];
  if (typeof ref !== "string") return schema;
  // What stands beside a reference counts too, such as a default.
  const { $ref: _, ...beside } = schema;
  return {
    ...resolveSchema(document, valueAt(document, decodeURIComponent(ref.slice(1)))),
    ...beside,
  };
}

/** The schema that a value fits: itself, or the first such branch of a union. */
export function branchOf(
  document: JsonObject,
  unresolved: Json | undefined,
  wire: Json,
): JsonObject {
  const schema = resolveSchema(document, unresolved);
  const branches = branchesOf(schema);
  if (branches === undefined) return schema;
  const branch = branches.find((candidate) => fits(document, candidate, wire));
  if (branch === undefined) throw new Error(`fits no branch: ${JSON.stringify(wire)}`);
  return branchOf(document, branch, wire);
}

/** The properties of an object schema. */
export function propertiesOf(schema: JsonObject): JsonObject {
  return isJsonObject(schema["properties"]) ? schema["properties"] : {};
}

/** The property names of an object schema that must be there. */
export function requiredOf(schema: JsonObject): readonly Json[] {
  return isJsonArray(schema["required"]) ? schema["required"] : [];
}

function map(
  document: JsonObject,
  unresolved: Json | undefined,
  wire: Json,
  to: Direction,
): unknown {
  if (wire === null) return null;
  const schema = branchOf(document, unresolved, wire);
  if (isJsonArray(wire)) return wire.map((item) => map(document, schema["items"], item, to));
  if (isJsonObject(wire)) {
    return { ...known(document, schema, wire, to), ...others(document, schema, wire, to) };
  }
  if (schema["format"] === "date-time" && typeof wire === "string") return to.date(wire);
  return wire;
}

function known(
  document: JsonObject,
  schema: JsonObject,
  wire: JsonObject,
  to: Direction,
): Record<string, unknown> {
  const properties = Object.entries(propertiesOf(schema)).map(([name, property]) => {
    const resolved = resolveSchema(document, property);
    const given = wire[name];
    const value =
      given === undefined
        ? to.absent(resolved, requiredOf(schema).includes(name))
        : map(document, property, given, to);
    return [clientName(name, resolved), value] as const;
  });
  return Object.fromEntries(properties.filter(([, value]) => value !== undefined));
}

/** Keys of a map are data: they stay as they are. */
function others(
  document: JsonObject,
  schema: JsonObject,
  wire: JsonObject,
  to: Direction,
): Record<string, unknown> {
  const values = schema["additionalProperties"];
  if (!isJsonObject(values)) return {};
  const properties = propertiesOf(schema);
  return Object.fromEntries(
    Object.entries(wire)
      .filter(([name]) => !Object.hasOwn(properties, name))
      .map(([name, value]) => [name, map(document, values, value, to)]),
  );
}

/** A leap second is the second after it: a `Date` has no place for one. */
function momentOf(text: string): Date {
  const leap = /^(.*:)60(.*)$/.exec(text);
  if (leap === null) return new Date(text);
  return new Date(new Date(`${leap[1]}59${leap[2]}`).getTime() + 1_000);
}

/** The client's name of a property or parameter. */
export function clientName(wireName: string, schema: JsonObject): string {
  const name = schema["x-contract-name"];
  if (typeof name === "string") return name;
  return wireName.replace(/[_-]+(.)/g, (_, letter: string) => letter.toUpperCase());
}

function branchesOf(schema: JsonObject): readonly Json[] | undefined {
  if (schema["allOf"] !== undefined) throw new Error("allOf: teach wire-values.ts to read it");
  const branches = schema["oneOf"] ?? schema["anyOf"];
  return isJsonArray(branches) ? branches : undefined;
}

function acceptsNull(document: JsonObject, schema: JsonObject): boolean {
  const branches = branchesOf(schema);
  if (branches !== undefined) return branches.some((branch) => fits(document, branch, null));
  return fits(document, schema, null);
}

/** Enough of validation to choose a branch: the type, and for objects the required keys. */
function fits(document: JsonObject, unresolved: Json, wire: Json): boolean {
  const schema = resolveSchema(document, unresolved);
  const branches = branchesOf(schema);
  if (branches !== undefined) return branches.some((branch) => fits(document, branch, wire));
  const types = typeof schema["type"] === "string" ? [schema["type"]] : schema["type"];
  if (isJsonArray(types) && !typesOf(wire).some((type) => types.includes(type))) return false;
  return (
    !isJsonObject(wire) || requiredOf(schema).every((name) => Object.hasOwn(wire, String(name)))
  );
}

function typesOf(wire: Json): readonly string[] {
  if (wire === null) return ["null"];
  if (isJsonArray(wire)) return ["array"];
  if (typeof wire === "number") return Number.isInteger(wire) ? ["integer", "number"] : ["number"];
  return [typeof wire];
}

import { httpMethods, type Json } from "./model/api.js";
import { isObject } from "./spec/canonical.js";
import { Node } from "./spec/node.js";
import { referenceTo } from "./spec/pointer.js";
import { fromPointer, toPointer } from "./spec/problem.js";
import { convert, type JsonObject, type Kind, without } from "./spec/versions/grammar.js";

const compositions = ["allOf", "anyOf", "oneOf"];

/**
 * Prepares a document for openapi-typescript, so that its output compiles. References point to components.
 * References without a target and schemas that only refer to themselves allow any value. Boolean schemas become
 * objects, and duplicate operationIds are removed.
 */
export function wireDocument(given: Json): Json {
  const document = withNamedTargets(given);
  const endless = endlessSchemas(document);
  const root = new Node(document);
  const ids = new Set<string>();
  const prepared = convert(wellFormed(document), "root", {
    schema: (schema, at) => withObjects(withLooseUnions(withoutCircles(schema, at, endless), root)),
    operation: (operation) => {
      const id = operation["operationId"];
      if (typeof id !== "string") return without(operation, "operationId");
      const isTaken = ids.has(id);
      ids.add(id);
      return isTaken ? without(operation, "operationId") : operation;
    },
  });
  return withRefs(prepared, root);
}

/**
 * Replaces references into the inside of a component or a path, because TypeScript cannot express them if they lead
 * through an optional property or a branch of a union. A schema is copied to the components, with its pointer as its
 * name. Everything else is inlined.
 */
function withNamedTargets(document: Json): Json {
  const root = new Node(document);
  const named = new Map<string, Json>();
  const target = (value: JsonObject): Node | undefined => {
    const { $ref } = value;
    if (typeof $ref !== "string" || /^#\/components\/[^/]+\/[^/]+$/.test($ref)) return undefined;
    return root.follow($ref);
  };
  const inPlace =
    (kind: Kind) =>
    (value: JsonObject): JsonObject => {
      const found = target(value);
      const moved = found === undefined ? value : convert(found.value, kind, rules, found.at);
      return isObject(moved) ? moved : value;
    };
  const rules: Parameters<typeof convert>[2] = {
    parameter: inPlace("parameter"),
    requestBody: inPlace("requestBody"),
    response: inPlace("response"),
    schema: (value) => {
      const found = target(value);
      if (found === undefined) return value;
      const name = found.at.join("/");
      if (!named.has(name)) {
        named.set(name, {});
        named.set(name, convert(found.value, "schema", rules, found.at));
      }
      return { ...value, $ref: toPointer(["components", "schemas", name]) };
    },
  };
  const moved = convert(document, "root", rules);
  if (!isObject(moved) || named.size === 0) return moved;
  const components = asMap(moved["components"]);
  const schemas = { ...asMap(components["schemas"]), ...Object.fromEntries(named) };
  return { ...moved, components: { ...components, schemas } };
}

function asMap(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** Keys that must contain lists, objects or maps, by kind of object. openapi-typescript does not check them. */
const keys: {
  readonly [K in Kind]?: {
    readonly lists?: readonly string[];
    readonly objects?: readonly string[];
    readonly maps?: readonly string[];
  };
} = {
  root: { objects: ["components"], maps: ["paths", "webhooks"] },
  components: { maps: ["schemas", "responses", "parameters", "requestBodies", "headers"] },
  pathItem: { lists: ["parameters"], objects: httpMethods },
  operation: { lists: ["parameters"], objects: ["requestBody"], maps: ["responses"] },
  parameter: { maps: ["content"] },
  requestBody: { maps: ["content"] },
  mediaType: {},
  response: { maps: ["content", "headers"] },
  schema: {
    lists: [...compositions, "enum", "prefixItems", "required"],
    objects: ["discriminator"],
    maps: ["properties", "patternProperties", "$defs"],
  },
};

/** Removes values of the wrong type. Operations that contain them are left out of the client. */
function wellFormed(document: Json): Json {
  const rules = Object.keys(keys).map((kind) => [kind, keep(keys[kind as Kind] ?? {})]);
  return convert(document, "root", Object.fromEntries(rules));
}

/** Keys that hold texts, wherever they stand. */
const texts = ["$ref", "description", "format", "in", "name", "summary", "title"];

/** Keys that hold a schema, or a list of them. */
const schemaKeys = [
  ...compositions,
  "additionalProperties",
  "items",
  "itemSchema",
  "not",
  "prefixItems",
  "schema",
];

function keep({ lists = [], objects = [], maps = [] }: NonNullable<(typeof keys)[Kind]>) {
  const isPart = (value: Json): boolean => isObject(value) || typeof value === "boolean";
  return (value: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(value).flatMap(([key, member]): [string, Json][] => {
        if (lists.includes(key) && !Array.isArray(member)) return [];
        if (texts.includes(key) && typeof member !== "string") return [];
        if ([...objects, ...maps].includes(key) && !isObject(member)) return [];
        if (key === "parameters" && Array.isArray(member)) return [[key, member.filter(isObject)]];
        if (schemaKeys.includes(key) && !isPart(member)) {
          return Array.isArray(member) ? [[key, member.filter(isPart)]] : [];
        }
        if (!maps.includes(key) || !isObject(member)) return [[key, member]];
        const parts = Object.entries(member).filter(([, part]) => isPart(part));
        return [[key, Object.fromEntries(parts)]];
      }),
    );
}

/** Keys that make a type refer directly to another one. The compiler resolves these at once, but not properties. */
const direct = [...compositions, "items", "prefixItems"];

/** Names of schemas that refer to themselves through references, compositions and lists only. */
function endlessSchemas(document: Json): ReadonlySet<string> {
  const schemas = new Node(document).get("components")?.entries("schemas") ?? [];
  const next = new Map(schemas.map(([name, node]) => [name, directRefs(node.value)]));
  const leadsBack = (start: string): boolean => {
    const seen = new Set(next.get(start));
    for (const name of seen) for (const one of next.get(name) ?? []) seen.add(one);
    return seen.has(start);
  };
  return new Set([...next.keys()].filter(leadsBack));
}

function directRefs(schema: Json): string[] {
  if (!isObject(schema)) return [];
  const name = schemaName(schema);
  const inner = direct.flatMap((key) => {
    const branches = schema[key];
    return (Array.isArray(branches) ? branches : [branches ?? null]).flatMap(directRefs);
  });
  return name === undefined ? inner : [name, ...inner];
}

function schemaName(schema: JsonObject): string | undefined {
  const ref = schema["$ref"];
  const [first, kind, name] = typeof ref === "string" ? fromPointer(ref) : [];
  return first === "components" && kind === "schemas" ? name : undefined;
}

/** Replaces a branch that makes a schema circular by `{}`, because a type alias cannot express it. */
function withoutCircles(
  schema: JsonObject,
  at: readonly string[],
  endless: ReadonlySet<string>,
): JsonObject {
  const [first, kind, owner = "", ...inner] = at;
  const isDirect = inner.every((key) => direct.includes(key) || /^\d+$/.test(key));
  const name = schemaName(schema);
  if (first !== "components" || kind !== "schemas" || !isDirect || name === undefined)
    return schema;
  return endless.has(owner) && endless.has(name) ? {} : schema;
}

/**
 * Names that a schema requires of a branch of `allOf` are keys of that type to openapi-typescript. Of a type that may be
 * null, or is a union, they are none: there the branch stands apart from them.
 */
function withLooseUnions(schema: JsonObject, root: Node): JsonObject {
  const { allOf, required } = schema;
  if (!Array.isArray(allOf) || required === undefined) return schema;
  const isLoose = (branch: Json): boolean => {
    const ref = isObject(branch) ? branch["$ref"] : undefined;
    const target = typeof ref === "string" ? root.follow(ref) : undefined;
    const types = target?.get("type")?.value;
    return (
      (Array.isArray(types) && types.length > 1) ||
      ["anyOf", "oneOf"].some((key) => (target?.items(key).length ?? 0) > 0)
    );
  };
  const branches = allOf.map(
    (branch: Json): Json => (isLoose(branch) ? { oneOf: [branch] } : branch),
  );
  return { ...schema, allOf: branches };
}

/** Replaces boolean schemas by objects where openapi-typescript supports objects only. */
function withObjects(schema: JsonObject): JsonObject {
  const changed: Record<string, Json> = {};
  for (const key of ["properties", "patternProperties", "$defs"]) {
    const members = schema[key];
    if (!isObject(members)) continue;
    const entries = Object.entries(members).map(([name, one]) => [name, asObject(one)]);
    changed[key] = Object.fromEntries(entries);
  }
  for (const key of [...compositions, "prefixItems"]) {
    const branches = schema[key];
    if (Array.isArray(branches)) changed[key] = branches.map(asObject);
  }
  const { items } = schema;
  if (typeof items === "boolean" && schema["prefixItems"] === undefined)
    changed["items"] = asObject(items);
  return { ...schema, ...changed };
}

function asObject(schema: Json): Json {
  if (isObject(schema)) return schema;
  return schema === false ? { not: {} } : {};
}

/** Percent-encodes references. References without a target are removed from lists, and elsewhere become `{}`. */
function withRefs(value: Json, root: Node): Json {
  if (Array.isArray(value)) {
    return value
      .filter((item: Json) => !isBroken(item, root))
      .map((item: Json) => withRefs(item, root));
  }
  if (!isObject(value)) return value;
  if (isBroken(value, root)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === "$ref" && typeof member === "string" ? encoded(member) : withRefs(member, root),
    ]),
  );
}

function isBroken(value: Json, root: Node): boolean {
  const ref = isObject(value) ? value["$ref"] : undefined;
  return typeof ref === "string" && root.follow(ref) === undefined;
}

/** Percent-encodes a reference: a `#` or `%` in the name of a schema would break the pointer. */
function encoded(ref: string): string {
  if (/^#[\w.~/-]*$/.test(ref)) return ref;
  return referenceTo(fromPointer(ref));
}

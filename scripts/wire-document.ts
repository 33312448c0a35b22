import { httpMethods, type Json } from "./model/api.js";
import { isObject } from "./spec/canonical.js";
import { Node } from "./spec/node.js";
import { fromPointer, toPointer } from "./spec/problem.js";
import { convert, type JsonObject, type Kind, without } from "./spec/versions/grammar.js";

const compositions = ["allOf", "anyOf", "oneOf"];

/**
 * The document as openapi-typescript can print it for every compiler: references lead to components, those that lead
 * nowhere and schemas that are only themselves say nothing, boolean schemas are objects, and an operationId stands once.
 */
export function wireDocument(given: Json): Json {
  const document = withNamedTargets(given);
  const endless = endlessSchemas(document);
  const root = new Node(document);
  const ids = new Set<string>();
  const prepared = convert(wellFormed(document), "root", {
    schema: (schema, at) => withObjects(withoutCircles(schema, at, endless)),
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
 * References into a component or a path, as types of TypeScript cannot follow them: through a member that may be
 * absent, or a branch of a union. A schema gets a name of its own, which is the pointer; anything else stands in place.
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

/** Keys of lists, objects and maps, by the kind of object that has them; openapi-typescript takes them at their word. */
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
  response: { maps: ["content", "headers"] },
  schema: {
    lists: [...compositions, "enum", "prefixItems", "required"],
    objects: ["discriminator"],
    maps: ["properties", "patternProperties", "$defs"],
  },
};

/** The document without what is of another type than it must be: the operations around it are left out. */
function wellFormed(document: Json): Json {
  const rules = Object.keys(keys).map((kind) => [kind, keep(keys[kind as Kind] ?? {})]);
  return convert(document, "root", Object.fromEntries(rules));
}

function keep({ lists = [], objects = [], maps = [] }: NonNullable<(typeof keys)[Kind]>) {
  const isPart = (value: Json): boolean => isObject(value) || typeof value === "boolean";
  return (value: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(value).flatMap(([key, member]): [string, Json][] => {
        if (lists.includes(key) && !Array.isArray(member)) return [];
        if ([...objects, ...maps].includes(key) && !isObject(member)) return [];
        if (key === "parameters" && Array.isArray(member)) return [[key, member.filter(isObject)]];
        if (!maps.includes(key) || !isObject(member)) return [[key, member]];
        const parts = Object.entries(member).filter(([, part]) => isPart(part));
        return [[key, Object.fromEntries(parts)]];
      }),
    );
}

/** Keys through which a type leads straight to another one: the compiler follows them, and stops at objects. */
const direct = [...compositions, "items", "prefixItems"];

/** Schemas by name that lead back to themselves through references, compositions and lists alone. */
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

/** A branch of an endless schema that leads on into a circle says nothing: no type alias can. */
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

/** Boolean schemas as objects, where openapi-typescript takes no others. */
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

/** References as URIs have them; those that lead nowhere are taken out of lists, and are anything elsewhere. */
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

/** A `#` or `%` in the name of a schema would end the pointer, or be taken for an escape. */
function encoded(ref: string): string {
  if (/^#[\w.~/-]*$/.test(ref)) return ref;
  const keys = fromPointer(ref).map((key) =>
    encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1")),
  );
  return `#/${keys.join("/")}`;
}

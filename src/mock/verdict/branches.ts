import { isJsonObject, type JsonObject, member, members, type Place } from "../engine/json.js";

/**
 * All branches of a schema: values of enums, alternatives of unions, and properties. Each is the path in the value and
 * the branch there, such as `scope.basins: exact`.
 */
export function branchesOf(
  document: JsonObject,
  schema: Place,
  path: string = "",
): readonly string[] {
  return [...walk(document, schema, path, undefined)];
}

/** The branches of {@link branchesOf} that a value takes. The value must be valid against the schema. */
export function branchesTaken(
  document: JsonObject,
  schema: Place,
  value: unknown,
): ReadonlySet<string> {
  return new Set(walk(document, schema, "", { value }));
}

/** Walks a schema: all of it, or only what a value takes. */
function* walk(
  document: JsonObject,
  schema: Place,
  path: string,
  along: { readonly value: unknown } | undefined,
): Iterable<string> {
  if (!isJsonObject(schema.value)) return;
  const { enum: values, items } = schema.value;
  if (Array.isArray(values)) {
    for (const value of values) {
      if (along === undefined || along.value === value) yield `${path}: ${String(value)}`;
    }
  }
  yield* alternatives(document, schema, path, along);
  for (const [name, property] of members(document, member(document, schema, "properties"))) {
    if (along !== undefined && !(isJsonObject(along.value) && name in along.value)) continue;
    const inner = path === "" ? name : `${path}.${name}`;
    yield `${inner}: given`;
    yield* walk(document, property, inner, along && { value: Object(along.value)[name] });
  }
  if (items === undefined) return;
  const each = member(document, schema, "items");
  if (along === undefined) yield* walk(document, each, `${path}[]`, undefined);
  else if (Array.isArray(along.value)) {
    for (const item of along.value) yield* walk(document, each, `${path}[]`, { value: item });
  }
}

function* alternatives(
  document: JsonObject,
  schema: Place,
  path: string,
  along: { readonly value: unknown } | undefined,
): Iterable<string> {
  for (const keyword of ["oneOf", "anyOf"]) {
    const list = member(document, schema, keyword);
    const count = Array.isArray(list.value) ? list.value.length : 0;
    for (let index = 0; index < count; index += 1) {
      const branch = member(document, list, String(index));
      if (along !== undefined && !mayFit(document, branch, along.value)) continue;
      const name = nameOf(branch);
      if (name !== undefined) yield `${path}: ${name}`;
      yield* walk(document, branch, path, along);
    }
  }
}

/** The name of a branch: its title, or `null`. Others have none, and only the branches within them count. */
function nameOf({ value }: Place): string | undefined {
  if (!isJsonObject(value)) return undefined;
  if (typeof value["title"] === "string") return value["title"];
  return value["type"] === "null" ? "null" : undefined;
}

/** Whether a value has the type and required properties of a branch, which is enough to tell branches apart. */
function mayFit(document: JsonObject, branch: Place, value: unknown): boolean {
  if (!isJsonObject(branch.value)) return true;
  const { type, required } = branch.value;
  if (type === "null") return value === null;
  if (type === "object" && !isJsonObject(value)) return false;
  if (Array.isArray(required)) {
    return isJsonObject(value) && required.every((name) => String(name) in value);
  }
  const inner = member(document, branch, "oneOf");
  return Array.isArray(inner.value) ? value !== null : type !== undefined || value !== null;
}

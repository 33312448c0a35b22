import type { Json } from "../../model/api.js";
import { toPascal } from "../../model/names/words.js";
import { isObject } from "../canonical.js";
import { Node } from "../node.js";
import { fromPointer, toPointer } from "../problem.js";
import { convert, type JsonObject } from "./grammar.js";
import type { Origins } from "./origins.js";

/** Keys of a pointer that are left out of names, because they do not describe the schema. */
const silent = new Set(
  "components content items paths properties responses schema schemas application/json".split(" "),
);

/**
 * Names recursive schemas that have no name, such as an inline schema of a response, because a recursive TypeScript
 * type needs a name. Moves them to the components and puts a reference in their place.
 */
export function withNamedCycles(document: Json, origins: Origins): Json {
  const root = new Node(document);
  const unnamed = new Set(refsIn(document).filter((ref) => !isNamed(ref)));
  const endless = [...unnamed].filter((ref) => leadsBack(root, ref));
  if (endless.length === 0 || !isObject(document)) return document;
  const taken = new Set((root.get("components")?.entries("schemas") ?? []).map(([name]) => name));
  const names = new Map<string, string>();
  for (const ref of endless.sort()) {
    const at = root.follow(ref)?.at ?? [];
    if (names.has(toPointer(at))) continue;
    const words = toPascal(at.filter((key) => !silent.has(key)).join(" ")) || "Schema";
    let name = words;
    for (let count = 2; taken.has(name); count += 1) name = `${words}${count}`;
    taken.add(name);
    names.set(toPointer(at), name);
  }
  const schemas = new Map<string, Json>();
  const moved = convert(document, "root", {
    schema: (schema, at) => {
      const led = withName(schema, root, names);
      const name = names.get(toPointer(at));
      if (name === undefined) return led;
      schemas.set(name, led);
      origins.moved(["components", "schemas", name], at);
      return { $ref: `#/components/schemas/${name}` };
    },
  });
  const result = isObject(moved) ? moved : document;
  const components = mapOf(result["components"]);
  return {
    ...result,
    components: {
      ...components,
      schemas: { ...mapOf(components["schemas"]), ...Object.fromEntries(schemas) },
    },
  };
}

/** Redirects a reference to a schema that was moved to the components. */
function withName(schema: JsonObject, root: Node, names: ReadonlyMap<string, string>): JsonObject {
  const { $ref } = schema;
  if (typeof $ref !== "string" || isNamed($ref)) return schema;
  const name = names.get(toPointer(root.follow($ref)?.at ?? []));
  return name === undefined ? schema : { ...schema, $ref: `#/components/schemas/${name}` };
}

/** Whether a reference leads back to itself through unnamed schemas. */
function leadsBack(root: Node, start: string): boolean {
  const home = toPointer(root.follow(start)?.at ?? []);
  const seen = new Set([start]);
  for (const ref of seen) {
    const target = root.follow(ref);
    for (const next of refsIn(target?.value ?? null)) {
      if (isNamed(next)) continue;
      if (toPointer(root.follow(next)?.at ?? []) === home) return true;
      seen.add(next);
    }
  }
  return false;
}

function isNamed(ref: string): boolean {
  const [first, kind, , ...more] = fromPointer(ref);
  return (
    !ref.startsWith("#/") || (first === "components" && kind === "schemas" && more.length === 0)
  );
}

function refsIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(refsIn);
  if (!isObject(value)) return [];
  const own = typeof value["$ref"] === "string" ? [value["$ref"]] : [];
  return [...own, ...Object.values(value).flatMap(refsIn)];
}

function mapOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** Selects the operations to generate, by tag or by path pattern. */
import { httpMethods, type Json } from "../model/api.js";
import type { Selection } from "../options.js";
import { isObject } from "./canonical.js";
import { fromPointer, SpecError } from "./problem.js";

/**
 * Keeps the selected operations of a document and the components that they use.
 *
 * @throws {SpecError} A pattern matches no operation. A typing error would otherwise silently change the selection.
 */
export function select(document: Json, { include, exclude }: Selection): Json {
  if ((include.length === 0 && exclude.length === 0) || !isObject(document)) return document;
  const used = new Set<string>();
  const tags = new Set<string>();
  const isWanted = (path: string, operation: Json): boolean => {
    const own = isObject(operation) ? operation["tags"] : undefined;
    const names = Array.isArray(own) ? own.map(String) : [];
    for (const name of names) tags.add(name);
    const fits = (pattern: string): boolean => {
      const candidates = pattern.startsWith("/") ? [path] : names;
      const fitting = candidates.some((one) => matcher(pattern).test(one));
      if (fitting) used.add(pattern);
      return fitting;
    };
    // Test every pattern, without stopping at the first match: `used` must have all that match.
    const isExcluded = exclude.map(fits).includes(true);
    const isIncluded = include.map(fits).includes(true) || include.length === 0;
    return isIncluded && !isExcluded;
  };
  const kept = { ...document };
  for (const section of ["paths", "webhooks"]) {
    const items = document[section];
    if (isObject(items)) kept[section] = selectIn(items, isWanted);
  }
  const unused = [...include, ...exclude].filter((pattern) => !used.has(pattern));
  if (unused.length > 0) {
    throw new SpecError(
      unused.map((pattern) => ({
        pointer: "#/paths",
        found: `no operation matches the pattern ${JSON.stringify(pattern)}`,
        supported: `a path such as /users/**, or a tag: ${[...tags].sort().join(", ") || "the document has none"}`,
      })),
    );
  }
  return withoutUnused(kept);
}

function selectIn(
  items: Readonly<Record<string, Json>>,
  isWanted: (path: string, operation: Json) => boolean,
): Record<string, Json> {
  const methods: readonly string[] = httpMethods;
  const entries = Object.entries(items).map(([path, item]): [string, Json] => {
    if (!isObject(item)) return [path, item];
    const members = Object.entries(item).filter(
      ([key, member]) => !methods.includes(key) || isWanted(path, member),
    );
    return [path, Object.fromEntries(members)];
  });
  return Object.fromEntries(
    entries.filter(([, item]) => isObject(item) && methods.some((method) => item[method])),
  );
}

/** Removes components that are no longer referenced. Keeps security schemes, which are used by name instead of `$ref`. */
function withoutUnused(document: Record<string, Json>): Json {
  const { components, ...rest } = document;
  if (!isObject(components)) return document;
  const { securitySchemes, ...others } = components;
  const reached = new Set<string>();
  const waiting: Json[] = [rest];
  const visit = (value: Json): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (isObject(value)) for (const member of Object.values(value)) visit(member);
    else if (typeof value === "string" && value.startsWith("#/components/")) reach(value);
  };
  const reach = (ref: string): void => {
    const [, kind = "", name = ""] = fromPointer(ref);
    const id = `${kind}/${name}`;
    const section = others[kind];
    if (reached.has(id) || !isObject(section)) return;
    reached.add(id);
    const found = section[name];
    if (found !== undefined) waiting.push(found);
  };
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) visit(next);
  const kept = Object.entries(others).map(([kind, section]): [string, Json] => [
    kind,
    isObject(section)
      ? Object.fromEntries(
          Object.entries(section).filter(([name]) => reached.has(`${kind}/${name}`)),
        )
      : section,
  ]);
  const schemes = securitySchemes === undefined ? {} : { securitySchemes };
  return { ...rest, components: { ...Object.fromEntries(kept), ...schemes } };
}

/** `*` matches within one segment, `**` across segments. All other characters, braces included, match literally. */
function matcher(pattern: string): RegExp {
  const source = pattern
    .split(/(\/\*\*$|\*\*|\*)/)
    .map((part) => wildcards[part] ?? part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"))
    .join("");
  return new RegExp(`^${source}$`, "su");
}

const wildcards: Readonly<Record<string, string>> = {
  "/**": "(?:/.*)?",
  "**": ".*",
  "*": "[^/]*",
};

/** Which operations of a document are generated: by tag, or by pattern of path. */
import { httpMethods, type Json } from "../model/api.js";
import type { Selection } from "../options.js";
import { isObject } from "./canonical.js";
import { fromPointer, SpecError } from "./problem.js";

/**
 * The document with the operations that are asked for, and with those components that they need.
 *
 * @throws {SpecError} a pattern fits no operation: a typing error would generate less, or more, than what is meant.
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
    // All are tried, so that each pattern that fits is known to.
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
        found: `no operation for the pattern ${JSON.stringify(pattern)}`,
        supported: `a path such as /users/**, or a tag: ${[...tags].sort().join(", ") || "there are none"}`,
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

/** Without the components that nothing which is left refers to, by whatever way. Security schemes are named, not referred to. */
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

/** `*` is anything within a segment, and `**` anything at all; all else stands for itself, braces too. */
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

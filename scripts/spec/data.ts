import type { Json } from "../model/api.js";
import { isObject } from "./canonical.js";

/** Keys that contain a map whose keys are names, not keywords. */
const maps = new Set(
  (
    "callbacks components content definitions dependentSchemas encoding examples headers links mapping mediaTypes " +
    "parameters pathItems paths patternProperties properties requestBodies responses schemas securityDefinitions " +
    "securitySchemes variables webhooks $defs"
  ).split(" "),
);

/** Keys that contain data. */
const data = new Set(["const", "dataValue", "default", "enum", "example", "value"]);

/** Whether a keyword contains a map whose keys are names, not keywords. */
export function isMap(key: string): boolean {
  return maps.has(key);
}

/** Whether a keyword contains data, in which null is a value. */
export function isData(key: string): boolean {
  return data.has(key);
}

/** Replacements for keys in data that other tools would follow as references. */
const hidden: ReadonlyMap<string, string> = new Map(
  ["$ref", "$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "externalValue"].map(
    (key) => [key, `${key} (data)`],
  ),
);
const shown: ReadonlyMap<string, string> = new Map([...hidden].map(([key, name]) => [name, key]));

/**
 * Renames `$ref` in data, such as examples, defaults and extensions of other tools, and `externalValue` in examples.
 * They are not references of the document, and no tool must read or fetch them.
 */
export function hideData(value: Json): Json {
  return hide(value, "", false);
}

/** Undoes {@link hideData}. */
export function showData(value: Json): Json {
  return renamed(value, shown);
}

/** @param holder - the key that holds the value; its members are named by the author where `isMap` */
function hide(value: Json, holder: string, isMap: boolean): Json {
  if (Array.isArray(value)) return value.map((item: Json) => hide(item, holder, false));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]): [string, Json] => {
      if (isMap && !isExtension(holder, key)) return [key, hide(member, key, isGroup(key, member))];
      if (data.has(key) || key.startsWith("x-")) return [key, renamed(member, hidden)];
      if (key === "examples" && Array.isArray(member)) return [key, renamed(member, hidden)];
      if (key === "externalValue") return [hidden.get(key) ?? key, member];
      return [key, hide(member, key, maps.has(key))];
    }),
  );
}

/** Maps with keys of the specification or paths. */
const extended = new Set(["components", "paths"]);

/** Whether a key of a map is an extension, and not a name of the author. */
export function isExtension(holder: string, key: string): boolean {
  return extended.has(holder) && key.startsWith("x-");
}

/** Whether a key of a map contains a map itself, as in `components`. */
function isGroup(key: string, member: Json): boolean {
  return maps.has(key) && isObject(member) && Object.values(member).every(isObject);
}

function renamed(value: Json, names: ReadonlyMap<string, string>): Json {
  if (Array.isArray(value)) return value.map((item: Json) => renamed(item, names));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [names.get(key) ?? key, renamed(member, names)]),
  );
}

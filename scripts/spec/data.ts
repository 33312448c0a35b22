import type { Json } from "../model/api.js";
import { isObject } from "./canonical.js";

/** Keys whose members are named by the document's author: none of them is a keyword. */
const maps = new Set(
  (
    "callbacks components content definitions dependentSchemas encoding examples headers links mapping mediaTypes " +
    "parameters pathItems paths patternProperties properties requestBodies responses schemas securityDefinitions " +
    "securitySchemes variables webhooks $defs"
  ).split(" "),
);

/** Keys that hold data. */
const data = new Set(["const", "dataValue", "default", "enum", "example", "value"]);

/** What stands for a key of data while tools read the document that would follow it. */
const hidden: ReadonlyMap<string, string> = new Map(
  ["$ref", "externalValue", "$anchor"].map((key) => [key, `${key} (data)`]),
);
const shown: ReadonlyMap<string, string> = new Map([...hidden].map(([key, name]) => [name, key]));

/**
 * Renames `$ref` in data, such as examples, defaults and extensions of other tools, and in every example the address
 * of an external value: neither is a reference of the document, and nothing of it must be read or fetched.
 */
export function hideData(value: Json): Json {
  return hide(value, false);
}

/** Undoes {@link hideData}. */
export function showData(value: Json): Json {
  return renamed(value, shown);
}

function hide(value: Json, isMap: boolean): Json {
  if (Array.isArray(value)) return value.map((item: Json) => hide(item, false));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]): [string, Json] => {
      if (isMap) return [key, hide(member, isGroup(key, member))];
      if (data.has(key) || key.startsWith("x-")) return [key, renamed(member, hidden)];
      if (key === "examples" && Array.isArray(member)) return [key, renamed(member, hidden)];
      if (key === "externalValue") return [hidden.get(key) ?? key, member];
      return [key, hide(member, maps.has(key))];
    }),
  );
}

/** `components` is a map of maps. */
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

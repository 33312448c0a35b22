import type { Json } from "../model/api.js";
import { isObject } from "./canonical.js";
import { isData, isExtension, isMap } from "./data.js";
import type { Note } from "./versions/openapi-3.js";
import { Origins } from "./versions/origins.js";

/** A document without empty values. */
export interface Emptied {
  readonly document: Json;
  /** Maps a place of this document to its place in the source. */
  readonly origin: (at: readonly string[]) => readonly string[];
}

/** Where a value is: in the result, in the source, and below which key. */
interface Place {
  readonly to: readonly string[];
  readonly from: readonly string[];
  readonly holder: string;
  /** Whether the keys of the value are names, not keywords. */
  readonly isMap: boolean;
}

/** Maps with other values than objects. In them, a name without a value counts as absent. */
const plainMaps = new Set(["mapping", "components"]);
const unions = new Set(["oneOf", "anyOf"]);

/**
 * Removes keys without a value, such as `tags:` in YAML, which reads as null. A name without a value, such as a property
 * or a response, keeps its place as an empty object. Null stays where it is data: in examples, defaults and enums. As a
 * type, `null` without quotes is the type `"null"`.
 */
export function withoutEmpty(document: Json, note: Note): Emptied {
  const origins = new Origins();
  const tell = (at: readonly string[], key: string): void =>
    note(at, `${key} without a value`, "a value, or no key");
  const place = { to: [], from: [], holder: "", isMap: false };
  const value = change(document, place, tell, origins);
  return { document: value, origin: (at) => origins.of(at) };
}

type Tell = (at: readonly string[], key: string) => void;

function change(value: Json, place: Place, tell: Tell, origins: Origins): Json {
  if (Array.isArray(value)) return changeItems(value, place, tell, origins);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]): [string, Json][] => {
      const isName = place.isMap && !isExtension(place.holder, key);
      const from = [...place.from, key];
      if (member === null) {
        const instead = isName ? ofName(place.holder) : ofKeyword(key, place);
        if (instead !== null) tell([...place.to, key], key);
        return instead === undefined ? [] : [[key, instead]];
      }
      const isListed = key === "examples" && Array.isArray(member);
      if (!isName && (isData(key) || isListed || key.startsWith("x-"))) return [[key, member]];
      const isGroup = isName && place.holder === "components";
      const isNames = isMap(key) && (!isName || isGroup);
      const inner = { to: [...place.to, key], from, holder: key, isMap: isNames };
      return [[key, change(member, inner, tell, origins)]];
    }),
  );
}

/** What a name without a value stands for; `undefined` if it counts as absent. */
function ofName(holder: string): Json | undefined {
  return plainMaps.has(holder) ? undefined : {};
}

/** What a keyword without a value stands for: `null` if that is a value, `undefined` if it counts as absent. */
function ofKeyword(key: string, { holder, from }: Place): Json | undefined {
  if ((isData(key) && key !== "enum") || key.startsWith("x-")) return null;
  if (key === "type" && unions.has(from.at(-2) ?? "")) return "null";
  // Scopes of a security requirement, and the description of a scope.
  if (from.at(-2) === "security") return [];
  return holder === "scopes" ? "" : undefined;
}

function changeItems(
  items: readonly Json[],
  place: Place,
  tell: Tell,
  origins: Origins,
): readonly Json[] {
  const kept: Json[] = [];
  for (const [index, item] of items.entries()) {
    const from = [...place.from, String(index)];
    const to = [...place.to, String(kept.length)];
    const isType = place.holder === "type";
    const isBranch = unions.has(place.holder);
    if (item === null) {
      tell(place.to, `an item of ${place.holder}`);
      if (isType) kept.push("null");
      else if (isBranch) kept.push({ type: "null" });
      continue;
    }
    if (kept.length !== index) origins.moved(to, from);
    kept.push(change(item, { to, from, holder: place.holder, isMap: false }, tell, origins));
  }
  return kept;
}
